"""Whom to remind: who still owes, is linked, has not put it off, and was not reminded at this stage yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, insert, or_, select

from storage.essays import HANDED_IN
from storage.models import account, essay, planned_day, position, reminded, report, session, snooze, unit
from storage.units import valid_on


@dataclass(frozen=True, slots=True)
class Candidate:
    person_id: int
    unit_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What every question shares: under which plan, of whom, and when."""

    plan: str
    roles: Sequence[str]
    today: date
    now: datetime


def highest(found: Sequence[Candidate], roles: Sequence[str]) -> dict[int, Candidate]:
    """In each unit who holds the highest of these roles: one voice speaks for it."""
    best: dict[int, Candidate] = {}
    for one in found:
        known = best.get(one.unit_id)
        if known is None or roles.index(one.role) < roles.index(known.role):
            best[one.unit_id] = one
    return best


def _holders(ask: Asking) -> Select[Any]:
    """Linked, reachable people in these roles of units that exist today, who did not put it off."""
    return (
        select(position.c.person_id, position.c.unit_id, position.c.role)
        .select_from(position.join(unit, unit.c.id == position.c.unit_id))
        .where(
            position.c.role.in_(ask.roles),
            valid_on(position, ask.today),
            or_(unit.c.valid_to.is_(None), unit.c.valid_to >= ask.today),
            exists().where(account.c.person_id == position.c.person_id, account.c.reachable.is_(True)),
            ~exists().where(
                snooze.c.person_id == position.c.person_id,
                snooze.c.plan == ask.plan,
                snooze.c.until > ask.now,
            ),
        )
    )


def _not_yet(ask: Asking, deadline: date, stage: str) -> ColumnElement[bool]:
    return ~exists().where(
        reminded.c.plan == ask.plan,
        reminded.c.deadline == deadline,
        reminded.c.stage == stage,
        reminded.c.person_id == position.c.person_id,
    )


_TOLD = position.alias("told")


def unit_not_yet(ask: Asking, deadline: date, stage: str) -> ColumnElement[bool]:
    """One voice speaks for a unit: nobody there who can be reached was reminded at this stage."""
    return ~exists().where(
        _TOLD.c.unit_id == position.c.unit_id,
        _TOLD.c.role.in_(ask.roles),
        or_(_TOLD.c.valid_to.is_(None), _TOLD.c.valid_to >= ask.today),
        reminded.c.person_id == _TOLD.c.person_id,
        reminded.c.plan == ask.plan,
        reminded.c.deadline == deadline,
        reminded.c.stage == stage,
        account.c.person_id == _TOLD.c.person_id,
        account.c.reachable.is_(True),
    )


def _not_reported(ask: Asking, duty: str) -> ColumnElement[bool]:
    return ~exists().where(
        report.c.plan == ask.plan, report.c.duty == duty, report.c.unit_id == position.c.unit_id
    )


def _has_a_day_ahead(ask: Asking, duty: str) -> ColumnElement[bool]:
    return exists().where(
        planned_day.c.plan == ask.plan,
        planned_day.c.duty == duty,
        planned_day.c.unit_id == position.c.unit_id,
        planned_day.c.day >= ask.today,
    )


def _found(conn: Connection, query: Select[Any]) -> list[Candidate]:
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def owing_report(
    conn: Connection, ask: Asking, duty: str, level: str, deadline: date, stage: str, top: str = "/"
) -> list[Candidate]:
    """`top`: the path below which, all of them where none is named."""
    query = _holders(ask).where(
        unit.c.duty_level == level,
        unit.c.path.like(f"{top}%"),
        _not_reported(ask, duty),
        ~_has_a_day_ahead(ask, duty),
        unit_not_yet(ask, deadline, stage),
    )
    return _found(conn, query)


def acting_at(conn: Connection, ask: Asking, level: str) -> list[Candidate]:
    """Everybody who acts for a unit of this level."""
    return _found(conn, _holders(ask).where(unit.c.duty_level == level))


def owing_essay(conn: Connection, ask: Asking, level: str, deadline: date, stage: str) -> list[Candidate]:
    handed_in = exists().where(
        essay.c.plan == ask.plan, essay.c.person_id == position.c.person_id, essay.c.state.in_(HANDED_IN)
    )
    query = _holders(ask).where(unit.c.duty_level == level, ~handed_in, _not_yet(ask, deadline, stage))
    return _found(conn, query)


def after_session(
    conn: Connection, ask: Asking, duty: str, recorded: tuple[datetime, datetime], day: date, stage: str
) -> list[Candidate]:
    """People of units below a host that recorded a session between the two moments, on `day`."""
    hosted = exists().where(
        session.c.plan == ask.plan,
        session.c.host_id == unit.c.parent_id,
        session.c.own.is_(False),
        session.c.recorded_at >= recorded[0],
        session.c.recorded_at < recorded[1],
    )
    query = _holders(ask).where(hosted, _not_reported(ask, duty), unit_not_yet(ask, day, stage))
    return _found(conn, query)


def on_planned_day(conn: Connection, ask: Asking, duty: str, day: date, stage: str) -> list[Candidate]:
    """Units that had named this day and have not reported since."""
    named = and_(
        planned_day.c.unit_id == position.c.unit_id,
        planned_day.c.plan == ask.plan,
        planned_day.c.duty == duty,
        planned_day.c.day == day,
    )
    query = _holders(ask).join(planned_day, named)
    return _found(conn, query.where(_not_reported(ask, duty), unit_not_yet(ask, day, stage)))


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
