"""How to reach a unit: its secretary, then whoever else acts for it, then the officers above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from storage.models import person, position, unit
from storage.units import valid_on


@dataclass(frozen=True, slots=True)
class Contact:
    unit_id: int  # of whom: the unit itself, or the one above
    full_name: str
    role: str
    phone: str | None


def of_units(
    conn: Connection, unit_ids: Sequence[int], roles: Sequence[str], today: date
) -> dict[int, list[Contact]]:
    """Who acts for each, in the order of `roles`, then who acts for the unit above it."""
    parents = {
        row.id: row.parent_id
        for row in conn.execute(select(unit.c.id, unit.c.parent_id).where(unit.c.id.in_(unit_ids)))
    }
    everywhere = {*unit_ids, *(parent for parent in parents.values() if parent is not None)}
    rows = conn.execute(
        select(position.c.unit_id, person.c.full_name, position.c.role, person.c.phone)
        .select_from(position.join(person, person.c.id == position.c.person_id))
        .where(
            position.c.unit_id.in_(everywhere),
            position.c.role.in_(roles),
            valid_on(position, today),
            person.c.erased_at.is_(None),
        )
        .order_by(position.c.id)
    )
    acting: dict[int, list[Contact]] = {}
    for row in rows:
        acting.setdefault(row.unit_id, []).append(Contact(*tuple(row)))
    for people in acting.values():
        people.sort(key=lambda one: roles.index(one.role))
    return {one: [*acting.get(one, []), *acting.get(parents.get(one) or 0, [])] for one in unit_ids}


def best(contacts: Sequence[Contact]) -> Contact | None:
    """Whom to ring: the first with a number; without any, the first at all."""
    return next((one for one in contacts if one.phone), contacts[0] if contacts else None)
