"""Linking an account to a person, and what slows down guessing."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from storage import accounts, audit, invites
from storage.audit import Action
from storage.models import account, consent

TRIES = 5
SLOW_FIRST = timedelta(minutes=15)
SLOW_MOST = timedelta(hours=24)
DOUBLINGS = 10  # at most: beyond any wait that is asked for


def wrong_try(
    conn: Connection,
    account_id: int,
    now: datetime,
    first: timedelta = SLOW_FIRST,
    most: timedelta = SLOW_MOST,
) -> None:
    """Every fifth wrong code makes the next wait longer, from `first` up to `most`."""
    tries = (conn.scalar(select(account.c.wrong_tries).where(account.c.id == account_id)) or 0) + 1
    slowed = None
    if tries % TRIES == 0:
        doubled = min(tries // TRIES - 1, DOUBLINGS)
        slowed = now + min(most, first * 2**doubled)
    accounts.change(conn, account_id, wrong_tries=tries, slowed_until=slowed)


def forget_tries(conn: Connection, account_id: int) -> None:
    """A code was right."""
    accounts.change(conn, account_id, wrong_tries=0, slowed_until=None)


def refuse_consent(conn: Connection, account_id: int, notice: str, now: datetime) -> None:
    conn.execute(insert(consent).values(account_id=account_id, notice=notice, agreed=False, at=now))
    audit.record(conn, at=now, action=Action.CONSENT_REFUSED, account_id=account_id)


def link(
    conn: Connection, account_id: int, person_id: int, invite_id: int | None, notice: str, now: datetime
) -> bool:
    """The person agreed. False: the invite was used meanwhile."""
    if invite_id is not None and not invites.use(conn, invite_id, account_id, now):
        return False
    conn.execute(
        insert(consent).values(account_id=account_id, person_id=person_id, notice=notice, agreed=True, at=now)
    )
    accounts.change(
        conn,
        account_id,
        person_id=person_id,
        linked_at=now,
        consented_at=now,
        wrong_tries=0,
        slowed_until=None,
    )
    invites.revoke_others(conn, person_id, now)
    audit.record(conn, at=now, action=Action.CONSENT_GIVEN, person_id=person_id, account_id=account_id)
    audit.record(
        conn,
        at=now,
        action=Action.ACCOUNT_LINKED,
        person_id=person_id,
        account_id=account_id,
        facts={"by": "invite" if invite_id is not None else "phone"},
    )
    return True
