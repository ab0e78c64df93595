"""The one list of duties: what a unit owes under the plan, and what of it is done.

`/trangthai` lists it, reminders reach by it, progress counts it: nobody decides elsewhere who owes what.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from rules.deadlines import last_day, remind_deadline
from rules.duties import REPORTED as REPORTED
from rules.duties import duties_of, file_roles
from rules.numbered import Numbered
from rules.plan import Duty, Plan
from storage import documents
from storage.accounts import Post
from storage.essays import Author, missing_in
from storage.models import planned_day, report


@dataclass(frozen=True, slots=True)
class Owed:
    duty: Duty
    unit_id: int
    unit_name: str
    last_day: date | None  # chậm nhất hết ngày …
    report_id: int | None  # None: still owed
    planned_on: date | None
    numbered: Numbered | None = None  # of a document that was handed in and whose number is asked for


_REPORTS = (
    select(report.c.duty, report.c.id)
    .where(report.c.plan == bindparam("plan"), report.c.unit_id == bindparam("unit"))
    .order_by(report.c.slot.desc())
)
_PLANNED = select(planned_day.c.duty, planned_day.c.day).where(
    planned_day.c.plan == bindparam("plan"), planned_day.c.unit_id == bindparam("unit")
)


def of_unit(conn: Connection, plan: Plan, post: Post) -> list[Owed]:
    """In the order of the plan."""
    keys = {"plan": plan.code, "unit": post.unit_id}
    done = {row.duty: row.id for row in conn.execute(_REPORTS, keys)}
    planned = {row.duty: row.day for row in conn.execute(_PLANNED, keys)}
    numbered = [duty.code for duty in plan.duties if duty.numbered and duty.code in done]
    numbers = documents.numbers_of(conn, plan.code, post.unit_id, numbered) if numbered else {}
    owed = []
    for duty in duties_of(plan, post.duty_level):
        if duty.kind not in REPORTED:
            continue
        before = remind_deadline(duty, post.duty_level)
        owed.append(
            Owed(
                duty=duty,
                unit_id=post.unit_id,
                unit_name=post.unit_name,
                last_day=last_day(before) if before else None,
                report_id=done.get(duty.code),
                planned_on=planned.get(duty.code),
                numbered=numbers.get(duty.code),
            )
        )
    return owed


def missing_essays(conn: Connection, plan: Plan, unit_id: int, level: str, today: date) -> list[Author]:
    """People of the unit, which has the duties of this level, who owe theirs as a file."""
    roles = file_roles(plan, level)
    return missing_in(conn, plan.code, unit_id, roles, today) if roles else []
