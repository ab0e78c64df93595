"""The people of an export: who owes an essay and handed in, and whom to call where a report is missing.

`top` is the path of the subtree's highest unit. The caller holds one reading transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from storage.essays import HANDED_IN
from storage.exporting import within
from storage.models import (
    EssayState,
    EssayVerdict,
    call,
    essay,
    essay_review,
    essay_tally,
    person,
    planned_day,
    position,
    unit,
)
from storage.people import Holder
from storage.units import valid_on


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who owes an essay as a file; `arrived_at` None: still owes it."""

    unit_id: int
    person_id: int
    author: str
    role: str
    essay_id: int | None
    state: str | None
    route: str | None
    arrived_at: Any
    sender_id: int | None
    sender: str | None
    verdict: str | None  # of the reader; of one who owes it again, on the essay before


def _held_today(today: date) -> ColumnElement[bool]:
    return and_(
        valid_on(position, today),
        person.c.erased_at.is_(None),
    )


# -- whom to call


def contacts(
    conn: Connection, top: str, roles: Sequence[str], today: date, most: int
) -> dict[int, list[Holder]]:
    """People in these roles by unit, in the roles' order; the first of them, each once."""
    rank = {role: place for place, role in enumerate(roles)}
    rows = conn.execute(
        select(unit.c.id, person.c.id, person.c.full_name, person.c.phone, position.c.role)
        .select_from(
            position.join(person, person.c.id == position.c.person_id).join(
                unit, unit.c.id == position.c.unit_id
            )
        )
        .where(position.c.role.in_(roles), _held_today(today), within(top))
        .order_by(position.c.unit_id, position.c.id)
    )
    found = {}
    for unit_id, held in groupby(rows, lambda row: row[0]):
        people: dict[int, Holder] = {}
        for row in sorted(held, key=lambda row: rank[row[4]]):
            people.setdefault(row[1], Holder(*row[1:]))
        found[int(unit_id)] = list(people.values())[:most]
    return found


def last_calls(conn: Connection, plan: str, top: str) -> dict[int, Any]:
    """By unit: when, with what result, and the day that was named."""
    rows = conn.execute(
        select(call.c.unit_id, call.c.at, call.c.result, call.c.day)
        .select_from(call.join(unit, unit.c.id == call.c.unit_id))
        .where(call.c.plan == plan, within(top))
        .order_by(call.c.id)
    )
    return {row.unit_id: row for row in rows}


def planned(conn: Connection, plan: str, top: str) -> dict[tuple[str, int], date]:
    """The days that were named, by (duty, unit)."""
    rows = conn.execute(
        select(planned_day.c.duty, planned_day.c.unit_id, planned_day.c.day)
        .select_from(planned_day.join(unit, unit.c.id == planned_day.c.unit_id))
        .where(planned_day.c.plan == plan, planned_day.c.day.is_not(None), within(top))
    )
    return {(row.duty, row.unit_id): row.day for row in rows}


def people_within(conn: Connection, top: str) -> set[int]:
    """Whose names belong to the subtree: whoever holds or held a position in it."""
    rows = conn.execute(
        select(position.c.person_id)
        .select_from(position.join(unit, unit.c.id == position.c.unit_id))
        .where(within(top))
    )
    return set(rows.scalars())


# -- essays


def authors(
    conn: Connection, plan: str, top: str, owing: Sequence[tuple[str, str]], today: date
) -> Iterator[Author]:
    """Whoever owes a file; `owing`: (level, role). Positions as they are: a person may come twice."""
    sender = person.alias("sender")
    if not owing:
        return
    rows = conn.execute(
        select(
            position.c.unit_id,
            person.c.id,
            person.c.full_name,
            position.c.role,
            essay.c.id,
            essay.c.state,
            essay.c.route,
            essay.c.arrived_at,
            sender.c.id,
            sender.c.full_name,
            func.coalesce(essay_review.c.verdict, case((_returned(plan), EssayVerdict.RETURNED))),
        )
        .select_from(
            position.join(person, person.c.id == position.c.person_id)
            .join(unit, unit.c.id == position.c.unit_id)
            .outerjoin(
                essay,
                and_(
                    essay.c.person_id == person.c.id,
                    essay.c.plan == plan,
                    essay.c.state.in_(HANDED_IN),
                ),
            )
            .outerjoin(sender, sender.c.id == essay.c.by_person_id)
            .outerjoin(essay_review, essay_review.c.essay_id == essay.c.id)
        )
        .where(
            or_(*(and_(unit.c.duty_level == level, position.c.role == role) for level, role in owing)),
            valid_on(unit, today),
            _held_today(today),
            within(top),
        )
        .order_by(position.c.id)
    )
    for row in rows:
        yield Author(*tuple(row))


def _returned(plan: str) -> ColumnElement[bool]:
    """Nothing of theirs stands, and what they had handed in was asked for again."""
    last = essay.alias("last")
    back = select(last.c.id).where(
        last.c.plan == plan, last.c.person_id == person.c.id, last.c.state == EssayState.RETURNED
    )
    return and_(essay.c.id.is_(None), back.exists())


def essays(conn: Connection, plan: str, top: str) -> Iterator[Any]:
    """Handed in for units of the subtree."""
    sender = person.alias("sender")
    yield from conn.execute(
        select(
            essay.c.id,
            essay.c.unit_id,
            essay.c.author,
            essay.c.state,
            essay.c.route,
            essay.c.arrived_at,
            sender.c.id.label("sender_id"),
            sender.c.full_name.label("sender"),
            essay_review.c.verdict,
        )
        .select_from(
            essay.join(unit, unit.c.id == essay.c.unit_id)
            .outerjoin(sender, sender.c.id == essay.c.by_person_id)
            .outerjoin(essay_review, essay_review.c.essay_id == essay.c.id)
        )
        .where(essay.c.plan == plan, essay.c.state.in_(HANDED_IN), within(top))
        .order_by(essay.c.id)
    )


def tallies(conn: Connection, plan: str, top: str) -> dict[int, Any]:
    """Essays that were only counted, by unit."""
    rows = conn.execute(
        select(
            essay_tally.c.unit_id,
            essay_tally.c.attended,
            essay_tally.c.expected,
            essay_tally.c.arrived_at,
            person.c.id.label("sender_id"),
            person.c.full_name.label("sender"),
        )
        .select_from(
            essay_tally.join(unit, unit.c.id == essay_tally.c.unit_id).outerjoin(
                person, person.c.id == essay_tally.c.by_person_id
            )
        )
        .where(essay_tally.c.plan == plan, within(top))
    )
    return {row.unit_id: row for row in rows}
