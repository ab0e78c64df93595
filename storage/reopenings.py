"""Units that may still report after the plan was closed."""

from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from storage import audit
from storage.audit import Action
from storage.models import reopening


def open_until(conn: Connection, plan: str, unit_id: int) -> date | None:
    """The last day; None: never reopened."""
    day: date | None = conn.scalar(
        select(func.max(reopening.c.until)).where(reopening.c.plan == plan, reopening.c.unit_id == unit_id)
    )
    return day


def reopen(
    conn: Connection, plan: str, unit_id: int, *, until: date, by_person_id: int, at: datetime
) -> None:
    conn.execute(
        insert(reopening).values(plan=plan, unit_id=unit_id, until=until, at=at, by_person_id=by_person_id)
    )
    audit.record(
        conn,
        at=at,
        action=Action.UNIT_REOPENED,
        person_id=by_person_id,
        unit_id=unit_id,
        facts={"until": until.isoformat()},
    )
