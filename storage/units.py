"""Units: the tree of the organisation."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

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
    valid_to: date | None


_COLUMNS = [unit.c[name] for name in Unit.__dataclass_fields__]
_BY_ID = select(*_COLUMNS).where(unit.c.id == bindparam("id"))
_BY_CODE = select(*_COLUMNS).where(unit.c.code == bindparam("code"))
_CHILDREN = (
    select(*_COLUMNS)
    .where(
        unit.c.parent_id == bindparam("parent"),
        or_(unit.c.valid_to.is_(None), unit.c.valid_to >= bindparam("on")),
    )
    .order_by(unit.c.id)
)


def get(conn: Connection, unit_id: int) -> Unit:
    """Raises LookupError."""
    row = conn.execute(_BY_ID, {"id": unit_id}).first()
    if row is None:
        raise LookupError(f"unit {unit_id}")
    return Unit(*tuple(row))


def by_code(conn: Connection, code: str) -> Unit | None:
    row = conn.execute(_BY_CODE, {"code": code}).first()
    return Unit(*tuple(row)) if row else None


def children(conn: Connection, parent_id: int, on: date) -> list[Unit]:
    return [Unit(*tuple(row)) for row in conn.execute(_CHILDREN, {"parent": parent_id, "on": on})]


def all_by_code(conn: Connection) -> dict[str, Unit]:
    return {row.code: Unit(*tuple(row)) for row in conn.execute(select(*_COLUMNS))}
