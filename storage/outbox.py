"""The outbox: what is to be said, in which order, and what became of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, true, update

from storage.database import new_id
from storage.models import OutboxKind, OutboxState, RecipientState, broadcast_recipient, outbox, pause

UNFINISHED = (OutboxState.PENDING, OutboxState.SENDING)


@dataclass(slots=True)
class Row:
    id: int
    kind: str
    channel: str
    address: str
    payload: dict[str, Any]
    attempts: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a row. `recipient`: (broadcast, person) of one that belongs to a broadcast."""

    id: int
    state: OutboxState
    error: str | None
    attempts: int
    message_id: str | None = None
    recipient: tuple[int, int] | None = None


_COLUMNS = [outbox.c[name] for name in Row.__dataclass_fields__]
_INSERT = insert(outbox)
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("to"),
        error=bindparam("why"),
        attempts=bindparam("tries"),
        message_id=bindparam("message"),
        settled_at=bindparam("at"),
        owner=None,
        lease=None,
    )
)


# What a recipient of a broadcast came to; one that expired was settled by whoever let it expire.
_RECIPIENT = {
    OutboxState.SENT: RecipientState.SENT,
    OutboxState.UNKNOWN: RecipientState.UNKNOWN,
    OutboxState.UNREACHABLE: RecipientState.BLOCKED,
    OutboxState.FAILED: RecipientState.FAILED,
}
_SETTLE_RECIPIENT = (
    update(broadcast_recipient)
    .where(
        broadcast_recipient.c.broadcast_id == bindparam("of"),
        broadcast_recipient.c.person_id == bindparam("whom"),
    )
    .values(state=bindparam("to"), error=bindparam("why"), settled_at=bindparam("at"))
)
LATER_KINDS = (OutboxKind.URGENT, OutboxKind.REMINDER, OutboxKind.BROADCAST)  # one before the other
_EARLIER = outbox.alias("earlier")
_HEADS = (
    select(*_COLUMNS)
    .where(
        outbox.c.state == OutboxState.PENDING,
        outbox.c.kind == bindparam("kind"),
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now")),
        ~exists().where(
            _EARLIER.c.channel == outbox.c.channel,
            _EARLIER.c.address == outbox.c.address,
            _EARLIER.c.state.in_(UNFINISHED),
            _EARLIER.c.id < outbox.c.id,
        ),
        ~exists().where(pause.c.address == outbox.c.address, pause.c.until > bindparam("wall")),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)


def add_references(
    conn: Connection,
    kind: OutboxKind,
    rows: Sequence[tuple[str, str, dict[str, Any], str]],
    now: datetime,
) -> None:
    """Many rows that are rendered when they go: (channel, address, payload, dedupe key), none there yet."""
    if rows:
        conn.execute(
            _INSERT,
            [
                {
                    "kind": kind,
                    "channel": channel,
                    "address": address,
                    "payload": payload,
                    "state": OutboxState.PENDING,
                    "attempts": 0,
                    "created_at": now,
                    "dedupe_key": key,
                    "not_before": None,
                    "expires_at": None,
                }
                for channel, address, payload, key in rows
            ],
        )


def keys_there(conn: Connection, keys: Collection[str]) -> set[str]:
    """Of these dedupe keys: those whose row is there already."""
    found = conn.scalars(select(outbox.c.dedupe_key).where(outbox.c.dedupe_key.in_(keys)))
    return {key for key in found if key is not None}


def add(
    conn: Connection,
    *,
    kind: OutboxKind,
    channel: str,
    address: str,
    payload: dict[str, Any],
    now: datetime,
    dedupe_key: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> Row | None:
    """None: a row of this dedupe key is there already."""
    if dedupe_key is not None and conn.scalar(select(outbox.c.id).where(outbox.c.dedupe_key == dedupe_key)):
        return None
    inserted = conn.execute(
        _INSERT,
        {
            "kind": kind,
            "channel": channel,
            "address": address,
            "payload": payload,
            "state": OutboxState.PENDING,
            "attempts": 0,
            "created_at": now,
            "dedupe_key": dedupe_key,
            "not_before": not_before,
            "expires_at": expires_at,
        },
    )
    return Row(new_id(inserted), kind, channel, address, payload, 0, expires_at)


def pending_replies(conn: Connection) -> list[Row]:
    """What a crash left unsaid, oldest first."""
    found = conn.execute(
        select(*_COLUMNS)
        .where(outbox.c.state == OutboxState.PENDING, outbox.c.kind == OutboxKind.REPLY)
        .order_by(outbox.c.id)
    )
    return [Row(*row) for row in found]


def claim(
    conn: Connection,
    *,
    most: int,
    owner: str,
    lease: datetime,
    wall: datetime,
    now: datetime,
    kinds: Sequence[OutboxKind] = LATER_KINDS,
) -> list[Row]:
    """Mark up to `most` reminders and broadcasts as being sent, before anything is sent.

    Only the head of each chat: a chat with an earlier unfinished row waits. `wall` is the machine's time
    (pauses), `now` the domain's (not_before).
    """
    rows: list[Row] = []
    for kind in kinds:
        if len(rows) < most:
            found = conn.execute(_HEADS, {"kind": kind, "now": now, "wall": wall, "most": most - len(rows)})
            rows += [Row(*row) for row in found]
    if rows:
        conn.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]), outbox.c.state == OutboxState.PENDING)
            .values(state=OutboxState.SENDING, owner=owner, lease=lease, attempts=outbox.c.attempts + 1)
        )
    return rows


def unclaim(conn: Connection, row_id: int) -> None:
    """It certainly was not sent: it may be tried again."""
    conn.execute(
        update(outbox)
        .where(outbox.c.id == row_id, outbox.c.state == OutboxState.SENDING)
        .values(state=OutboxState.PENDING, owner=None, lease=None)
    )


def recover(conn: Connection, wall: datetime, *, alone: bool = False) -> int:
    """Rows whose sender died may have arrived: unknown, and never sent again by themselves.

    A sender counts as dead once its lease has run out; `alone`: no other process can be sending, so that
    whatever is marked as being sent was left by a dead one.
    """
    died = true() if alone else outbox.c.lease < wall
    left = conn.execute(
        select(outbox.c.id, outbox.c.payload, outbox.c.attempts).where(
            outbox.c.state == OutboxState.SENDING, died
        )
    )
    settled = [
        Settled(row.id, OutboxState.UNKNOWN, "sender died", row.attempts, recipient=recipient_of(row.payload))
        for row in left
    ]
    settle(conn, settled, wall)
    return len(settled)


def recipient_of(payload: dict[str, Any]) -> tuple[int, int] | None:
    """Whose row of which broadcast it is; None: of none."""
    return (payload["broadcast"], payload["person"]) if "broadcast" in payload else None


def settle(conn: Connection, rows: Sequence[Settled], at: datetime) -> None:
    if rows:
        conn.execute(
            _SETTLE,
            [
                {
                    "row": row.id,
                    "to": row.state,
                    "why": row.error,
                    "tries": row.attempts,
                    "message": row.message_id,
                    "at": at,
                }
                for row in rows
            ],
        )
    settle_recipients(
        conn,
        [
            (*row.recipient, _RECIPIENT[row.state], row.error)
            for row in rows
            if row.recipient is not None and row.state in _RECIPIENT
        ],
        at,
    )


def settle_recipients(
    conn: Connection, settled: Iterable[tuple[int, int, RecipientState, str | None]], at: datetime
) -> None:
    """(broadcast, person, what became of it, why)."""
    values = [
        {"of": of, "whom": person, "to": state, "why": why, "at": at} for of, person, state, why in settled
    ]
    if values:
        conn.execute(_SETTLE_RECIPIENT, values)


def state_of(conn: Connection, dedupe_key: str) -> tuple[OutboxState, str | None] | None:
    """(state, the messenger's id of the message); None: no such row, or it is forgotten."""
    row = conn.execute(
        select(outbox.c.state, outbox.c.message_id).where(outbox.c.dedupe_key == dedupe_key)
    ).first()
    return (OutboxState(row.state), row.message_id) if row else None


def give_up_on(conn: Connection, channel: str, address: str, why: str, at: datetime) -> list[int]:
    """The chat cannot be reached: nothing that waits for it will go. Returns the ids."""
    waiting = (
        outbox.c.channel == channel,
        outbox.c.address == address,
        outbox.c.state == OutboxState.PENDING,
    )
    settled = [
        Settled(row.id, OutboxState.UNREACHABLE, why, row.attempts, recipient=recipient_of(row.payload))
        for row in conn.execute(select(outbox.c.id, outbox.c.payload, outbox.c.attempts).where(*waiting))
    ]
    settle(conn, settled, at)
    return [row.id for row in settled]


def save_pause(conn: Connection, bot: str, address: str, until: datetime, reason: str) -> None:
    """`address` "" pauses the whole bot."""
    conn.execute(delete(pause).where(pause.c.bot == bot, pause.c.address == address))
    conn.execute(insert(pause).values(bot=bot, address=address, until=until, reason=reason))


def pauses(conn: Connection, bot: str, wall: datetime) -> dict[str, datetime]:
    found = conn.execute(
        select(pause.c.address, pause.c.until).where(pause.c.bot == bot, pause.c.until > wall)
    )
    return {row.address: row.until for row in found}


def prune(conn: Connection, before: datetime, most: int = 2000) -> int:
    """Forget what was settled before; in pieces, so that no turn waits long."""
    old: Sequence[int] = list(
        conn.scalars(
            select(outbox.c.id)
            .where(outbox.c.state.not_in(UNFINISHED), outbox.c.settled_at < before)
            .limit(most)
        )
    )
    if old:
        conn.execute(delete(outbox).where(outbox.c.id.in_(old)))
    return len(old)
