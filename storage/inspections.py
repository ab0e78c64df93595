"""Inspections: visits that a team plans, what it counted and found there, and what became of it.

Each step is taken from one state only: a button that is pressed twice, or that is old, changes nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from rules.counting import Count
from rules.inspections import Why, resting_since
from storage import audit, uploads
from storage.audit import Action
from storage.database import new_id
from storage.models import (
    FollowUp,
    InspectionState,
    inspection,
    inspection_finding,
    inspection_follow_up,
    unit,
)
from storage.reports import Sender

OPEN = (InspectionState.PLANNED, InspectionState.VISITED, InspectionState.MENDED)
RECORDED = (InspectionState.VISITED, InspectionState.MENDED, InspectionState.CLOSED)
SUBJECT = "inspection"  # of its files, and in the audit log


@dataclass(frozen=True, slots=True)
class Inspection:
    id: int
    plan: str
    unit_id: int
    unit_name: str
    unit_path: str
    by_unit_id: int
    by_name: str
    by_path: str
    reasons: tuple[Why, ...]
    planned_on: date
    visited_on: date | None
    state: InspectionState
    members: Count | None  # as the team counted; None: not recorded
    cadres: Count | None
    conclusion: str | None  # what is to be mended
    mend_by: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    place: int  # in the plan's checklist
    good: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    verdict: FollowUp
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """What a team brings home."""

    visited_on: date
    members: Count | None
    cadres: Count | None
    findings: Sequence[Finding]
    conclusion: str | None
    mend_by: date | None
    files: Sequence[int]  # uploads


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose inspections may be read: of teams at or below these paths, and recorded ones of units there."""

    paths: Sequence[str]


_BY = unit.alias("by_unit")
_SELECT = select(
    inspection.c.id,
    inspection.c.plan,
    inspection.c.unit_id,
    unit.c.name.label("unit_name"),
    unit.c.path.label("unit_path"),
    inspection.c.by_unit_id,
    _BY.c.name.label("by_name"),
    _BY.c.path.label("by_path"),
    inspection.c.reasons,
    inspection.c.planned_on,
    inspection.c.visited_on,
    inspection.c.state,
    inspection.c.members,
    inspection.c.members_expected,
    inspection.c.cadres,
    inspection.c.cadres_expected,
    inspection.c.conclusion,
    inspection.c.mend_by,
).select_from(
    inspection.join(unit, unit.c.id == inspection.c.unit_id).join(_BY, _BY.c.id == inspection.c.by_unit_id)
)
_NEWER = inspection.alias("newer")


# -- asking


def get(conn: Connection, inspection_id: int) -> Inspection | None:
    row = conn.execute(_SELECT.where(inspection.c.id == inspection_id)).first()
    return None if row is None else _read(row)


def _read(row: Any) -> Inspection:
    return Inspection(
        **{
            **{name: row._mapping[name] for name in Inspection.__dataclass_fields__},
            "reasons": tuple(Why(one) for one in row.reasons),
            "state": InspectionState(row.state),
            "members": _count(row.members, row.members_expected),
            "cadres": _count(row.cadres, row.cadres_expected),
        }
    )


def _count(attended: int | None, expected: int | None) -> Count | None:
    return None if attended is None or expected is None else Count(attended, expected)


def is_seen(one: Inspection, seen: Seen) -> bool:
    """A visit that is still to come is the team's own business and that of those above it."""
    whose = [one.by_path, *([one.unit_path] if one.state in RECORDED else [])]
    return any(path.startswith(top) for path in whose for top in seen.paths)


def count(conn: Connection, plan: str, seen: Seen, *, is_open: bool) -> int:
    query = select(func.count()).select_from(_SELECT.where(*_among(plan, seen, is_open=is_open)).subquery())
    return conn.scalar(query) or 0


def listed(
    conn: Connection, plan: str, seen: Seen, today: date, *, is_open: bool, first: int, most: int
) -> list[Inspection]:
    """Open ones: what should have been mended by now, what the unit says is mended, then by their days; the
    others, newest first.
    """
    urgency = case((_overdue(today), 0), (inspection.c.state == InspectionState.MENDED, 1), else_=2)
    due = func.coalesce(inspection.c.mend_by, inspection.c.planned_on)
    order = (urgency, due, inspection.c.id) if is_open else (inspection.c.id.desc(),)
    rows = conn.execute(
        _SELECT.where(*_among(plan, seen, is_open=is_open)).order_by(*order).offset(first).limit(most)
    )
    return [_read(row) for row in rows]


def overdue(conn: Connection, plan: str, seen: Seen, today: date) -> int:
    late = _SELECT.where(*_among(plan, seen, is_open=True), _overdue(today))
    return conn.scalar(select(func.count()).select_from(late.subquery())) or 0


def _overdue(today: date) -> ColumnElement[bool]:
    """What should have been mended by now, as far as the unit has said."""
    return (inspection.c.state == InspectionState.VISITED) & (inspection.c.mend_by < today)


def _among(plan: str, seen: Seen, *, is_open: bool) -> list[ColumnElement[bool]]:
    # A path is digits and slashes, so nothing in it is a wildcard.
    below = [_BY.c.path.like(f"{path}%") for path in seen.paths]
    inspected = [inspection.c.state.in_(RECORDED) & unit.c.path.like(f"{path}%") for path in seen.paths]
    wanted = inspection.c.state.in_(OPEN) if is_open else inspection.c.state.not_in(OPEN)
    return [inspection.c.plan == plan, wanted, or_(false(), *below, *inspected)]


def findings(conn: Connection, inspection_id: int) -> list[Finding]:
    rows = conn.execute(
        select(inspection_finding.c.place, inspection_finding.c.good, inspection_finding.c.note)
        .where(inspection_finding.c.inspection_id == inspection_id)
        .order_by(inspection_finding.c.place)
    )
    return [Finding(*tuple(row)) for row in rows]


def followed(conn: Connection, inspection_id: int) -> list[Followed]:
    """What the unit and the team said of it afterwards, in order."""
    table = inspection_follow_up
    rows = conn.execute(
        select(table.c.verdict, table.c.note, table.c.at)
        .where(table.c.inspection_id == inspection_id)
        .order_by(table.c.id)
    )
    return [Followed(FollowUp(row.verdict), row.note, row.at) for row in rows]


def open_of_team(conn: Connection, plan: str, by_unit: int, unit_id: int) -> int | None:
    """The team's own inspection of this unit that is not over."""
    return conn.scalar(
        select(inspection.c.id)
        .where(
            inspection.c.plan == plan,
            inspection.c.unit_id == unit_id,
            inspection.c.by_unit_id == by_unit,
            inspection.c.state.in_(OPEN),
        )
        .limit(1)
    )


def to_mend(conn: Connection, plan: str, unit_id: int) -> list[Inspection]:
    """What the unit has to answer, by its day."""
    rows = conn.execute(
        _SELECT.where(
            inspection.c.plan == plan,
            inspection.c.unit_id == unit_id,
            inspection.c.state == InspectionState.VISITED,
        ).order_by(inspection.c.mend_by, inspection.c.id)
    )
    return [_read(row) for row in rows]


def to_mend_by(conn: Connection, plan: str, days: Sequence[date]) -> list[Inspection]:
    """What units have to answer by one of these days."""
    rows = conn.execute(
        _SELECT.where(
            inspection.c.plan == plan,
            inspection.c.state == InspectionState.VISITED,
            inspection.c.mend_by.in_(days),
        ).order_by(inspection.c.id)
    )
    return [_read(row) for row in rows]


def left_alone(conn: Connection, plan: str, today: date) -> set[int]:
    """Units where an inspection is open, whosever, or was made lately."""
    recent = inspection.c.state.in_(RECORDED) & (inspection.c.visited_on >= resting_since(today))
    open_ones = inspection.c.state.in_(OPEN)
    rows = conn.scalars(
        select(inspection.c.unit_id).where(inspection.c.plan == plan, or_(open_ones, recent)).distinct()
    )
    return set(rows)


def newest(*which: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Conditions on `inspection`: recorded, and no later visit of the same unit is."""
    later = or_(
        _NEWER.c.visited_on > inspection.c.visited_on,
        (_NEWER.c.visited_on == inspection.c.visited_on) & (_NEWER.c.id > inspection.c.id),
    )
    return [
        inspection.c.state.in_(RECORDED),
        ~exists().where(
            _NEWER.c.plan == inspection.c.plan,
            _NEWER.c.unit_id == inspection.c.unit_id,
            _NEWER.c.state.in_(RECORDED),
            later,
        ),
        *which,
    ]


def last_visit(conn: Connection, plan: str, unit_id: int) -> Inspection | None:
    """The newest one that was recorded."""
    of_unit = (inspection.c.plan == plan, inspection.c.unit_id == unit_id)
    row = conn.execute(_SELECT.where(*newest(*of_unit))).first()
    return None if row is None else _read(row)


def last_visits(conn: Connection, plan: str, top: str) -> dict[int, Inspection]:
    """The same of every unit below the path `top`, itself included."""
    within = (inspection.c.plan == plan, unit.c.path.like(f"{top}%"))
    return {row.unit_id: _read(row) for row in conn.execute(_SELECT.where(*newest(*within)))}


# -- writing


def plan_visit(
    conn: Connection,
    plan: str,
    by_unit: int,
    unit_id: int,
    day: date,
    reasons: Sequence[Why],
    sender: Sender,
) -> int:
    made = conn.execute(
        insert(inspection).values(
            plan=plan,
            unit_id=unit_id,
            by_unit_id=by_unit,
            reasons=list(reasons),
            planned_on=day,
            state=InspectionState.PLANNED,
            created_at=sender.arrived,
            by_person_id=sender.person_id,
        )
    )
    inspection_id = new_id(made)
    # Under the team's unit: a visit to come is not in the log that the inspected unit's superiors take away.
    facts = {"day": day.isoformat(), "reasons": list(reasons), "unit": unit_id}
    audit.record_sent(conn, sender, Action.INSPECTION_PLANNED, by_unit, SUBJECT, inspection_id, facts)
    return inspection_id


def record_visit(conn: Connection, one: Inspection, visit: Visit, sender: Sender) -> bool:
    """Over at once where nothing is to be mended. False: it was recorded or cancelled meanwhile."""
    becomes = InspectionState.VISITED if visit.conclusion else InspectionState.CLOSED
    if not _move(conn, one.id, [InspectionState.PLANNED], becomes, _values(visit)):
        return False
    _keep(conn, one.id, visit)
    facts = {
        "day": visit.visited_on.isoformat(),
        "members": visit.members.attended if visit.members else None,
        "members_expected": visit.members.expected if visit.members else None,
        "remarks": sum(not found.good for found in visit.findings),
    }
    audit.record_sent(conn, sender, Action.INSPECTION_RECORDED, one.unit_id, SUBJECT, one.id, facts)
    return True


def _values(visit: Visit) -> dict[str, Any]:
    return {
        "visited_on": visit.visited_on,
        "members": visit.members.attended if visit.members else None,
        "members_expected": visit.members.expected if visit.members else None,
        "cadres": visit.cadres.attended if visit.cadres else None,
        "cadres_expected": visit.cadres.expected if visit.cadres else None,
        "conclusion": visit.conclusion,
        "mend_by": visit.mend_by,
    }


def _keep(conn: Connection, inspection_id: int, visit: Visit) -> None:
    """What was found, and the files."""
    if visit.findings:
        conn.execute(
            insert(inspection_finding),
            [{"inspection_id": inspection_id, **asdict(found)} for found in visit.findings],
        )
    uploads.attach(conn, visit.files, SUBJECT, inspection_id)


def correct_visit(conn: Connection, one: Inspection, visit: Visit, sender: Sender) -> None:
    """What the team noted wrongly; its files are added to those that there are. What was is in the audit. What is
    to be mended, where that changes, waits for the unit again; with nothing to mend it is over.
    """
    if visit.conclusion is None:
        becomes = InspectionState.CLOSED
    elif (visit.conclusion, visit.mend_by) == (one.conclusion, one.mend_by):
        becomes = one.state
    else:
        becomes = InspectionState.VISITED
    before = {"counts": _counts_of(one), "findings": [asdict(found) for found in findings(conn, one.id)]}
    _move(conn, one.id, RECORDED, becomes, _values(visit))
    conn.execute(delete(inspection_finding).where(inspection_finding.c.inspection_id == one.id))
    _keep(conn, one.id, visit)
    was = {"day": _day(one.visited_on), "conclusion": one.conclusion, "mend_by": _day(one.mend_by)}
    facts = {"files": len(visit.files), "before": was | before}
    audit.record_sent(conn, sender, Action.INSPECTION_CORRECTED, one.unit_id, SUBJECT, one.id, facts)


def _counts_of(one: Inspection) -> dict[str, Any]:
    return {
        "members": asdict(one.members) if one.members else None,
        "cadres": asdict(one.cadres) if one.cadres else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def cancel(conn: Connection, one: Inspection, sender: Sender) -> bool:
    """False: the visit is not ahead any more."""
    if not _move(conn, one.id, [InspectionState.PLANNED], InspectionState.CANCELLED):
        return False
    audit.record_sent(
        conn, sender, Action.INSPECTION_CANCELLED, one.by_unit_id, SUBJECT, one.id, {"unit": one.unit_id}
    )
    return True


def answer(conn: Connection, one: Inspection, note: str, sender: Sender) -> bool:
    """The unit has mended it. False: nothing waits for its answer."""
    if not _move(conn, one.id, [InspectionState.VISITED], InspectionState.MENDED):
        return False
    _follow(conn, one, FollowUp.MENDED, note, Action.INSPECTION_ANSWERED, sender)
    return True


def ask_again(conn: Connection, one: Inspection, note: str, sender: Sender) -> bool:
    """What the unit did is not enough yet. False: it does not wait for the team."""
    if not _move(conn, one.id, [InspectionState.MENDED], InspectionState.VISITED):
        return False
    _follow(conn, one, FollowUp.NOT_ENOUGH, note, Action.INSPECTION_ANSWERED, sender)
    return True


def close(conn: Connection, one: Inspection, sender: Sender) -> bool:
    """False: it is closed already, or was never recorded."""
    if not _move(conn, one.id, [InspectionState.VISITED, InspectionState.MENDED], InspectionState.CLOSED):
        return False
    _follow(conn, one, FollowUp.CLOSED, None, Action.INSPECTION_CLOSED, sender)
    return True


def _move(
    conn: Connection,
    inspection_id: int,
    was: Sequence[InspectionState],
    becomes: InspectionState,
    values: dict[str, Any] | None = None,
) -> bool:
    still = (inspection.c.id == inspection_id, inspection.c.state.in_(was))
    moved = conn.execute(update(inspection).where(*still).values(state=becomes, **(values or {})))
    return moved.rowcount == 1


def _follow(
    conn: Connection, one: Inspection, verdict: FollowUp, note: str | None, action: Action, sender: Sender
) -> None:
    conn.execute(
        insert(inspection_follow_up).values(
            inspection_id=one.id,
            verdict=verdict,
            note=note,
            by_person_id=sender.person_id,
            at=sender.arrived,
        )
    )
    audit.record_sent(conn, sender, action, one.unit_id, SUBJECT, one.id, {"verdict": verdict})
