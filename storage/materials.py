"""Study materials: whose staff offers what to whom, what took its place, and who has opened it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from storage import audit, uploads
from storage.audit import Action
from storage.database import new_id
from storage.models import MaterialState, material, material_opened, unit
from storage.reports import Sender
from storage.units import valid_on


@dataclass(frozen=True, slots=True)
class Material:
    id: int
    unit_id: int
    unit_name: str
    unit_path: str
    title: str
    levels: tuple[str, ...]  # for whom; empty: every level
    state: str
    replaced_by: int | None
    at: datetime

    def is_for(self, path: str, level: str) -> bool:
        """Whether it is meant for people of the unit with this path, which has the duties of this level."""
        return path.startswith(self.unit_path) and (not self.levels or level in self.levels)


@dataclass(frozen=True, slots=True)
class Opened:
    people: int
    units: int
    of_units: int  # for whom it is meant


_FIND = (
    select(
        material.c.id,
        material.c.unit_id,
        unit.c.name.label("unit_name"),
        unit.c.path.label("unit_path"),
        material.c.title,
        material.c.levels,
        material.c.state,
        material.c.replaced_by,
        material.c.at,
    )
    .select_from(material.join(unit, unit.c.id == material.c.unit_id))
    .order_by(material.c.id.desc())
)


def _found(conn: Connection, *which: ColumnElement[bool]) -> list[Material]:
    rows = conn.execute(_FIND.where(*which))
    return [Material(**{**row._mapping, "levels": tuple(row.levels)}) for row in rows]


def get(conn: Connection, material_id: int) -> Material | None:
    return next(iter(_found(conn, material.c.id == material_id)), None)


def offered_by(conn: Connection, plan: str, unit_ids: Sequence[int]) -> list[Material]:
    """What these units offer now, newest first."""
    return _found(
        conn,
        material.c.plan == plan,
        material.c.state == MaterialState.OFFERED,
        material.c.unit_id.in_(unit_ids),
    )


def offered_below(conn: Connection, plan: str, paths: Sequence[str]) -> list[Material]:
    """What units below these paths, themselves included, offer now, newest first."""
    return _found(
        conn,
        material.c.plan == plan,
        material.c.state == MaterialState.OFFERED,
        or_(*(unit.c.path.like(f"{path}%") for path in paths)),
    )


def newest(conn: Connection, old: Material) -> Material:
    """What took its place, and that one's, to the last; itself where nothing did."""
    while old.replaced_by is not None:
        new = get(conn, old.replaced_by)
        assert new is not None
        old = new
    return old


def add(
    conn: Connection,
    *,
    plan: str,
    unit_id: int,
    title: str,
    levels: Sequence[str],
    files: Sequence[int],
    replaces: int | None,
    sender: Sender,
) -> int | None:
    """Offer it, with its uploads; None: what it should replace is not offered any more."""
    if replaces is not None and not _end(conn, replaces, MaterialState.REPLACED):
        return None
    made = conn.execute(
        insert(material).values(
            plan=plan,
            unit_id=unit_id,
            title=title,
            levels=list(levels),
            state=MaterialState.OFFERED,
            at=sender.arrived,
            by_person_id=sender.person_id,
        )
    )
    material_id = new_id(made)
    uploads.attach(conn, files, "material", material_id)
    facts = {"files": len(files), "levels": list(levels)}
    audit.record_sent(conn, sender, Action.MATERIAL_ADDED, unit_id, "material", material_id, facts)
    if replaces is not None:
        conn.execute(update(material).where(material.c.id == replaces).values(replaced_by=material_id))
        audit.record_sent(
            conn,
            sender,
            Action.MATERIAL_REPLACED,
            unit_id,
            "material",
            replaces,
            {"replaced_by": material_id},
        )
    return material_id


def withdraw(conn: Connection, old: Material, sender: Sender) -> bool:
    """False: it is not offered any more."""
    if not _end(conn, old.id, MaterialState.WITHDRAWN):
        return False
    audit.record_sent(conn, sender, Action.MATERIAL_WITHDRAWN, old.unit_id, "material", old.id)
    return True


def _end(conn: Connection, material_id: int, state: MaterialState) -> bool:
    offered = (material.c.id == material_id, material.c.state == MaterialState.OFFERED)
    return conn.execute(update(material).where(*offered).values(state=state)).rowcount == 1


def note_opened(conn: Connection, material_id: int, person_id: int, unit_id: int, at: datetime) -> None:
    """A person counts once, by the unit by which they first had it."""
    mine = (material_opened.c.material_id == material_id, material_opened.c.person_id == person_id)
    again = conn.execute(update(material_opened).where(*mine).values(times=material_opened.c.times + 1))
    if not again.rowcount:
        conn.execute(
            insert(material_opened).values(
                material_id=material_id, person_id=person_id, unit_id=unit_id, first_at=at, times=1
            )
        )


def opened(conn: Connection, one: Material, today: date) -> Opened:
    """Units are counted as they are today, on both sides of "of"."""
    meant = [
        unit.c.path.like(f"{one.unit_path}%"),
        valid_on(unit, today),
        *([unit.c.duty_level.in_(one.levels)] if one.levels else []),
    ]
    people = select(func.count()).select_from(material_opened).where(material_opened.c.material_id == one.id)
    units = select(func.count()).select_from(unit).where(*meant)
    having = select(material_opened.c.unit_id).where(material_opened.c.material_id == one.id)
    return Opened(
        people=conn.scalar(people) or 0,
        units=conn.scalar(units.where(unit.c.id.in_(having))) or 0,
        of_units=conn.scalar(units) or 0,
    )
