"""[Đôn đốc ngay]: an officer asks the missing of a subtree once more, once a day at most."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from storage import audit
from storage.audit import Action
from storage.models import nudge, unit


def record(
    conn: Connection, plan: str, unit_id: int, day: date, *, by_person_id: int, at: datetime
) -> datetime | None:
    """When it was done already that day; None: now."""
    before: datetime | None = conn.scalar(
        select(nudge.c.at).where(nudge.c.plan == plan, nudge.c.unit_id == unit_id, nudge.c.day == day)
    )
    if before is not None:
        return before
    conn.execute(insert(nudge).values(plan=plan, unit_id=unit_id, day=day, at=at, by_person_id=by_person_id))
    audit.record(conn, at=at, action=Action.UNITS_NUDGED, person_id=by_person_id, unit_id=unit_id)
    return None


def paths_of_day(conn: Connection, plan: str, day: date) -> list[str]:
    """Of the units whose subtrees are to be asked."""
    return list(
        conn.scalars(
            select(unit.c.path)
            .select_from(nudge.join(unit, unit.c.id == nudge.c.unit_id))
            .where(nudge.c.plan == plan, nudge.c.day == day)
        )
    )
