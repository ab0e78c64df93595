"""Conversations: where each one stands and what has been said so far. One live per account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.database import new_id
from storage.models import conversation, upload


@dataclass(slots=True)
class Row:
    id: int
    account_id: int
    person_id: int | None
    unit_id: int | None
    flow: str
    step: str
    draft: dict[str, Any]
    trail: list[Any]
    pending: dict[str, Any] | None
    version: int
    last_press: str | None
    parked_at: datetime | None
    finished_at: datetime | None
    updated_at: datetime


_COLUMNS = [conversation.c[name] for name in Row.__dataclass_fields__]
_LIVE = select(*_COLUMNS).where(
    conversation.c.account_id == bindparam("account"),
    conversation.c.parked_at.is_(None),
    conversation.c.finished_at.is_(None),
)
_BY_ID = select(*_COLUMNS).where(conversation.c.id == bindparam("id"))
_PARKED = (
    select(*_COLUMNS)
    .where(
        conversation.c.flow == bindparam("flow"),
        conversation.c.parked_at.is_not(None),
        conversation.c.finished_at.is_(None),
    )
    .order_by(conversation.c.parked_at.desc(), conversation.c.id.desc())
)
_PARKED_OF_UNIT = _PARKED.where(conversation.c.unit_id == bindparam("unit"))
_PARKED_OWN = _PARKED.where(
    conversation.c.unit_id.is_(None), conversation.c.account_id == bindparam("account")
)
_INSERT = insert(conversation)
_SAVE = (
    update(conversation)
    .where(conversation.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in Row.__dataclass_fields__ if name != "id"})
)


def live(conn: Connection, account_id: int) -> Row | None:
    row = conn.execute(_LIVE, {"account": account_id}).first()
    return Row(*row) if row else None


def get(conn: Connection, conversation_id: int) -> Row | None:
    row = conn.execute(_BY_ID, {"id": conversation_id}).first()
    return Row(*row) if row else None


def parked(conn: Connection, unit_id: int, flow: str) -> list[Row]:
    """Drafts of this work about the unit that somebody left unfinished, newest first."""
    return [Row(*row) for row in conn.execute(_PARKED_OF_UNIT, {"unit": unit_id, "flow": flow})]


def parked_own(conn: Connection, account_id: int, flow: str) -> Row | None:
    """The newest draft of this work that the account left unfinished and that is of no unit."""
    row = conn.execute(_PARKED_OWN, {"account": account_id, "flow": flow}).first()
    return Row(*row) if row else None


def live_of_others(conn: Connection, unit_id: int, flow: str, account_id: int) -> list[Row]:
    """The same work, being written on other accounts."""
    found = conn.execute(
        select(*_COLUMNS).where(
            conversation.c.unit_id == unit_id,
            conversation.c.flow == flow,
            conversation.c.account_id != account_id,
            conversation.c.parked_at.is_(None),
            conversation.c.finished_at.is_(None),
        )
    )
    return [Row(*row) for row in found]


def create(conn: Connection, row: Row) -> Row:
    values = {name: getattr(row, name) for name in Row.__dataclass_fields__ if name != "id"}
    row.id = new_id(conn.execute(_INSERT, values))
    return row


def save(conn: Connection, row: Row) -> None:
    values = {name: getattr(row, name) for name in Row.__dataclass_fields__ if name != "id"}
    conn.execute(_SAVE, {"row": row.id, **values})


def live_waiting_since(conn: Connection, moment: datetime) -> list[Row]:
    """Live conversations that were already waiting at `moment`: for asking again after a gap."""
    found = conn.execute(
        select(*_COLUMNS).where(
            conversation.c.parked_at.is_(None),
            conversation.c.finished_at.is_(None),
            conversation.c.updated_at <= moment,
        )
    )
    return [Row(*row) for row in found]


def prune(conn: Connection, before: datetime) -> int:
    """Forget finished ones; drafts that wait are kept. Files that point at one forget it."""
    old = select(conversation.c.id).where(conversation.c.finished_at < before)
    conn.execute(update(upload).where(upload.c.conversation_id.in_(old)).values(conversation_id=None))
    return conn.execute(delete(conversation).where(conversation.c.finished_at < before)).rowcount
