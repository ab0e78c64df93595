"""Accounts: a chat on a channel, and the person who holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from storage.models import account, person, position, unit


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    channel: str
    address: str
    person_id: int | None  # only after consent
    full_name: str | None
    reachable: bool
    slowed_until: datetime | None
    menu: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A position that its person holds today, with what a turn needs of the unit."""

    role: str
    unit_id: int
    unit_name: str
    unit_code: str
    level: str
    duty_level: str
    parent_id: int | None
    path: str
    cadres: int | None
    members: int | None


_ACCOUNTS = select(
    account.c.id,
    account.c.channel,
    account.c.address,
    account.c.person_id,
    person.c.full_name,
    account.c.reachable,
    account.c.slowed_until,
    account.c.menu,
).select_from(account.outerjoin(person, person.c.id == account.c.person_id))
_FIND = _ACCOUNTS.where(account.c.channel == bindparam("channel"), account.c.address == bindparam("address"))
_BY_ID = _ACCOUNTS.where(account.c.id == bindparam("id"))
_POSTS = (
    select(
        position.c.role,
        unit.c.id,
        unit.c.name,
        unit.c.code,
        unit.c.level,
        unit.c.duty_level,
        unit.c.parent_id,
        unit.c.path,
        unit.c.cadres,
        unit.c.members,
    )
    .select_from(position.join(unit, unit.c.id == position.c.unit_id))
    .where(
        position.c.person_id == bindparam("person"),
        or_(position.c.valid_from.is_(None), position.c.valid_from <= bindparam("today")),
        or_(position.c.valid_to.is_(None), position.c.valid_to >= bindparam("today")),
        or_(unit.c.valid_to.is_(None), unit.c.valid_to >= bindparam("today")),
    )
    .order_by(unit.c.path, position.c.id)
)
_CREATE = insert(account)
_CHANGE = update(account).where(account.c.id == bindparam("account"))
_ADDRESSES = select(account.c.channel, account.c.address).where(
    account.c.person_id == bindparam("person"), account.c.reachable.is_(True)
)


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(row)


def find(conn: Connection, channel: str, address: str) -> Account | None:
    row = conn.execute(_FIND, {"channel": channel, "address": address}).first()
    return Account(*_values(row)) if row else None


def by_id(conn: Connection, account_id: int) -> Account | None:
    row = conn.execute(_BY_ID, {"id": account_id}).first()
    return Account(*_values(row)) if row else None


def create(conn: Connection, channel: str, address: str, now: datetime) -> Account:
    conn.execute(
        _CREATE,
        {"channel": channel, "address": address, "reachable": True, "wrong_tries": 0, "created_at": now},
    )
    made = find(conn, channel, address)
    assert made is not None
    return made


def posts(conn: Connection, person_id: int, today: date) -> tuple[Post, ...]:
    return tuple(Post(*_values(row)) for row in conn.execute(_POSTS, {"person": person_id, "today": today}))


def change(conn: Connection, account_id: int, **values: Any) -> None:
    conn.execute(_CHANGE.values(**values), {"account": account_id})


def mark_unreachable(conn: Connection, channel: str, address: str, why: str) -> None:
    conn.execute(
        update(account)
        .where(account.c.channel == channel, account.c.address == address)
        .values(reachable=False, unreachable_why=why)
    )


def addresses(conn: Connection, person_id: int) -> list[tuple[str, str]]:
    """(channel, address) of every account of the person that can be written to."""
    return [(row.channel, row.address) for row in conn.execute(_ADDRESSES, {"person": person_id})]


def reach(conn: Connection, people: Sequence[int]) -> dict[int, bool]:
    """Of those who are linked: whether a message to them arrives."""
    found: dict[int, bool] = {}
    for person_id, reachable in conn.execute(
        select(account.c.person_id, account.c.reachable).where(account.c.person_id.in_(people))
    ):
        found[person_id] = found.get(person_id, False) or reachable
    return found


def addresses_of(conn: Connection, people: Sequence[int]) -> list[tuple[int, str, str]]:
    """(person, channel, address) of every account of theirs that can be written to."""
    found = conn.execute(
        select(account.c.person_id, account.c.channel, account.c.address)
        .where(account.c.person_id.in_(people), account.c.reachable.is_(True))
        .order_by(account.c.id)
    )
    return [(row.person_id, row.channel, row.address) for row in found]


def reachability_of(conn: Connection, people: Sequence[int]) -> dict[int, bool]:
    """Of those who have an account: whether any of theirs can be written to."""
    found = conn.execute(
        select(account.c.person_id, account.c.reachable).where(account.c.person_id.in_(people))
    )
    reachable: dict[int, bool] = {}
    for row in found:
        reachable[row.person_id] = reachable.get(row.person_id, False) or row.reachable
    return reachable
