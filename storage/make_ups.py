"""Cadres who were absent and have not made up for it: the plan wants all of them.

A unit's lines add up: the session, then its make-ups. Who is still absent is who the last line that counted
cadres names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Subquery, and_, case, exists, false, func, or_, select, true

from rules.plan import Plan
from storage.models import (
    MeetingState,
    absence,
    account,
    meeting,
    participation,
    person,
    planned_day,
    position,
    unit,
)
from storage.reminders import Asking, Candidate, unit_not_yet
from storage.units import Unit, tree_order, valid_on


@dataclass(frozen=True, slots=True)
class Incomplete:
    unit_id: int
    name: str
    path: str
    cadres: int  # still to make up
    absent: tuple[tuple[str, str | None, int | None], ...] = ()  # name, reason, person


@dataclass(frozen=True, slots=True)
class Left:
    """Of a subtree."""

    cadres: int = 0
    units: int = 0


def _left(plan: Plan, among: Select[Any] | None = None) -> Subquery:
    """A row for each unit some of whose cadres are still to attend. `among`: ids of units to look at."""
    told = participation.c.cadres.is_not(None)
    came = func.sum(participation.c.cadres)
    expected = func.max(case((told, participation.c.cadres_expected)))
    # The first whole number of people that is the share of the plan.
    wanted = (expected * plan.cadre_target_percent + 99) // 100
    return (
        select(
            participation.c.unit_id,
            (wanted - came).label("cadres"),
            func.max(case((told, participation.c.ordinal))).label("last"),
        )
        .where(
            participation.c.plan == plan.code, true() if among is None else participation.c.unit_id.in_(among)
        )
        .group_by(participation.c.unit_id)
        .having(came < wanted)
        .subquery()
    )


def _below(tops: Sequence[str], today: date) -> Select[Any]:
    """Ids of the units of these subtrees."""
    inside = or_(false(), *(unit.c.path.like(f"{top}%") for top in tops))
    return select(unit.c.id).where(inside, valid_on(unit, today))


def left_below(conn: Connection, plan: Plan, top: str, today: date) -> Left:
    left = _left(plan, _below([top], today))
    row = conn.execute(select(func.sum(left.c.cadres), func.count()).select_from(left)).one()
    return Left(int(row[0] or 0), int(row[1]))


def by_child(conn: Connection, plan: Plan, top: Unit, today: date) -> dict[int, Left]:
    """By the unit directly below in which it is; the top's own under its own id."""
    left = _left(plan, _below([top.path], today))
    parent = case((unit.c.parent_id == top.id, unit.c.id), else_=unit.c.parent_id)
    rows = conn.execute(
        select(func.min(unit.c.path), func.sum(left.c.cadres), func.count())
        .select_from(left.join(unit, unit.c.id == left.c.unit_id))
        .group_by(parent)
    )
    found: dict[int, Left] = {}
    for path, cadres, units in rows:
        below = path.removeprefix(top.path).strip("/")
        child = int(below.split("/")[0]) if below else top.id
        so_far = found.get(child, Left())
        found[child] = Left(so_far.cadres + int(cadres), so_far.units + units)
    return found


def incomplete(
    conn: Connection, plan: Plan, tops: Sequence[str], today: date, *, skip: int = 0, most: int | None = None
) -> list[Incomplete]:
    """Units in the subtrees with these paths, in the order of the tree, with those who are still absent."""
    return _incomplete(conn, plan, _below(tops, today), skip, most)


def near(conn: Connection, plan: Plan, ids: Collection[int], today: date) -> list[Incomplete]:
    """These units, and those directly below them, as in `incomplete`."""
    itself_or_below = or_(unit.c.id.in_(ids), unit.c.parent_id.in_(ids))
    return _incomplete(conn, plan, select(unit.c.id).where(itself_or_below, valid_on(unit, today)))


def _incomplete(
    conn: Connection, plan: Plan, among: Select[Any], skip: int = 0, most: int | None = None
) -> list[Incomplete]:
    left = _left(plan, among)
    rows = conn.execute(
        select(unit.c.id, unit.c.name, unit.c.path, left.c.cadres, left.c.last).select_from(
            left.join(unit, unit.c.id == left.c.unit_id)
        )
    ).all()
    ordered = sorted(rows, key=lambda row: tree_order(row.path))[skip : None if most is None else skip + most]
    last = {row.id: row.last for row in ordered}
    absent: dict[int, list[tuple[str, str | None, int | None]]] = {}
    for name, reason, person_id, unit_id, ordinal in conn.execute(
        select(
            absence.c.name,
            absence.c.reason,
            absence.c.person_id,
            participation.c.unit_id,
            participation.c.ordinal,
        )
        .select_from(absence.join(participation, participation.c.id == absence.c.participation_id))
        .where(participation.c.plan == plan.code, participation.c.unit_id.in_(last))
        .order_by(absence.c.id)
    ):
        if ordinal == last[unit_id]:
            absent.setdefault(unit_id, []).append((name, reason, person_id))
    return [
        Incomplete(row.id, row.name, row.path, row.cadres, tuple(absent.get(row.id, ()))) for row in ordered
    ]


def absent_people(plan: Plan, tops: Sequence[str], today: date) -> Select[Any]:
    """(person_id, unit_id) of those still absent whom the roster knows, each once."""
    left = _left(plan, _below(tops, today))
    return (
        select(absence.c.person_id, func.min(unit.c.id).label("unit_id"))
        .select_from(
            left.join(unit, unit.c.id == left.c.unit_id)
            .join(
                participation,
                and_(
                    participation.c.unit_id == left.c.unit_id,
                    participation.c.ordinal == left.c.last,
                    participation.c.plan == plan.code,
                ),
            )
            .join(absence, absence.c.participation_id == participation.c.id)
            .join(person, person.c.id == absence.c.person_id)
        )
        .where(person.c.erased_at.is_(None))
        .group_by(absence.c.person_id)
    )


def to_tell(conn: Connection, plan: Plan, ask: Asking, duty: str, stage: str) -> list[Candidate]:
    """Reachable people who act for a unit that is not complete, or for the one directly above it: where no
    make-up lies ahead, and nobody there was told on this day.
    """
    left = _left(plan)
    day_ahead = exists().where(
        planned_day.c.plan == plan.code,
        planned_day.c.duty == duty,
        planned_day.c.unit_id == unit.c.id,
        planned_day.c.day >= ask.today,
    )
    meeting_ahead = exists().where(
        meeting.c.plan == plan.code,
        meeting.c.host_id == unit.c.parent_id,
        meeting.c.state == MeetingState.PLANNED,
        meeting.c.make_up.is_(True),
        meeting.c.day >= ask.today,
    )
    waiting = (
        select(unit.c.id, unit.c.parent_id)
        .select_from(left.join(unit, unit.c.id == left.c.unit_id))
        .where(valid_on(unit, ask.today), ~day_ahead, ~meeting_ahead)
        .subquery()
    )
    query = _reachable(ask).where(
        or_(unit.c.id.in_(select(waiting.c.id)), unit.c.id.in_(select(waiting.c.parent_id))),
        unit_not_yet(ask, ask.today, stage),
    )
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def voices(conn: Connection, plan: Plan, top: str, ask: Asking) -> list[Candidate]:
    """Reachable people who act for a unit of this subtree that is not complete."""
    left = _left(plan, _below([top], ask.today))
    query = _reachable(ask).where(unit.c.id.in_(select(left.c.unit_id)))
    return [Candidate(*tuple(row)) for row in conn.execute(query)]


def _reachable(ask: Asking) -> Select[Any]:
    return (
        select(position.c.person_id, position.c.unit_id, position.c.role)
        .select_from(position.join(unit, unit.c.id == position.c.unit_id))
        .where(
            position.c.role.in_(ask.roles),
            valid_on(position, ask.today),
            valid_on(unit, ask.today),
            exists().where(account.c.person_id == position.c.person_id, account.c.reachable.is_(True)),
        )
        .order_by(position.c.id)
    )
