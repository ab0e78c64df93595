"""Whom to remind: who still owes, is linked, has not put it off, and was not reminded at this stage yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, insert, or_, select

from storage.essays import HANDED_IN
from storage.models import account, essay, planned_day, position, reminded, report, session, snooze, unit


@dataclass(frozen=True, slots=True)
class Candidate:
    person_id: int
    unit_id: int
    role: str


def _holders(plan: str, roles: Sequence[str], today: date, now: datetime) -> Select[Any]:
    """Linked, reachable people in these roles of units that exist today, who did not put it off."""
    return (
        select(position.c.person_id, position.c.unit_id, position.c.role)
        .select_from(position.join(unit, unit.c.id == position.c.unit_id))
        .where(
            position.c.role.in_(roles),
            or_(position.c.valid_from.is_(None), position.c.valid_from <= today),
            or_(position.c.valid_to.is_(None), position.c.valid_to >= today),
            or_(unit.c.valid_to.is_(None), unit.c.valid_to >= today),
            exists().where(account.c.person_id == position.c.person_id, account.c.reachable.is_(True)),
            ~exists().where(
                snooze.c.person_id == position.c.person_id, snooze.c.plan == plan, snooze.c.until > now
            ),
        )
    )


def _not_yet(plan: str, deadline: date, stage: str) -> ColumnElement[bool]:
    return ~exists().where(
        reminded.c.plan == plan,
        reminded.c.deadline == deadline,
        reminded.c.stage == stage,
        reminded.c.person_id == position.c.person_id,
    )


def _not_reported(plan: str, duty: str) -> ColumnElement[bool]:
    return ~exists().where(
        report.c.plan == plan, report.c.duty == duty, report.c.unit_id == position.c.unit_id
    )


def _has_a_day_ahead(plan: str, duty: str, today: date) -> ColumnElement[bool]:
    return exists().where(
        planned_day.c.plan == plan,
        planned_day.c.duty == duty,
        planned_day.c.unit_id == position.c.unit_id,
        planned_day.c.day >= today,
    )


def owing_report(
    conn: Connection,
    *,
    plan: str,
    duty: str,
    level: str,
    deadline: date,
    stage: str,
    roles: Sequence[str],
    today: date,
    now: datetime,
) -> list[Candidate]:
    query = _holders(plan, roles, today, now).where(
        unit.c.duty_level == level,
        _not_reported(plan, duty),
        ~_has_a_day_ahead(plan, duty, today),
        _not_yet(plan, deadline, stage),
    )
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def owing_essay(
    conn: Connection,
    *,
    plan: str,
    level: str,
    deadline: date,
    stage: str,
    roles: Sequence[str],
    today: date,
    now: datetime,
) -> list[Candidate]:
    handed_in = exists().where(
        essay.c.plan == plan, essay.c.person_id == position.c.person_id, essay.c.state.in_(HANDED_IN)
    )
    query = _holders(plan, roles, today, now).where(
        unit.c.duty_level == level, ~handed_in, _not_yet(plan, deadline, stage)
    )
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def after_session(
    conn: Connection,
    *,
    plan: str,
    duty: str,
    recorded: tuple[datetime, datetime],
    deadline: date,
    stage: str,
    roles: Sequence[str],
    today: date,
    now: datetime,
) -> list[Candidate]:
    """People of units below a host that recorded a session between the two moments."""
    hosted = exists().where(
        session.c.plan == plan,
        session.c.host_id == unit.c.parent_id,
        session.c.own.is_(False),
        session.c.recorded_at >= recorded[0],
        session.c.recorded_at < recorded[1],
    )
    query = _holders(plan, roles, today, now).where(
        hosted, _not_reported(plan, duty), _not_yet(plan, deadline, stage)
    )
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def on_planned_day(
    conn: Connection,
    *,
    plan: str,
    duty: str,
    day: date,
    stage: str,
    roles: Sequence[str],
    today: date,
    now: datetime,
) -> list[Candidate]:
    """Units that had named this day and have not reported since."""
    query = (
        _holders(plan, roles, today, now)
        .join(
            planned_day,
            and_(
                planned_day.c.unit_id == position.c.unit_id,
                planned_day.c.plan == plan,
                planned_day.c.duty == duty,
                planned_day.c.day == day,
            ),
        )
        .where(_not_reported(plan, duty), _not_yet(plan, day, stage))
    )
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def note(
    conn: Connection, plan: str, deadline: date, stage: str, people: Sequence[int], at: datetime
) -> None:
    """Write them into the ledger; the caller asked for those that are not in it."""
    if people:
        conn.execute(
            insert(reminded),
            [
                {"plan": plan, "deadline": deadline, "stage": stage, "person_id": one, "at": at}
                for one in people
            ],
        )


def put_off(conn: Connection, person_id: int, plan: str, until: datetime) -> None:
    conn.execute(delete(snooze).where(snooze.c.person_id == person_id, snooze.c.plan == plan))
    conn.execute(insert(snooze).values(person_id=person_id, plan=plan, until=until))
