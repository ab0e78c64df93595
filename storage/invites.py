"""Invites: 128 random bits, kept only as a hash, used once, expiring. A typed code is the same token."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, insert, or_, select, update

from storage import audit
from storage.audit import Action
from storage.models import account, invite, person, position, unit
from storage.units import tree_order

VALID_FOR = timedelta(days=60)
_NOT_TOKEN = re.compile(r"[\s\-_.]")
_TOKEN = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    person_id: int
    full_name: str


@dataclass(frozen=True, slots=True)
class Unlinked:
    person_id: int
    unit_code: str
    full_name: str
    role: str


_FIND = (
    select(invite.c.id, invite.c.person_id, person.c.full_name)
    .select_from(invite.join(person, person.c.id == invite.c.person_id))
    .where(
        invite.c.token_hash == bindparam("hash"),
        invite.c.used_at.is_(None),
        invite.c.revoked_at.is_(None),
        invite.c.expires_at > bindparam("now"),
        person.c.erased_at.is_(None),
    )
)


def new_token() -> str:
    """26 characters that fit into a deep link and can be typed: a-z and 2-7."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def clean_token(text: str) -> str | None:
    """A token as people type it, with spaces, dashes and capitals; None: it cannot be one."""
    token = _NOT_TOKEN.sub("", text).lower()
    return token if _TOKEN.fullmatch(token) else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(
    conn: Connection,
    person_ids: list[int],
    now: datetime,
    *,
    by_person_id: int | None = None,
    unit_id: int | None = None,
) -> list[str]:
    """A new token for each. Those issued before stay good: a printed sheet may be on its way.

    `by_person_id`: who asked for them (None: the operator), `unit_id`: for whose people.
    """
    tokens = [new_token() for _ in person_ids]
    if person_ids:
        conn.execute(
            insert(invite),
            [
                {
                    "person_id": person_id,
                    "token_hash": _hash(token),
                    "issued_at": now,
                    "expires_at": now + VALID_FOR,
                }
                for person_id, token in zip(person_ids, tokens, strict=True)
            ],
        )
        alone = len(person_ids) == 1
        audit.record(
            conn,
            at=now,
            action=Action.INVITES_ISSUED,
            person_id=by_person_id,
            unit_id=unit_id,
            subject="person" if alone else None,
            subject_id=person_ids[0] if alone else None,
            facts={"count": len(person_ids)},
        )
    return tokens


def find(conn: Connection, typed: str, now: datetime) -> Invite | None:
    """None: unknown, used, revoked or expired; a stranger is not told which."""
    token = clean_token(typed)
    row = conn.execute(_FIND, {"hash": _hash(token), "now": now}).first() if token else None
    return Invite(*tuple(row)) if row else None


def use(conn: Connection, invite_id: int, account_id: int, now: datetime) -> bool:
    """False: somebody used it in between."""
    used = conn.execute(
        update(invite)
        .where(invite.c.id == invite_id, invite.c.used_at.is_(None), invite.c.revoked_at.is_(None))
        .values(used_at=now, used_by=account_id)
    )
    return used.rowcount == 1


def revoke(conn: Connection, invite_id: int, why: str, now: datetime) -> None:
    conn.execute(update(invite).where(invite.c.id == invite_id).values(revoked_at=now, revoked_why=why))
    audit.record(
        conn, at=now, action=Action.INVITE_REVOKED, subject="invite", subject_id=invite_id, facts={"why": why}
    )


def out(conn: Connection, person_id: int, now: datetime) -> int:
    """How many of the person's invites still open something."""
    found = conn.scalar(select(func.count()).select_from(invite).where(*_out(person_id, now)))
    return found or 0


def revoke_all(conn: Connection, person_id: int, now: datetime, *, by_person_id: int, unit_id: int) -> int:
    """Those that are out open nothing any more; how many."""
    revoked = conn.execute(
        update(invite).where(*_out(person_id, now)).values(revoked_at=now, revoked_why="by_officer")
    ).rowcount
    if revoked:
        audit.record(
            conn,
            at=now,
            action=Action.INVITE_REVOKED,
            person_id=by_person_id,
            unit_id=unit_id,
            subject="person",
            subject_id=person_id,
            facts={"why": "by_officer", "count": revoked},
        )
    return revoked


def _out(person_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        invite.c.person_id == person_id,
        invite.c.used_at.is_(None),
        invite.c.revoked_at.is_(None),
        invite.c.expires_at > now,
    )


def revoke_others(conn: Connection, person_id: int, now: datetime) -> None:
    """The person is linked: what else was issued for them opens nothing any more."""
    conn.execute(
        update(invite)
        .where(invite.c.person_id == person_id, invite.c.used_at.is_(None), invite.c.revoked_at.is_(None))
        .values(revoked_at=now, revoked_why="linked")
    )


def unlinked(conn: Connection, on: date, roles: list[str]) -> list[Unlinked]:
    """People in these roles without an account, in the order of the tree; each once, by the first position."""
    linked = exists().where(account.c.person_id == person.c.id)
    rows = conn.execute(
        select(person.c.id, unit.c.code, person.c.full_name, position.c.role, unit.c.path)
        .select_from(
            position.join(person, person.c.id == position.c.person_id).join(
                unit, unit.c.id == position.c.unit_id
            )
        )
        .where(
            ~linked,
            person.c.erased_at.is_(None),
            position.c.role.in_(roles),
            or_(position.c.valid_to.is_(None), position.c.valid_to >= on),
            or_(unit.c.valid_to.is_(None), unit.c.valid_to >= on),
        )
        .order_by(position.c.id)
    )
    unique: dict[int, Unlinked] = {}
    for *known, _path in sorted(rows, key=lambda row: tree_order(row.path)):
        unique.setdefault(known[0], Unlinked(*known))
    return list(unique.values())
