"""Units that close, or are merged into another: on a day, which may lie ahead."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, exists, func, or_, select, update

from storage import audit, positions, units
from storage.audit import Action
from storage.import_checks import hold_other_imports
from storage.models import unit
from storage.positions import DAY
from storage.reports import Sender
from storage.units import Unit


def open_below(conn: Connection, unit_id: int, day: date) -> int:
    """How many units directly below still exist on that day."""
    found = conn.scalar(
        select(func.count())
        .select_from(unit)
        .where(unit.c.parent_id == unit_id, or_(unit.c.valid_to.is_(None), unit.c.valid_to >= day))
    )
    return found or 0


def close(
    conn: Connection, closing: Unit, day: date, successor: Unit | None, roles: Sequence[str], by: Sender
) -> None:
    """From `day` on the unit is no more, and nobody holds a position there; what is below it belongs to the
    successor. Where the day lies ahead, a job moves that when it has come.
    """
    hold_other_imports(conn)
    units.hold(conn, closing.id)
    last = day - DAY
    conn.execute(
        update(unit)
        .where(unit.c.id == closing.id)
        .values(valid_to=last, successor_id=successor.id if successor else None)
    )
    for seat in positions.of_unit(conn, closing.id, day, roles):
        positions.end(conn, seat, day if seat.begun(day) else seat.valid_from or day, by)
    facts: dict[str, str | int] = {"last": last.isoformat()}
    if successor is not None:
        facts["successor"] = successor.id
    audit.record(
        conn,
        at=by.arrived,
        action=Action.UNIT_MERGED if successor else Action.UNIT_CLOSED,
        person_id=by.person_id,
        account_id=by.account_id,
        unit_id=closing.id,
        facts=facts,
    )


def merged_with_units_below(conn: Connection, today: date) -> list[int]:
    """Units whose last day is over, and below which others still hang that belong to their successors."""
    child = unit.alias("child")
    below = exists().where(child.c.parent_id == unit.c.id)
    return list(
        conn.scalars(
            select(unit.c.id)
            .where(unit.c.valid_to < today, unit.c.successor_id.is_not(None), below)
            .order_by(unit.c.id)
        )
    )


def move_below(conn: Connection, merged_id: int, now: datetime) -> int:
    """Hang everything below a merged unit, closed units too, under its successor; how many directly below."""
    successor_id = conn.scalar(select(unit.c.successor_id).where(unit.c.id == merged_id))
    assert successor_id is not None
    merged, successor = units.get(conn, merged_id), units.get(conn, successor_id)
    children = list(conn.scalars(select(unit.c.id).where(unit.c.parent_id == merged_id)))
    conn.execute(update(unit).where(unit.c.parent_id == merged_id).values(parent_id=successor.id))
    conn.execute(
        update(unit)
        .where(unit.c.path.like(f"{merged.path}_%"))
        .values(path=successor.path + func.substr(unit.c.path, len(merged.path) + 1))
    )
    audit.record_each(
        conn,
        at=now,
        action=Action.UNIT_CHANGED,
        entries=[{"unit_id": one, "facts": {"parent": successor.code}} for one in children],
    )
    return len(children)
