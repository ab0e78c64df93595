"""Updates already taken, those that failed, and when the last poll was."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.models import failed_update, poll_mark, seen_update

_SEEN = select(seen_update.c.update_id).where(
    seen_update.c.bot == bindparam("bot"), seen_update.c.update_id.in_(bindparam("ids", expanding=True))
)
_INSERT_SEEN = insert(seen_update)
_INSERT_FAILED = insert(failed_update)
_MARK = select(poll_mark.c.polled_at, poll_mark.c.wall_at).where(poll_mark.c.bot == bindparam("bot"))


def unseen(conn: Connection, bot: str, ids: Sequence[int], now: datetime) -> set[int]:
    """Those of `ids` that were not taken before; they count as taken from now on."""
    known = set(conn.scalars(_SEEN, {"bot": bot, "ids": ids}))
    fresh = set(ids) - known
    if fresh:
        conn.execute(_INSERT_SEEN, [{"bot": bot, "update_id": id_, "seen_at": now} for id_ in sorted(fresh)])
    return fresh


def record_failure(
    conn: Connection, bot: str, update_id: int, raw: dict[str, Any], error: str, now: datetime
) -> None:
    conn.execute(_INSERT_FAILED, {"bot": bot, "update_id": update_id, "raw": raw, "error": error, "at": now})


def last_poll(conn: Connection, bot: str) -> tuple[datetime, datetime] | None:
    """(the domain's time, the machine's time) of the last completed poll."""
    row = conn.execute(_MARK, {"bot": bot}).first()
    return (row.polled_at, row.wall_at) if row else None


def mark_poll(conn: Connection, bot: str, polled_at: datetime, wall_at: datetime) -> None:
    values = {"polled_at": polled_at, "wall_at": wall_at}
    if not conn.execute(update(poll_mark).where(poll_mark.c.bot == bot).values(values)).rowcount:
        conn.execute(insert(poll_mark).values(bot=bot, **values))


def forget_seen(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(seen_update).where(seen_update.c.seen_at < before)).rowcount
