"""Units: the tree of the organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, or_, select

from storage.models import unit


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    code: str
    name: str
    level: str
    duty_level: str
    parent_id: int | None
    path: str  # "/1/5/77/", itself last
    cadres: int | None
    members: int | None
    youth: int | None
    valid_from: date | None
    valid_to: date | None  # last day
    successor_id: int | None

    def closed(self, on: date) -> bool:
        return self.valid_to is not None and self.valid_to < on


_COLUMNS = [unit.c[name] for name in Unit.__dataclass_fields__]
_BY_ID = select(*_COLUMNS).where(unit.c.id == bindparam("id"))
_BY_CODE = select(*_COLUMNS).where(unit.c.code == bindparam("code"))
_CHILDREN = (
    select(*_COLUMNS)
    .where(
        unit.c.parent_id == bindparam("parent"),
        or_(unit.c.valid_from.is_(None), unit.c.valid_from <= bindparam("on")),
        or_(unit.c.valid_to.is_(None), unit.c.valid_to >= bindparam("on")),
    )
    .order_by(unit.c.id)
)
_BY_IDS = select(*_COLUMNS).where(unit.c.id.in_(bindparam("ids", expanding=True)))


def valid_on(dated: Table, day: date) -> ColumnElement[bool]:
    """Of rows with `valid_from` and `valid_to`: units, positions."""
    return and_(
        or_(dated.c.valid_from.is_(None), dated.c.valid_from <= day),
        or_(dated.c.valid_to.is_(None), dated.c.valid_to >= day),
    )


def tree_order(path: str) -> list[int]:
    """A key that sorts each unit behind its parent, siblings by their ids; text would put 10 before 9, and
    some databases skip the slashes when they sort.
    """
    return [int(part) for part in path.strip("/").split("/")]


def get(conn: Connection, unit_id: int) -> Unit:
    """Raises LookupError."""
    row = conn.execute(_BY_ID, {"id": unit_id}).first()
    if row is None:
        raise LookupError(f"unit {unit_id}")
    return Unit(*tuple(row))


def hold(conn: Connection, unit_id: int) -> None:
    """Nobody else changes who or what belongs to it until this transaction ends."""
    conn.execute(select(unit.c.id).where(unit.c.id == unit_id).with_for_update())


def by_ids(conn: Connection, unit_ids: Iterable[int]) -> dict[int, Unit]:
    rows = conn.execute(_BY_IDS, {"ids": list(set(unit_ids))})
    return {row.id: Unit(*tuple(row)) for row in rows}


def duty_levels(conn: Connection, unit_ids: Iterable[int]) -> dict[int, str]:
    rows = conn.execute(select(unit.c.id, unit.c.duty_level).where(unit.c.id.in_(set(unit_ids))))
    return {row.id: row.duty_level for row in rows}


def by_code(conn: Connection, code: str) -> Unit | None:
    row = conn.execute(_BY_CODE, {"code": code}).first()
    return Unit(*tuple(row)) if row else None


def children(conn: Connection, parent_id: int, on: date) -> list[Unit]:
    return [Unit(*tuple(row)) for row in conn.execute(_CHILDREN, {"parent": parent_id, "on": on})]


def names(conn: Connection, unit_ids: Iterable[int]) -> dict[int, str]:
    rows = conn.execute(select(unit.c.id, unit.c.name).where(unit.c.id.in_(set(unit_ids))))
    return {row.id: row.name for row in rows}


def paths_of(conn: Connection, unit_ids: Sequence[int]) -> list[str]:
    return list(conn.scalars(select(unit.c.path).where(unit.c.id.in_(unit_ids))))


def ancestors(conn: Connection, below: Unit) -> list[Unit]:
    """Everything above the unit, the top first."""
    ids = tree_order(below.path)[:-1]
    found = by_ids(conn, ids)
    return [found[one] for one in ids]


def parent(conn: Connection, below: Unit) -> Unit | None:
    return None if below.parent_id is None else get(conn, below.parent_id)


def only_top(conn: Connection) -> str | None:
    """The path of the one unit that has nobody above it; None: none, or several."""
    paths = conn.scalars(select(unit.c.path).where(unit.c.parent_id.is_(None)).limit(2)).all()
    return paths[0] if len(paths) == 1 else None
