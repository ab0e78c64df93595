"""Files that somebody asked for and that take longer than a turn may: a job makes them and sends them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage import audit
from storage.audit import Action
from storage.models import ErrandState, errand

TRIES = 3
INVITE_SHEET, OFFICIAL_REPORT = "invite_sheet", "report"  # kinds


@dataclass(frozen=True, slots=True)
class Errand:
    id: int
    kind: str
    args: dict[str, Any]
    account_id: int
    person_id: int
    attempts: int


_COLUMNS = [errand.c[name] for name in Errand.__dataclass_fields__]
_WAITING = select(*_COLUMNS).where(errand.c.state == ErrandState.WAITING).order_by(errand.c.id)


def ask(
    conn: Connection,
    kind: str,
    args: dict[str, Any],
    *,
    account_id: int,
    person_id: int,
    unit_id: int | None,
    now: datetime,
) -> bool:
    """False: the same is being made for this account already (a button pressed twice)."""
    for waiting in conn.execute(_WAITING.where(errand.c.account_id == account_id, errand.c.kind == kind)):
        if waiting.args == args:
            return False
    conn.execute(
        insert(errand).values(
            kind=kind,
            args=args,
            account_id=account_id,
            person_id=person_id,
            state=ErrandState.WAITING,
            attempts=0,
            created_at=now,
        )
    )
    audit.record(
        conn,
        at=now,
        action=Action.FILE_ASKED,
        person_id=person_id,
        account_id=account_id,
        unit_id=unit_id,
        facts={"kind": kind},
    )
    return True


def waiting(conn: Connection) -> list[Errand]:
    """Oldest first."""
    return [Errand(*tuple(row)) for row in conn.execute(_WAITING)]


def done(conn: Connection, errand_id: int, now: datetime) -> None:
    conn.execute(update(errand).where(errand.c.id == errand_id).values(state=ErrandState.DONE, done_at=now))


def failed(conn: Connection, job: Errand, error: str, now: datetime) -> bool:
    """Tried again a few times; True: given up."""
    over = job.attempts + 1 >= TRIES
    conn.execute(
        update(errand)
        .where(errand.c.id == job.id)
        .values(
            attempts=job.attempts + 1,
            error=error[:200],
            **({"state": ErrandState.FAILED, "done_at": now} if over else {}),
        )
    )
    return over
