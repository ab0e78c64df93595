"""Which units have not reported, and how many have."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, and_, exists, func, select

from rules.deadlines import held_on_time, reported_on_time
from rules.plan import Duty, Plan
from storage.models import call, participation, planned_day, report, session, unit
from storage.units import tree_order, valid_on

_UP = unit.alias("up")


@dataclass(frozen=True, slots=True)
class MissingUnit:
    id: int
    name: str
    path: str
    above: str | None  # the name of the unit above
    planned_on: date | None
    called_at: datetime | None  # the last time
    call_result: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    due: int
    received: int
    on_time: int  # of those received, where the plan sets a deadline


def unreported(conn: Connection, plan: Plan, duty: Duty, top: str, today: date) -> list[MissingUnit]:
    """Units below the path `top` that owe the duty and have no report, in the order of the tree."""
    last_call = select(func.max(call.c.id)).where(call.c.plan == plan.code, call.c.unit_id == unit.c.id)
    rows = conn.execute(
        _owing(duty, top, today)
        .with_only_columns(
            unit.c.id,
            unit.c.name,
            unit.c.path,
            _UP.c.name.label("above"),
            planned_day.c.day,
            call.c.at,
            call.c.result,
        )
        .select_from(
            unit.outerjoin(_UP, _UP.c.id == unit.c.parent_id)
            .outerjoin(
                planned_day,
                and_(
                    planned_day.c.plan == plan.code,
                    planned_day.c.duty == duty.code,
                    planned_day.c.unit_id == unit.c.id,
                ),
            )
            .outerjoin(call, call.c.id == last_call.correlate(unit).scalar_subquery())
        )
        .where(~_reported(plan, duty))
    )
    return sorted((MissingUnit(*tuple(row)) for row in rows), key=lambda one: tree_order(one.path))


def tally(conn: Connection, plan: Plan, duty: Duty, top: str, today: date, zone: ZoneInfo) -> Tally:
    due = conn.scalar(_owing(duty, top, today).with_only_columns(func.count(unit.c.id))) or 0
    held = func.coalesce(
        select(func.min(participation.c.held_on))
        .where(participation.c.report_id == report.c.id, participation.c.ordinal == 0)
        .scalar_subquery(),
        select(session.c.held_on).where(session.c.report_id == report.c.id).scalar_subquery(),
    )
    rows = conn.execute(
        _owing(duty, top, today)
        .with_only_columns(unit.c.duty_level, held, report.c.first_arrived_at)
        .join(
            report,
            and_(
                report.c.unit_id == unit.c.id,
                report.c.plan == plan.code,
                report.c.duty == duty.code,
                report.c.slot == 0,
            ),
        )
    ).all()
    on_time = sum(_on_time(duty, row, zone) for row in rows)
    return Tally(due, len(rows), on_time)


def _on_time(duty: Duty, row: Any, zone: ZoneInfo) -> bool:
    level, held_on, arrived = row
    reported = reported_on_time(duty, held_on, arrived, zone)
    if reported is not None:
        return reported
    return held_on is None or held_on_time(duty, level, held_on) is not False


def _owing(duty: Duty, top: str, today: date) -> Select[Any]:
    return select(unit.c.id).where(
        unit.c.path.like(f"{top}_%"),
        unit.c.duty_level.in_(duty.levels),
        valid_on(unit, today),
    )


def _reported(plan: Plan, duty: Duty) -> Any:
    return exists().where(
        report.c.plan == plan.code, report.c.duty == duty.code, report.c.unit_id == unit.c.id
    )
