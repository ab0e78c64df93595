"""People and the positions that they hold; positions have dates, a successor inherits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

from storage.models import person, position, unit


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    full_name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A person by a position in a unit."""

    id: int
    full_name: str
    phone: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Position:
    role: str
    unit_id: int
    unit_name: str
    duty_level: str


_BY_ID = select(person.c.id, person.c.full_name, person.c.phone).where(person.c.id == bindparam("id"))
_BY_PHONE = select(person.c.id, person.c.full_name, person.c.phone).where(
    person.c.phone == bindparam("phone"), person.c.erased_at.is_(None)
)
_HOLDERS = (
    select(person.c.id, person.c.full_name, person.c.phone, position.c.role)
    .select_from(position.join(person, person.c.id == position.c.person_id))
    .where(
        position.c.unit_id == bindparam("unit"),
        or_(position.c.valid_from.is_(None), position.c.valid_from <= bindparam("on")),
        or_(position.c.valid_to.is_(None), position.c.valid_to >= bindparam("on")),
        person.c.erased_at.is_(None),
    )
    .order_by(position.c.id)
)
_POSITIONS = (
    select(position.c.role, unit.c.id, unit.c.name, unit.c.duty_level)
    .select_from(position.join(unit, unit.c.id == position.c.unit_id))
    .where(
        position.c.person_id == bindparam("person"),
        or_(position.c.valid_from.is_(None), position.c.valid_from <= bindparam("on")),
        or_(position.c.valid_to.is_(None), position.c.valid_to >= bindparam("on")),
    )
    .order_by(unit.c.path, position.c.id)
)


def get(conn: Connection, person_id: int) -> Person:
    """Raises LookupError."""
    row = conn.execute(_BY_ID, {"id": person_id}).first()
    if row is None:
        raise LookupError(f"person {person_id}")
    return Person(*tuple(row))


def by_phone(conn: Connection, phone: str) -> list[Person]:
    """`phone` in E.164. A family may share one."""
    return [Person(*tuple(row)) for row in conn.execute(_BY_PHONE, {"phone": phone})]


def holders(conn: Connection, unit_id: int, on: date, roles: Sequence[str] | None = None) -> list[Holder]:
    """People of the unit in these roles, in the roles' order; without any, in every role; each once."""
    rows = [Holder(*tuple(row)) for row in conn.execute(_HOLDERS, {"unit": unit_id, "on": on})]
    if roles is not None:
        rows = [holder for holder in rows if holder.role in roles]
        rows.sort(key=lambda holder: roles.index(holder.role))
    unique: dict[int, Holder] = {}
    for holder in rows:
        unique.setdefault(holder.id, holder)
    return list(unique.values())


def positions(conn: Connection, person_id: int, on: date) -> list[Position]:
    return [Position(*tuple(row)) for row in conn.execute(_POSITIONS, {"person": person_id, "on": on})]
