"""What units do to carry the resolution out: each activity, and how many there are below a unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, or_, select, update

from rules.duties import duty_of
from rules.names import fold
from rules.plan import DutyKind, Plan
from storage import audit, uploads
from storage.audit import Action
from storage.database import new_id
from storage.models import ActivityState, activity, person, unit
from storage.reports import Sender
from storage.units import Unit, tree_order, valid_on

SUBJECT = "activity"  # of its uploads and audit entries


@dataclass(frozen=True, slots=True)
class Content:
    """What is told of an activity; None is "chưa ghi"."""

    title: str
    held_on: date
    people: int | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Activity:
    id: int
    plan: str
    unit_id: int
    unit_name: str
    title: str
    held_on: date
    people: int | None
    place: str | None
    state: str
    at: datetime

    @property
    def stands(self) -> bool:
        return self.state == ActivityState.RECORDED


_FIND = (
    select(
        activity.c.id,
        activity.c.plan,
        activity.c.unit_id,
        unit.c.name.label("unit_name"),
        *(activity.c[name] for name in list(Activity.__dataclass_fields__)[4:]),
    )
    .select_from(activity.join(unit, unit.c.id == activity.c.unit_id))
    .order_by(activity.c.id.desc())
)


def get(conn: Connection, activity_id: int) -> Activity | None:
    row = conn.execute(_FIND.where(activity.c.id == activity_id)).first()
    return Activity(*tuple(row)) if row else None


def alike(conn: Connection, plan: str, unit_id: int, content: Content, besides: int | None) -> bool:
    """Whether the unit has another one of this day and title."""
    found = conn.scalars(
        select(activity.c.id).where(
            *_standing(plan),
            activity.c.unit_id == unit_id,
            activity.c.held_on == content.held_on,
            activity.c.title_folded == fold(content.title),
        )
    )
    return any(one != besides for one in found)


def newest(
    conn: Connection, plan: str, top: str, *, below: bool, first: int = 0, most: int | None = None
) -> list[Activity]:
    """The last recorded first, from place `first` on; `below`: of all units below the path `top` too."""
    where = unit.c.path.like(f"{top}%") if below else unit.c.path == top
    rows = conn.execute(_FIND.where(*_standing(plan), where).limit(most).offset(first))
    return [Activity(*tuple(row)) for row in rows]


def recorders(conn: Connection, plan: str, top: str) -> dict[int, tuple[int | None, str | None]]:
    """Who recorded each below the path `top`: (person, full name)."""
    rows = conn.execute(
        select(activity.c.id, activity.c.by_person_id, person.c.full_name)
        .select_from(
            activity.join(unit, unit.c.id == activity.c.unit_id).outerjoin(
                person, person.c.id == activity.c.by_person_id
            )
        )
        .where(*_standing(plan), unit.c.path.like(f"{top}%"))
    )
    return {row.id: (row.by_person_id, row.full_name) for row in rows}


def _standing(plan: str) -> tuple[ColumnElement[bool], ...]:
    return activity.c.plan == plan, activity.c.state == ActivityState.RECORDED


# -- how many


@dataclass(frozen=True, slots=True)
class Counts:
    """Of several units together. `people` are those of the `counted` activities."""

    activities: int = 0
    counted: int = 0
    people: int = 0
    units: int = 0  # that owe some
    told: int = 0  # of which have recorded some

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.activities + other.activities,
            self.counted + other.counted,
            self.people + other.people,
            self.units + other.units,
            self.told + other.told,
        )


def own(conn: Connection, plan: Plan, unit_id: int) -> Counts:
    """What the unit itself recorded."""
    row = conn.execute(
        select(func.count(), func.count(activity.c.people), func.sum(activity.c.people)).where(
            *_standing(plan.code), activity.c.unit_id == unit_id
        )
    ).one()
    return Counts(*(int(value or 0) for value in row))


def by_child(conn: Connection, plan: Plan, top: Unit, today: date) -> dict[int, Counts]:
    """Each unit directly below the top with everything below it, in the order of the tree; the top's own are
    left out.

    The database counts: a row a unit, then a row for each that has some of them below it.
    """
    duty = duty_of(plan, DutyKind.ACTIVITY)
    owes = and_(valid_on(unit, today), unit.c.duty_level.in_(duty.levels if duty is not None else ()))
    one = (
        select(
            unit.c.path,
            case((unit.c.parent_id == top.id, unit.c.id), else_=unit.c.parent_id).label("parent"),
            case((owes, 1), else_=0).label("owes"),
            func.count(activity.c.id).label("activities"),
            func.count(activity.c.people).label("counted"),
            func.coalesce(func.sum(activity.c.people), 0).label("people"),
        )
        .select_from(unit.outerjoin(activity, and_(activity.c.unit_id == unit.c.id, *_standing(plan.code))))
        .where(unit.c.path.like(f"{top.path}_%"), or_(owes, activity.c.id.is_not(None)))
        .group_by(unit.c.id)
        .subquery()
    )
    rows = conn.execute(
        select(
            func.min(one.c.path),
            func.sum(one.c.activities),
            func.sum(one.c.counted),
            func.sum(one.c.people),
            func.sum(one.c.owes),
            func.sum(case((one.c.activities > 0, one.c.owes), else_=0)),
        ).group_by(one.c.parent)
    )
    found: dict[int, Counts] = {}
    for path, *counts in sorted(rows, key=lambda row: tree_order(row[0])):
        child = int(path.removeprefix(top.path).split("/")[0])
        found[child] = found.get(child, Counts()) + Counts(*(int(value or 0) for value in counts))
    return found


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


# -- writing


def record(
    conn: Connection, plan: str, unit_id: int, content: Content, files: Sequence[int], sender: Sender
) -> int:
    made = conn.execute(
        insert(activity).values(
            plan=plan,
            unit_id=unit_id,
            **_columns(content),
            state=ActivityState.RECORDED,
            at=sender.arrived,
            by_person_id=sender.person_id,
            by_account_id=sender.account_id,
        )
    )
    activity_id = new_id(made)
    uploads.attach(conn, files, SUBJECT, activity_id)
    facts = {"files": len(files)}
    audit.record_sent(conn, sender, Action.ACTIVITY_RECORDED, unit_id, SUBJECT, activity_id, facts)
    return activity_id


def change(conn: Connection, old: Activity, content: Content, files: Sequence[int], sender: Sender) -> bool:
    """`files` are added to those that it has. False: it was withdrawn meanwhile."""
    if not _update(conn, old, **_columns(content)):
        return False
    uploads.attach(conn, files, SUBJECT, old.id)
    facts = {"files": len(files)}
    audit.record_sent(conn, sender, Action.ACTIVITY_CHANGED, old.unit_id, SUBJECT, old.id, facts)
    return True


def withdraw(conn: Connection, old: Activity, sender: Sender) -> None:
    """It is kept, and counted no more; nothing where it is so already."""
    if _update(conn, old, state=ActivityState.WITHDRAWN):
        audit.record_sent(conn, sender, Action.ACTIVITY_WITHDRAWN, old.unit_id, SUBJECT, old.id)


def _columns(content: Content) -> dict[str, Any]:
    return {
        "title": content.title,
        "title_folded": fold(content.title),
        "held_on": content.held_on,
        "people": content.people,
        "place": content.place,
    }


def _update(conn: Connection, old: Activity, **values: Any) -> bool:
    standing = (activity.c.id == old.id, activity.c.state == ActivityState.RECORDED)
    return conn.execute(update(activity).where(*standing).values(**values)).rowcount == 1
