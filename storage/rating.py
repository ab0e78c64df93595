"""The list for the year-end rating: how each unit stands, fact by fact, and what of it is contested.

Each fact is told for a whole subtree at once, by the same queries as progress: what is on time here is on time
there. A unit contests a fact once, and may say it otherwise or withdraw it until the level above decides it;
what the figures say stays beside the decision.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from rules import rating
from rules.duties import duty
from rules.plan import Duty, FactKind, Plan, RatingFact
from rules.rating import Standing, Verdict
from storage import audit
from storage.audit import Action
from storage.database import new_id
from storage.models import InspectionState, UtcDateTime, inspection, position, rating_contest, unit
from storage.progress import Scope, handed_in, late_moment, per_unit, writers
from storage.reports import Sender
from storage.units import valid_on

SUBJECT = "rating"  # in the audit log
_STANDINGS = {str(one): one for one in Standing}  # looked up tens of thousands of times


@dataclass(frozen=True, slots=True)
class Contest:
    id: int
    plan: str
    unit_id: int
    unit_name: str
    fact: str
    figures: Standing  # when it was contested
    note: str
    at: datetime
    verdict: Verdict | None
    reason: str | None
    decided_by: str | None  # the unit at whose desk
    decided_at: datetime | None


@dataclass(slots=True)  # frozen ones take three times as long to make, and a province has 10,000
class Rated:
    """A unit that exists today. `figures`: what they say by fact, in the order of the plan."""

    unit_id: int
    path: str
    level: str
    figures: dict[str, Standing]
    contests: dict[str, Contest] = field(default_factory=dict)

    @property
    def standings(self) -> dict[str, Standing]:
        """Decisions over figures."""
        return {code: self.standing(code) for code in self.figures}

    def standing(self, code: str) -> Standing:
        contest = self.contests.get(code)
        return rating.decided(self.figures[code], contest.verdict if contest is not None else None)

    @property
    def waiting(self) -> bool:
        return any(one.verdict is None for code, one in self.contests.items() if code in self.figures)

    @property
    def meets_everything(self) -> bool:
        return rating.meets_everything(self.standings.values())


@dataclass(frozen=True, slots=True)
class Alike:
    """So many units of a level that stand so, by fact."""

    level: str
    standings: dict[str, Standing]
    units: int = 1


_DESK = unit.alias("desk")
_CONTESTS = (
    select(
        rating_contest.c.id,
        rating_contest.c.plan,
        rating_contest.c.unit_id,
        unit.c.name,
        rating_contest.c.fact,
        rating_contest.c.figures,
        rating_contest.c.note,
        rating_contest.c.at,
        rating_contest.c.verdict,
        rating_contest.c.reason,
        _DESK.c.name,
        rating_contest.c.decided_at,
    )
    .select_from(
        rating_contest.join(unit, unit.c.id == rating_contest.c.unit_id).outerjoin(
            _DESK, _DESK.c.id == rating_contest.c.decided_by_unit_id
        )
    )
    .order_by(rating_contest.c.id)
)


# -- how units stand


def rate(conn: Connection, scope: Scope, only: Sequence[int] | None = None) -> list[Rated]:
    """The units of the subtree that are rated, the top among them; `only` these of them."""
    plan = scope.plan
    if plan.rating is None:
        return []
    wanted = [] if only is None else [unit.c.id.in_(only)]
    below = unit.c.path.like(f"{scope.top.path}%")
    rows = conn.execute(
        select(unit.c.id, unit.c.path, unit.c.duty_level)
        .where(below, unit.c.duty_level.in_(plan.rating.levels), valid_on(unit, scope.today), *wanted)
        .order_by(unit.c.id)
    )
    blank = {level: _blank(plan, level) for level in plan.rating.levels}
    found = {row.id: Rated(row.id, row.path, row.duty_level, dict(blank[row.duty_level])) for row in rows}
    for query, read in _asked(conn, scope, only):
        for unit_id, *told in conn.execute(query):
            one = found.get(unit_id)
            if one is not None:
                one.figures |= {code: how for code, how in read(told).items() if code in one.figures}
    for contest in _contests(conn, plan, below, *wanted):
        if contest.unit_id in found:
            found[contest.unit_id].contests[contest.fact] = contest
    return list(found.values())


def tally(conn: Connection, scope: Scope) -> tuple[list[Alike], list[Rated]]:
    """The units of `rate` below the top, put together where nothing is contested; and those that contest."""
    plan = scope.plan
    if plan.rating is None:
        return [], []
    below = (unit.c.path.like(f"{scope.top.path}_%"), unit.c.duty_level.in_(plan.rating.levels))
    contested = {one.unit_id for one in _contests(conn, plan, *below)}
    parts, readers, width = [], [], 0
    for query, read in _asked(conn, scope, None):
        told = query.subquery()
        parts.append(list(told.c))
        readers.append((slice(width, width + len(told.c) - 1), read))
        width += len(told.c) - 1
    rows = conn.execute(_side_by_side(parts, width, contested, *below, valid_on(unit, scope.today)))
    alike = []
    for level, units, *values in rows:
        standings = _blank(plan, level)
        for place, read in readers:
            if any(one is not None for one in values[place]):
                standings |= {code: how for code, how in read(values[place]).items() if code in standings}
        alike.append(Alike(level, standings, units))
    return alike, rate(conn, scope, list(contested)) if contested else []


def _side_by_side(
    parts: Sequence[Sequence[ColumnElement[Any]]], width: int, without: set[int], *where: ColumnElement[bool]
) -> Select[Any]:
    """(level, units, every value), the units that have the same put together. A part: unit and its values."""
    # Laid below one another and drawn together: joined, SQLite would look through all of one part for each
    # row of another.
    kinds = [value.type for _unit_id, *values in parts for value in values]
    rows, before = (
        [
            select(unit.c.id, *(literal(None, kind).label(f"of_{n}") for n, kind in enumerate(kinds))).where(
                *where
            )
        ],
        0,
    )
    for unit_id, *values in parts:
        cells: list[ColumnElement[Any]] = [literal(None, kind) for kind in kinds]
        cells[before : before + len(values)] = values
        rows.append(select(unit_id, *cells))
        before += len(values)
    stacked = union_all(*rows).subquery()
    unit_id, *columns = stacked.c
    each = (
        select(unit_id.label("id"), *(func.max(one).label(f"of_{n}") for n, one in enumerate(columns)))
        .group_by(unit_id)
        .subquery()
    )
    known, *told = each.c
    return (
        select(unit.c.duty_level, func.count(), *told)
        .select_from(each.join(unit, unit.c.id == known))
        .where(*where, unit.c.id.not_in(without))
        .group_by(unit.c.duty_level, *told)
    )


def _blank(plan: Plan, level: str) -> dict[str, Standing]:
    """What no row tells of is not asked of the unit: nobody there owes an essay, nobody was sent to inspect it."""
    return {fact.code: Standing.EXEMPT for fact in rating.facts_of(plan, level)}


_Read = Callable[[Sequence[Any]], dict[str, Standing]]


def _asked(conn: Connection, scope: Scope, only: Sequence[int] | None) -> Iterator[tuple[Select[Any], _Read]]:
    """What is asked of units, and what the columns behind the unit's id say, by fact."""
    assert scope.plan.rating is not None
    by_duty: dict[str, list[RatingFact]] = defaultdict(list)
    for fact in scope.plan.rating.facts:
        if fact.duty is not None:
            by_duty[fact.duty].append(fact)
        elif fact.kind is FactKind.ESSAYS_COMPLETE:
            yield _essays(scope, only), partial(_read_essays, fact.code)
        else:
            yield _inspections(scope, only), partial(_read_inspections, fact.code)
    for code, facts in by_duty.items():
        codes = [fact.code for fact in facts]
        yield _of_duty(conn, scope, duty(scope.plan, code), facts, only), partial(_read_words, codes)


def _read_words(codes: Sequence[str], told: Sequence[Any]) -> dict[str, Standing]:
    return {code: _STANDINGS[word] for code, word in zip(codes, told, strict=True)}


def _read_essays(code: str, told: Sequence[Any]) -> dict[str, Standing]:
    owed, received = told
    return {code: rating.complete(received, owed)}


def _read_inspections(code: str, told: Sequence[Any]) -> dict[str, Standing]:
    return {code: rating.after_inspections(*told)}


def _of_duty(
    conn: Connection, scope: Scope, owed: Duty, facts: Sequence[RatingFact], only: Sequence[int] | None
) -> Select[Any]:
    """(unit, how it stands) of each fact."""
    one = per_unit(scope, owed)
    # The deadline of each is dear to ask: only where a fact is about it.
    timed = any(fact.kind is FactKind.REPORTED_ON_TIME for fact in facts)
    late = late_moment(conn, scope, owed, one) if timed else literal(None, UtcDateTime())
    told = (
        _standing(scope, owed, fact, one, late).label(f"fact_{place}") for place, fact in enumerate(facts)
    )
    query = select(one.c.id, *told).select_from(one.join(unit, unit.c.id == one.c.id))
    return query if only is None else query.where(one.c.id.in_(only))


def _standing(
    scope: Scope, owed: Duty, fact: RatingFact, one: Subquery, late: ColumnElement[Any]
) -> ColumnElement[str]:
    match fact.kind:
        case FactKind.HELD_ON_TIME:
            before = case(owed.held_before, value=one.c.level)
            return _told((one.c.held_on < before, Standing.MET), (one.c.held_on >= before, Standing.NOT_MET))
        case FactKind.REPORTED_ON_TIME:
            return _told((one.c.arrived < late, Standing.MET), (one.c.arrived >= late, Standing.NOT_MET))
        case FactKind.CADRES_COMPLETE:
            came, of = one.c.cadres, one.c.cadres_expected
            target = scope.plan.cadre_target_percent
            return _told(
                (came.is_(None) & (unit.c.cadres == 0), Standing.EXEMPT),
                (came.is_not(None) & (of == 0), Standing.EXEMPT),
                (came * 100 >= of * target, Standing.MET),
                (came * 100 < of * target, Standing.NOT_MET),
            )
    return _told((one.c.report.is_not(None), Standing.MET))


def _told(*cases: tuple[ColumnElement[bool], Standing]) -> ColumnElement[str]:
    """The first that is so; none is: not known."""
    return case(*((when, literal(str(then))) for when, then in cases), else_=literal(str(Standing.UNKNOWN)))


def _essays(scope: Scope, only: Sequence[int] | None) -> Select[Any]:
    """(unit, essays owed, of them handed in)"""
    owing = writers(scope, position.c.person_id, position.c.unit_id)
    each = (owing if only is None else owing.where(unit.c.id.in_(only))).subquery()
    received = func.sum(case((handed_in(scope.plan, each), 1), else_=0)).label("received")
    return (
        select(each.c.unit_id, func.count().label("owed"), received)
        .select_from(each)
        .group_by(each.c.unit_id)
    )


def _inspections(scope: Scope, only: Sequence[int] | None) -> Select[Any]:
    """(unit, visits with something to mend, with something mended, closed)"""
    states = (InspectionState.VISITED, InspectionState.MENDED, InspectionState.CLOSED)
    counts = [func.sum(case((inspection.c.state == state, 1), else_=0)).label(state) for state in states]
    query = (
        select(unit.c.id, *counts)
        .select_from(inspection.join(unit, unit.c.id == inspection.c.unit_id))
        .where(
            inspection.c.plan == scope.plan.code,
            inspection.c.state.in_(states),
            unit.c.path.like(f"{scope.top.path}%"),
        )
        .group_by(unit.c.id)
    )
    return query if only is None else query.where(unit.c.id.in_(only))


# -- what is contested


def _contests(conn: Connection, plan: Plan, *where: ColumnElement[bool]) -> list[Contest]:
    rows = conn.execute(_CONTESTS.where(rating_contest.c.plan == plan.code, *where))
    return [_read(row) for row in rows]


def _read(row: Any) -> Contest:
    values = list(row)
    values[5] = Standing(row[5])
    values[8] = None if row[8] is None else Verdict(row[8])
    return Contest(*values)


def get(conn: Connection, plan: Plan, contest_id: int) -> Contest | None:
    found = _contests(conn, plan, rating_contest.c.id == contest_id)
    return found[0] if found else None


def waiting(conn: Connection, scope: Scope) -> list[Contest]:
    """Of units below the top that exist today, the oldest first."""
    return _contests(
        conn,
        scope.plan,
        rating_contest.c.verdict.is_(None),
        unit.c.path.like(f"{scope.top.path}_%"),
        valid_on(unit, scope.today),
    )


def contest(conn: Connection, plan: str, one: Rated, code: str, note: str, sender: Sender) -> int | None:
    """None: the unit has contested this fact already."""
    again = select(rating_contest.c.id).where(
        rating_contest.c.plan == plan,
        rating_contest.c.unit_id == one.unit_id,
        rating_contest.c.fact == code,
    )
    if conn.scalar(again) is not None:
        return None
    made = conn.execute(
        insert(rating_contest).values(
            plan=plan,
            unit_id=one.unit_id,
            fact=code,
            figures=one.figures[code],
            note=note,
            by_person_id=sender.person_id,
            at=sender.arrived,
        )
    )
    contest_id = new_id(made)
    facts = {"fact": code, "figures": one.figures[code]}
    audit.record_sent(conn, sender, Action.RATING_CONTESTED, one.unit_id, SUBJECT, contest_id, facts)
    return contest_id


def correct(conn: Connection, one: Contest, note: str, sender: Sender) -> bool:
    """False: it was decided or withdrawn meanwhile."""
    changed = conn.execute(update(rating_contest).where(*_undecided(one)).values(note=note))
    return _moved(conn, one, changed.rowcount, Action.RATING_CONTEST_CORRECTED, sender)


def withdraw(conn: Connection, one: Contest, sender: Sender) -> bool:
    """The fact may be contested anew. False: it was decided or withdrawn meanwhile."""
    gone = conn.execute(delete(rating_contest).where(*_undecided(one)))
    return _moved(conn, one, gone.rowcount, Action.RATING_CONTEST_WITHDRAWN, sender)


def _undecided(one: Contest) -> tuple[ColumnElement[bool], ...]:
    return (rating_contest.c.id == one.id, rating_contest.c.verdict.is_(None))


def _moved(conn: Connection, one: Contest, rows: int, action: Action, sender: Sender) -> bool:
    if rows == 1:
        audit.record_sent(conn, sender, action, one.unit_id, SUBJECT, one.id, {"fact": one.fact})
    return rows == 1


def decide(
    conn: Connection, one: Contest, verdict: Verdict, reason: str, desk_id: int, sender: Sender
) -> bool:
    """False: it was decided already."""
    moved = conn.execute(
        update(rating_contest)
        .where(*_undecided(one))
        .values(
            verdict=verdict,
            reason=reason,
            decided_by_unit_id=desk_id,
            decided_by=sender.person_id,
            decided_at=sender.arrived,
        )
    )
    if moved.rowcount != 1:
        return False
    facts = {"fact": one.fact, "figures": one.figures, "verdict": verdict}
    audit.record_sent(conn, sender, Action.RATING_DECIDED, one.unit_id, SUBJECT, one.id, facts)
    return True
