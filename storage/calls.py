"""Telephone calls about a report that is missing, and what came of them."""

from datetime import date, datetime

from sqlalchemy import Connection, insert

from storage import audit
from storage.audit import Action
from storage.models import CallResult, call


def record(
    conn: Connection,
    plan: str,
    unit_id: int,
    result: CallResult,
    *,
    by_person_id: int,
    at: datetime,
    day: date | None = None,
) -> None:
    conn.execute(
        insert(call).values(
            plan=plan, unit_id=unit_id, result=result, day=day, by_person_id=by_person_id, at=at
        )
    )
    audit.record(
        conn,
        at=at,
        action=Action.UNIT_CALLED,
        person_id=by_person_id,
        unit_id=unit_id,
        facts={"result": result, "day": day.isoformat() if day else None},
    )
