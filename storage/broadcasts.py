"""Broadcasts: what was ordered, to whom it goes, and what became of each recipient.

The recipients are written down in pieces when it starts; each is in exactly one state, so that the account
adds up to the number chosen whatever happens to the process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, bindparam, cast, func, insert, literal, or_, select, update

from storage import accounts, audit, outbox
from storage.audience import Chosen, Member
from storage.audit import Action
from storage.database import new_id
from storage.models import (
    BroadcastState,
    OutboxKind,
    OutboxState,
    RecipientState,
    broadcast,
    broadcast_recipient,
    unit,
)
from storage.models import account as account_table
from storage.models import outbox as outbox_table

RUNNING = (BroadcastState.PREPARING, BroadcastState.SENDING, BroadcastState.STOPPING)
# What certainly did not arrive, and may therefore be sent again.
NOT_ARRIVED = (
    RecipientState.UNLINKED,
    RecipientState.BLOCKED,
    RecipientState.FAILED,
    RecipientState.STOPPED,
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    id: int
    plan: str
    unit_id: int
    by_person_id: int
    by_account_id: int
    audience: dict[str, Any]
    content: dict[str, Any]  # {"text": HTML, "media": [[remote id, is a photo], ...]}
    acknowledge: bool
    at_night: bool
    state: BroadcastState
    send_at: datetime
    round: int
    written_to: int
    message_id: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


_COLUMNS = [broadcast.c[name] for name in Broadcast.__dataclass_fields__]
_BY_ID = select(*_COLUMNS).where(broadcast.c.id == bindparam("id"))


def _made(row: Any) -> Broadcast:
    return Broadcast(**{**row._mapping, "state": BroadcastState(row.state)})


def get(conn: Connection, broadcast_id: int) -> Broadcast | None:
    row = conn.execute(_BY_ID, {"id": broadcast_id}).first()
    return _made(row) if row else None


def order(
    conn: Connection,
    *,
    plan: str,
    desk: int,
    audience: dict[str, Any],
    content: dict[str, Any],
    acknowledge: bool,
    state: BroadcastState,
    send_at: datetime,
    by_person_id: int,
    by_account_id: int,
    message_id: str | None,
    now: datetime,
) -> int:
    """The number that people see. `message_id`: of the sender's message that will show the progress."""
    made = new_id(
        conn.execute(
            insert(broadcast).values(
                plan=plan,
                unit_id=desk,
                by_person_id=by_person_id,
                by_account_id=by_account_id,
                audience=audience,
                content=content,
                acknowledge=acknowledge,
                at_night=False,
                state=state,
                send_at=send_at,
                round=1,
                written_to=0,
                message_id=message_id,
                created_at=now,
            )
        )
    )
    _audit(conn, Action.BROADCAST_ORDERED, made, desk, by_person_id, now, {"send_at": send_at.isoformat()})
    return made


def change(conn: Connection, broadcast_id: int, **values: Any) -> None:
    conn.execute(update(broadcast).where(broadcast.c.id == broadcast_id).values(**values))


def decide(
    conn: Connection, known: Broadcast, action: Action, by_person_id: int, now: datetime, **values: Any
) -> bool:
    """Somebody approved, cancelled, stopped or repeated it. False: its state is not `known` any more, since
    somebody else, or the machine, was quicker.
    """
    same = (broadcast.c.id == known.id, broadcast.c.state == known.state, broadcast.c.round == known.round)
    if conn.execute(update(broadcast).where(*same).values(**values)).rowcount != 1:
        return False
    _audit(conn, action, known.id, known.unit_id, by_person_id, now, None)
    return True


def _audit(
    conn: Connection,
    action: Action,
    broadcast_id: int,
    unit_id: int,
    by_person_id: int,
    now: datetime,
    facts: dict[str, Any] | None,
) -> None:
    audit.record(
        conn,
        at=now,
        action=action,
        person_id=by_person_id,
        unit_id=unit_id,
        subject="broadcast",
        subject_id=broadcast_id,
        facts=facts,
    )


def to_work_on(conn: Connection, now: datetime) -> list[Broadcast]:
    """Running, or due; oldest first."""
    due = (broadcast.c.state == BroadcastState.SCHEDULED) & (broadcast.c.send_at <= now)
    rows = conn.execute(
        select(*_COLUMNS).where(or_(broadcast.c.state.in_(RUNNING), due)).order_by(broadcast.c.id)
    )
    return [_made(row) for row in rows]


def of_desk(
    conn: Connection, plan: str, desk: int, states: Sequence[BroadcastState], most: int
) -> list[Broadcast]:
    """Newest first."""
    rows = conn.execute(
        select(*_COLUMNS)
        .where(broadcast.c.plan == plan, broadcast.c.unit_id == desk, broadcast.c.state.in_(states))
        .order_by(broadcast.c.id.desc())
        .limit(most)
    )
    return [_made(row) for row in rows]


# -- its recipients


def write_some(conn: Connection, known: Broadcast, chosen: Chosen, most: int, now: datetime) -> bool:
    """Write down who of the next few people is a recipient, with an outbox row for each that can be reached;
    False: all are.

    In the second round it is those whom the first certainly did not reach.
    """
    if known.round == 1:
        found, last = chosen.members(conn, after=known.written_to, look_at=most)
    else:
        found = _not_arrived(conn, known, most)
        last = found[-1].person_id if found else None
    if last is None:
        return False
    people = [one.person_id for one in found if one.person_id != known.by_person_id]
    states = _states(conn, people, stopping=known.state is BroadcastState.STOPPING)
    if known.round == 1:
        rows = [
            {"broadcast_id": known.id, "person_id": one.person_id, "unit_id": one.unit_id, "state": state}
            for one in found
            if (state := states.get(one.person_id)) is not None
        ]
        if rows:
            conn.execute(insert(broadcast_recipient), rows)
    else:
        outbox.settle_recipients(conn, [(known.id, one, state, None) for one, state in states.items()], now)
    _queue(conn, known, [one for one, state in states.items() if state is RecipientState.QUEUED], now)
    change(conn, known.id, written_to=last)
    return True


def _not_arrived(conn: Connection, known: Broadcast, most: int) -> list[Member]:
    rows = conn.execute(
        select(broadcast_recipient.c.person_id, broadcast_recipient.c.unit_id)
        .where(
            broadcast_recipient.c.broadcast_id == known.id,
            broadcast_recipient.c.person_id > known.written_to,
            broadcast_recipient.c.state.in_(NOT_ARRIVED),
        )
        .order_by(broadcast_recipient.c.person_id)
        .limit(most)
    )
    return [Member(*tuple(row)) for row in rows]


def _states(conn: Connection, people: Sequence[int], *, stopping: bool) -> dict[int, RecipientState]:
    linked = accounts.reachability_of(conn, people)
    states = {}
    for one in people:
        if one not in linked:
            states[one] = RecipientState.UNLINKED
        elif not linked[one]:
            states[one] = RecipientState.BLOCKED
        else:
            states[one] = RecipientState.STOPPED if stopping else RecipientState.QUEUED
    return states


def _queue(conn: Connection, known: Broadcast, people: Sequence[int], now: datetime) -> None:
    # Whoever has several accounts is written to once, on the one linked last.
    addresses = {one: (channel, address) for one, channel, address in accounts.addresses_of(conn, people)}
    rows = [
        (*addresses[one], {"broadcast": known.id, "person": one}, _key(known, one))
        for one in people
        if one in addresses
    ]
    kind = OutboxKind.URGENT if known.at_night else OutboxKind.BROADCAST
    outbox.add_references(conn, kind, rows, now)


def _key(known: Broadcast, person_id: object) -> str:
    return f"broadcast:{known.id}:{known.round}:{person_id}"


def stop_some(conn: Connection, known: Broadcast, most: int, now: datetime) -> bool:
    """Take back the next few that wait; False: none does any more (some may still be in flight)."""
    waiting = _waiting_rows(conn, known, most)
    outbox.settle(
        conn,
        [outbox.Settled(row_id, OutboxState.EXPIRED, "stopped", attempts) for row_id, attempts, _ in waiting],
        now,
    )
    outbox.settle_recipients(
        conn, [(known.id, one, RecipientState.STOPPED, None) for _, _, one in waiting], now
    )
    return bool(waiting)


def hurry_some(conn: Connection, known: Broadcast, most: int) -> bool:
    """Let the next few that wait go in quiet hours too; False: all may."""
    ids = [
        row_id
        for row_id, _, _ in _waiting_rows(conn, known, most, outbox_table.c.kind == OutboxKind.BROADCAST)
    ]
    conn.execute(update(outbox_table).where(outbox_table.c.id.in_(ids)).values(kind=OutboxKind.URGENT))
    return bool(ids)


def _waiting_rows(conn: Connection, known: Broadcast, most: int, *more: Any) -> list[tuple[int, int, int]]:
    """(row, attempts, person) of outbox rows of it that nobody has begun to send."""
    key = literal(_key(known, "")) + cast(broadcast_recipient.c.person_id, String)
    rows = conn.execute(
        select(outbox_table.c.id, outbox_table.c.attempts, broadcast_recipient.c.person_id)
        .select_from(broadcast_recipient.join(outbox_table, outbox_table.c.dedupe_key == key))
        .where(
            broadcast_recipient.c.broadcast_id == known.id,
            broadcast_recipient.c.state == RecipientState.QUEUED,
            outbox_table.c.state == OutboxState.PENDING,
            *more,
        )
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def acknowledge(conn: Connection, broadcast_id: int, person_id: int, at: datetime) -> bool:
    """False: it was not sent to this person."""
    where = (
        broadcast_recipient.c.broadcast_id == broadcast_id,
        broadcast_recipient.c.person_id == person_id,
    )
    conn.execute(
        update(broadcast_recipient)
        .where(*where, broadcast_recipient.c.acknowledged_at.is_(None))
        .values(acknowledged_at=at)
    )
    return conn.scalar(select(broadcast_recipient.c.person_id).where(*where)) is not None


# -- the account


@dataclass(frozen=True, slots=True)
class Account:
    counts: dict[RecipientState, int]
    acknowledged: int

    @property
    def chosen(self) -> int:
        return sum(self.counts.values())

    def of(self, *states: RecipientState) -> int:
        return sum(self.counts.get(state, 0) for state in states)


def any_queued(conn: Connection, broadcast_id: int) -> bool:
    query = select(broadcast_recipient.c.person_id).where(
        broadcast_recipient.c.broadcast_id == broadcast_id,
        broadcast_recipient.c.state == RecipientState.QUEUED,
    )
    return conn.execute(query.limit(1)).first() is not None


def account(conn: Connection, broadcast_id: int) -> Account:
    rows = conn.execute(
        select(
            broadcast_recipient.c.state,
            func.count(),
            func.count(broadcast_recipient.c.acknowledged_at),
        )
        .where(broadcast_recipient.c.broadcast_id == broadcast_id)
        .group_by(broadcast_recipient.c.state)
    ).all()
    return Account({RecipientState(row[0]): row[1] for row in rows}, sum(row[2] for row in rows))


def repeatable(conn: Connection, broadcast_id: int) -> bool:
    """Whether somebody whom it certainly did not reach can be reached by now."""
    query = (
        select(broadcast_recipient.c.person_id)
        .select_from(
            broadcast_recipient.join(
                account_table, account_table.c.person_id == broadcast_recipient.c.person_id
            )
        )
        .where(
            broadcast_recipient.c.broadcast_id == broadcast_id,
            broadcast_recipient.c.state.in_(NOT_ARRIVED),
            account_table.c.reachable.is_(True),
        )
    )
    return conn.execute(query.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class UnitReach:
    """What one unit's recipients came to."""

    unit_id: int
    name: str
    path: str
    parent_id: int | None
    people: int
    arrived: int  # sent, or acknowledged: a unit counts as reached when one of its people has it


def by_unit(conn: Connection, broadcast_id: int) -> list[UnitReach]:
    arrived = or_(
        broadcast_recipient.c.state.in_((RecipientState.SENT, RecipientState.REPORTED)),
        broadcast_recipient.c.acknowledged_at.is_not(None),
    )
    rows = conn.execute(
        select(
            unit.c.id,
            unit.c.name,
            unit.c.path,
            unit.c.parent_id,
            func.count(),
            func.count().filter(arrived),
        )
        .select_from(broadcast_recipient.join(unit, unit.c.id == broadcast_recipient.c.unit_id))
        .where(broadcast_recipient.c.broadcast_id == broadcast_id)
        .group_by(unit.c.id, unit.c.name, unit.c.path, unit.c.parent_id)
        .order_by(unit.c.id)
    )
    return [UnitReach(*tuple(row)) for row in rows]
