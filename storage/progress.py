"""Progress below a unit: what is due, what has come and when, and what it says. The database counts.

Two steps in one query: first a row a unit (its report, its lines added up: make-ups add), then a row for each
unit that has some of them below it. The deadlines are those of `rules.deadlines`, handed in as moments.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)

from rules.deadlines import late_from, remind_deadline
from rules.duties import REPORTED, file_roles, main_duty
from rules.plan import Duty, DutyKind, Plan
from storage import check_ins, inspections, units
from storage.essays import HANDED_IN
from storage.figures import Essays, Figures, Halls, Inspected, Overall, Part, Progress
from storage.models import (
    ReportState,
    UtcDateTime,
    essay,
    essay_tally,
    inspection,
    participation,
    person,
    position,
    report,
    session,
    training,
    unit,
)
from storage.units import Unit, valid_on


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose progress, under which plan, on which day."""

    plan: Plan
    top: Unit
    today: date
    zone: ZoneInfo


def overall(conn: Connection, scope: Scope) -> tuple[Overall, Progress]:
    """The second: the main duty by child and level."""
    main = main_duty(scope.plan)
    progress = of_duty(conn, scope, main) if main is not None else Progress()
    now = Overall(progress.total, halls(conn, scope, main), essays(conn, scope), inspected(conn, scope, main))
    return now, progress


def below(conn: Connection, scope: Scope, progress: Progress) -> list[tuple[Unit, Figures]]:
    """The units directly below, in the order of the tree, closed ones only where they or theirs had reported."""
    figures = progress.by_child()
    found = units.children(conn, scope.top.id, scope.today)
    present = {one.id for one in found}
    closed = [units.get(conn, child) for child in sorted(figures) if child not in present]
    ordered = sorted([*found, *closed], key=lambda one: units.tree_order(one.path))
    return [(one, figures.get(one.id, Figures())) for one in ordered]


def reports_alone(duty: Duty, one: Unit, figures: Figures) -> bool:
    """Whether these are the unit's own report, and nothing below it owes one."""
    return figures.due == 1 and one.duty_level in duty.levels


def others(conn: Connection, scope: Scope) -> Iterator[tuple[Duty, str, Figures]]:
    """Every duty but the main one, by level, in the order of the plan; levels that nobody here has are left out."""
    main = main_duty(scope.plan)
    for duty in scope.plan.duties:
        if duty.kind in REPORTED and duty != main:
            levels = of_duty(conn, scope, duty).by_level()
            for level in scope.plan.levels:
                if level.code in levels:
                    yield duty, level.code, levels[level.code]


def of_duty(conn: Connection, scope: Scope, duty: Duty) -> Progress:
    """Units that exist today, and those that reported before they were closed."""
    one = per_unit(scope, duty)
    late = late_moment(conn, scope, duty, one)
    before = case(duty.held_before, value=one.c.level) if duty.held_before else literal(None, Date())
    accepted = one.c.accepted == 1
    on_time = one.c.arrived < late
    grouped = (
        select(
            func.min(one.c.path),
            one.c.level,
            # What a deadline can be asked about. Asking for its moment again, to count the late ones, would
            # cost as much as all the rest.
            func.count(one.c.held_on if duty.report_before is None else one.c.arrived),
            # In the order of Figures.
            func.count(),
            func.count(one.c.report),
            func.sum(one.c.on_behalf),
            func.sum(one.c.accepted),
            _count(on_time),
            literal(0),
            _count(one.c.held_on < before),
            _count(one.c.held_on >= before),
            func.sum(one.c.members),
            func.sum(one.c.members_expected),
            func.sum(case((accepted, one.c.members))),
            func.sum(case((accepted, one.c.members_expected))),
            func.count(one.c.cadres),
            func.sum(one.c.cadres),
            func.sum(one.c.cadres_expected),
        )
        .select_from(one)
        .group_by(one.c.parent, one.c.level)
    )
    parts = []
    for path, level, timed, *counts in conn.execute(grouped).all():
        figures = Figures(*(int(value or 0) for value in counts))
        if duty.has_report_deadline:
            figures = replace(figures, late=timed - figures.on_time)
        parts.append(Part(_child(scope.top, path), level, figures))
    return Progress(tuple(parts))


def late_units(conn: Connection, scope: Scope, duty: Duty) -> list[int]:
    """Units whose report came late or, past the last day, has not come."""
    one = per_unit(scope, duty)
    past = [
        level
        for level in duty.levels
        if (before := remind_deadline(duty, level)) is not None and before <= scope.today
    ]
    missing = and_(one.c.report.is_(None), one.c.level.in_(past))
    late = one.c.arrived >= late_moment(conn, scope, duty, one)
    return list(conn.scalars(select(one.c.id).where(or_(late, missing)).order_by(one.c.id)))


def _child(top: Unit, path: str) -> int | None:
    below = path.removeprefix(top.path)
    return int(below.split("/")[0]) if below else None


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def per_unit(scope: Scope, duty: Duty) -> Subquery:
    """A row for each unit that owes the duty. `parent` puts together what lies below the same child of the top."""
    first = report.c.slot == 0  # a host's other sessions come as they come
    source = unit.outerjoin(
        report,
        and_(
            report.c.plan == scope.plan.code,
            report.c.duty == duty.code,
            report.c.unit_id == unit.c.id,
        ),
    )
    held: ColumnElement[Any] = literal(None, Date())
    members: ColumnElement[Any] = literal(None, Integer())
    expected: ColumnElement[Any] = literal(None, Integer())
    cadres: ColumnElement[Any] = literal(None, Integer())
    cadres_expected: ColumnElement[Any] = literal(None, Integer())
    match duty.kind:
        case DutyKind.PARTICIPATION:
            source = source.outerjoin(participation, participation.c.report_id == report.c.id)
            first = and_(first, participation.c.ordinal == 0)
            held = participation.c.held_on
            members = func.sum(participation.c.members)
            expected = func.max(participation.c.members_expected)
            cadres = func.sum(participation.c.cadres)
            # Nobody's absence is guessed: where a line does not say how many came, it says nothing of how many are.
            cadres_expected = func.max(
                case((participation.c.cadres.is_not(None), participation.c.cadres_expected))
            )
        case DutyKind.SESSION:
            source = source.outerjoin(session, session.c.report_id == report.c.id)
            held = session.c.held_on
        case DutyKind.TRAINING:
            source = source.outerjoin(training, training.c.report_id == report.c.id)
            held = training.c.held_on
    return (
        select(
            unit.c.id,
            case((unit.c.parent_id == scope.top.id, unit.c.id), else_=unit.c.parent_id).label("parent"),
            unit.c.path,
            unit.c.duty_level.label("level"),
            func.max(report.c.id).label("report"),
            func.max(case((report.c.on_behalf, 1), else_=0)).label("on_behalf"),
            func.min(case((report.c.state == ReportState.ACCEPTED, 1), else_=0)).label("accepted"),
            func.min(case((first, report.c.first_arrived_at))).label("arrived"),
            func.min(case((first, held))).label("held_on"),
            members.label("members"),
            expected.label("members_expected"),
            cadres.label("cadres"),
            cadres_expected.label("cadres_expected"),
        )
        .select_from(source)
        .where(
            _below(scope),
            unit.c.duty_level.in_(duty.levels),
            or_(valid_on(unit, scope.today), report.c.id.is_not(None)),
        )
        .group_by(unit.c.id)
        .subquery()
    )


def _below(scope: Scope) -> ColumnElement[bool]:
    """The top itself too."""
    return unit.c.path.like(f"{scope.top.path}%")


def late_moment(conn: Connection, scope: Scope, duty: Duty, one: Subquery) -> ColumnElement[Any]:
    """The moment from which each unit's report is late; null where there is none."""
    if duty.report_before is not None or duty.report_days_after is None:
        return literal(late_from(duty, None, scope.zone), UtcDateTime())
    table = {
        DutyKind.PARTICIPATION: participation,
        DutyKind.SESSION: session,
        DutyKind.TRAINING: training,
    }.get(duty.kind)
    days = (
        []
        if table is None
        else conn.scalars(select(table.c.held_on).where(table.c.plan == scope.plan.code).distinct()).all()
    )
    moments = {day: literal(late_from(duty, day, scope.zone), UtcDateTime()) for day in days}
    return case(moments, value=one.c.held_on) if moments else literal(None, UtcDateTime())


def halls(conn: Connection, scope: Scope, main: Duty | None) -> Halls:
    if main is None or main.kind not in (DutyKind.PARTICIPATION, DutyKind.SESSION):
        return Halls()
    attending = unit.alias("attending")
    hosts = (
        unit.c.duty_level.in_(main.levels)
        if main.kind is DutyKind.SESSION
        else exists().where(attending.c.parent_id == unit.c.id, attending.c.duty_level.in_(main.levels))
    )
    theirs = (session.c.plan == scope.plan.code, session.c.own.is_(False), _below(scope), hosts)
    row = conn.execute(
        select(func.count(), func.count(session.c.hall_count), func.sum(session.c.hall_count))
        .select_from(session.join(unit, unit.c.id == session.c.host_id))
        .where(*theirs)
    ).one()
    checked = check_ins.sums(conn, *theirs)
    return Halls(*(int(value or 0) for value in (*row, *checked)))


def inspected(conn: Connection, scope: Scope, main: Duty | None) -> Inspected:
    """Every unit below that was visited, by its newest visit; heads only in those that owe the main duty, for
    those of a commune are those of its branches again.
    """
    counts = unit.c.duty_level.in_(main.levels if main is not None else ()) & inspection.c.members.is_not(
        None
    )
    visited = inspections.newest(inspection.c.plan == scope.plan.code, _below(scope))
    row = conn.execute(
        select(
            func.count(),
            _count(counts),
            func.sum(case((counts, inspection.c.members))),
            func.sum(case((counts, inspection.c.members_expected))),
        )
        .select_from(inspection.join(unit, unit.c.id == inspection.c.unit_id))
        .where(*visited, unit.c.id != scope.top.id)
    ).one()
    return Inspected(*(int(value or 0) for value in row))


def essays(conn: Connection, scope: Scope) -> Essays | None:
    """Owed by whoever holds, today, a position whose essays are handed in as files; each person once."""
    plan = scope.plan
    if plan.essays is None:
        return None
    owing = writers(scope, position.c.person_id).subquery()
    files = conn.execute(select(func.count(), _count(handed_in(plan, owing))).select_from(owing)).one()
    numbers = conn.execute(
        select(func.count(), func.sum(essay_tally.c.attended), func.sum(essay_tally.c.expected))
        .select_from(essay_tally.join(unit, unit.c.id == essay_tally.c.unit_id))
        .where(essay_tally.c.plan == plan.code, _below(scope))
    ).one()
    return Essays(*(int(value or 0) for value in (*files, *numbers)))


def writers(scope: Scope, *columns: ColumnElement[Any]) -> Select[Any]:
    """Of positions and their units, each combination once: whose essays are handed in as files."""
    of_levels = [
        and_(unit.c.duty_level == level.code, position.c.role.in_(roles))
        for level in scope.plan.levels
        if (roles := file_roles(scope.plan, level.code))
    ]
    return (
        select(*columns)
        .distinct()
        .select_from(
            position.join(unit, unit.c.id == position.c.unit_id).join(
                person, person.c.id == position.c.person_id
            )
        )
        .where(
            _below(scope),
            valid_on(unit, scope.today),
            valid_on(position, scope.today),
            person.c.erased_at.is_(None),
            or_(false(), *of_levels),
        )
    )


def handed_in(plan: Plan, owing: Subquery) -> ColumnElement[bool]:
    """Of people in `owing`, of `writers`."""
    # A list that is made once: asked person by person, PostgreSQL takes five times as long.
    authors = select(essay.c.person_id).where(
        essay.c.plan == plan.code, essay.c.person_id.is_not(None), essay.c.state.in_(HANDED_IN)
    )
    return owing.c.person_id.in_(authors)
