"""[Đôn đốc ngay]: an officer asks the missing of a subtree once more, once a day at most."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, or_, select

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


def to_work_on(conn: Connection, plan: str, day: date, since: datetime) -> list[tuple[date, str]]:
    """(day, path of the unit whose subtree is to be asked): pressed on `day`, or since the moment."""
    rows = conn.execute(
        select(nudge.c.day, unit.c.path)
        .select_from(nudge.join(unit, unit.c.id == nudge.c.unit_id))
        .where(nudge.c.plan == plan, or_(nudge.c.day == day, nudge.c.at >= since))
        .order_by(nudge.c.at)
    )
    return [(row.day, row.path) for row in rows]
