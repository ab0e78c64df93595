"""Who a broadcast's audience is at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
)

from rules.audience import Audience, Owing, levels_asked
from rules.plan import Plan
from storage.essays import HANDED_IN
from storage.models import account, essay, person, position, report, unit
from storage.units import paths_of, valid_on


@dataclass(frozen=True, slots=True)
class Member:
    person_id: int
    unit_id: int  # by which the person was chosen


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    unlinked: int
    blocked: int

    @property
    def reachable(self) -> int:
        return self.people - self.unlinked - self.blocked


class Chosen:
    """The audience as a question, put together once and asked of the database many times."""

    def __init__(self, conn: Connection, plan: Plan, audience: Audience, today: date) -> None:
        self._people = _people(conn, plan, audience, today)
        self._one = self._people.where(position.c.person_id == bindparam("whom"))
        self._one_owing_or_not = _people(conn, plan, audience, today, owing=False).where(
            position.c.person_id == bindparam("whom")
        )

    def members(self, conn: Connection, *, after: int, look_at: int) -> tuple[list[Member], int | None]:
        """Those of the audience among the next `look_at` people of the roster, in the order of their ids, each
        once; and the last one looked at, from whom to go on. None: there is nobody behind `after`.

        A window of people, not a number of members: asking for the next few of a grouped question would
        cost a look at the whole roster each time.
        """
        window = select(person.c.id).where(person.c.id > after).order_by(person.c.id).limit(look_at)
        last = conn.scalar(select(func.max(window.subquery().c.id)))
        if last is None:
            return [], None
        query = self._people.where(position.c.person_id > after, position.c.person_id <= last)
        rows = conn.execute(query.order_by(position.c.person_id))
        return [Member(*tuple(row)) for row in rows], last

    def includes(self, conn: Connection, person_id: int) -> bool:
        return conn.execute(self._one, {"whom": person_id}).first() is not None

    def includes_but_for_owing(self, conn: Connection, person_id: int) -> bool:
        """Whether they would be asked if they still owed it."""
        return conn.execute(self._one_owing_or_not, {"whom": person_id}).first() is not None

    def size(self, conn: Connection, *, without: int) -> Size:
        """`without`: the sender, who is not written to."""
        chosen = self._people.where(position.c.person_id != without).subquery()
        linked = exists().where(account.c.person_id == chosen.c.person_id)
        reachable = exists().where(account.c.person_id == chosen.c.person_id, account.c.reachable.is_(True))
        row = conn.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((linked, 0), else_=1)), 0),
                func.coalesce(func.sum(case((and_(linked, ~reachable), 1), else_=0)), 0),
            ).select_from(chosen)
        ).one()
        return Size(*tuple(row))


def _people(
    conn: Connection, plan: Plan, audience: Audience, today: date, *, owing: bool = True
) -> Select[Any]:
    """`owing`: only those who still owe what the audience is asked for."""
    paths = paths_of(conn, list(audience.units) or [audience.desk])
    top = paths_of(conn, [audience.desk])
    return (
        select(position.c.person_id, func.min(position.c.unit_id).label("unit_id"))
        .select_from(
            position.join(unit, unit.c.id == position.c.unit_id).join(
                person, person.c.id == position.c.person_id
            )
        )
        .where(
            _below(top),
            _below(paths),
            valid_on(position, today),
            valid_on(unit, today),
            person.c.erased_at.is_(None),
            or_(false(), *(_at_level(plan, *asked, owing) for asked in levels_asked(plan, audience, today))),
            *(_owes_essay(plan, audience) if owing else []),
        )
        .group_by(position.c.person_id)
    )


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(unit.c.path.like(f"{path}%") for path in paths))


def _at_level(
    plan: Plan, level: str, roles: list[str], duties: list[str], owing: bool
) -> ColumnElement[bool]:
    reported = (
        exists().where(
            report.c.plan == plan.code, report.c.duty == duty, report.c.unit_id == position.c.unit_id
        )
        for duty in duties
    )
    unreported = [or_(*(~one for one in reported))] if duties and owing else []
    # Not by the index of levels: SQLite would go through every unit of the level for each window of people.
    return and_(func.coalesce(unit.c.duty_level, "") == level, position.c.role.in_(roles), *unreported)


def _owes_essay(plan: Plan, audience: Audience) -> list[ColumnElement[bool]]:
    if audience.owing is not Owing.ESSAY:
        return []
    handed_in = exists().where(
        essay.c.plan == plan.code,
        essay.c.person_id == position.c.person_id,
        essay.c.state.in_(HANDED_IN),
    )
    return [~handed_in]
