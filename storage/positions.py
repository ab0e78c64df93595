"""Who holds which position from when until when, and changing it. A day "from" ends on the day before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, or_, select, update

from rules.names import fold
from storage import audit, people, units
from storage.audit import Action
from storage.database import new_id
from storage.models import person, position, unit
from storage.reports import Sender
from storage.units import tree_order

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """A position of a person, with its unit."""

    id: int
    person_id: int
    full_name: str
    phone: str | None
    role: str
    unit_id: int
    unit_name: str
    path: str
    valid_from: date | None
    valid_to: date | None  # last day

    def begun(self, on: date) -> bool:
        return self.valid_from is None or self.valid_from <= on


def _seats(on: date, *which: ColumnElement[bool]) -> Select[Any]:
    """Held on that day, or given for a day after it."""
    return (
        select(
            position.c.id,
            person.c.id,
            person.c.full_name,
            person.c.phone,
            position.c.role,
            unit.c.id,
            unit.c.name,
            unit.c.path,
            position.c.valid_from,
            position.c.valid_to,
        )
        .select_from(
            position.join(person, person.c.id == position.c.person_id).join(
                unit, unit.c.id == position.c.unit_id
            )
        )
        .where(
            or_(position.c.valid_to.is_(None), position.c.valid_to >= on),
            # What was taken back before its day came was never held.
            or_(
                position.c.valid_from.is_(None),
                position.c.valid_to.is_(None),
                position.c.valid_from <= position.c.valid_to,
            ),
            person.c.erased_at.is_(None),
            *which,
        )
        .order_by(position.c.id)
    )


def of_unit(conn: Connection, unit_id: int, on: date, roles: Sequence[str]) -> list[Seat]:
    """Held on that day or given ahead, in the roles' order."""
    found = [Seat(*row) for row in conn.execute(_seats(on, position.c.unit_id == unit_id))]
    order = {role: place for place, role in enumerate(roles)}
    return sorted(found, key=lambda seat: order.get(seat.role, len(order)))


def of_people(conn: Connection, who: Sequence[int] | Select[tuple[int]], on: date) -> dict[int, list[Seat]]:
    """By person, in the order of the tree; of units that still exist."""
    open_unit = or_(unit.c.valid_to.is_(None), unit.c.valid_to >= on)
    found: dict[int, list[Seat]] = {}
    for row in conn.execute(_seats(on, position.c.person_id.in_(who), open_unit)):
        seat = Seat(*row)
        found.setdefault(seat.person_id, []).append(seat)
    return {one: sorted(seats, key=lambda seat: tree_order(seat.path)) for one, seats in found.items()}


def of_person(conn: Connection, person_id: int, on: date) -> list[Seat]:
    return of_people(conn, [person_id], on).get(person_id, [])


def paths_ever(conn: Connection, person_id: int) -> list[str]:
    """Of every unit in which the person holds or held a position."""
    return list(
        conn.scalars(
            select(unit.c.path)
            .select_from(position.join(unit, unit.c.id == position.c.unit_id))
            .where(position.c.person_id == person_id)
        )
    )


def known_as(conn: Connection, full_name: str, phone: str | None) -> int | None:
    """The person of this number and name, wherever they are; a family may share a number."""
    if phone is None:
        return None
    same = [one.id for one in people.by_phone(conn, phone) if fold(one.full_name) == fold(full_name)]
    return same[0] if same else None


def somebody_stays(conn: Connection, seat: Seat, day: date, roles: Sequence[str]) -> bool:
    """Whether anybody else goes on acting for the unit when this position ends on the day before `day`."""
    return any(
        other.person_id != seat.person_id
        and other.role in roles
        and other.begun(day)
        and other.valid_to is None
        for other in of_unit(conn, seat.unit_id, day, roles)
    )


def enter(conn: Connection, full_name: str, phone: str | None, by: Sender) -> int:
    """A person whom the roster did not know; their position is given, and audited, next."""
    return new_id(
        conn.execute(
            insert(person).values(
                full_name=full_name, name_folded=fold(full_name), phone=phone, created_at=by.arrived
            )
        )
    )


def add_phone(conn: Connection, person_id: int, phone: str, unit_id: int, by: Sender) -> None:
    """Of somebody who had none; who asked that it be forgotten keeps none."""
    changed = conn.execute(
        update(person)
        .where(person.c.id == person_id, person.c.phone.is_(None), person.c.phone_erased.is_(False))
        .values(phone=phone)
    )
    if changed.rowcount:
        _record(conn, Action.PERSON_CHANGED, person_id, unit_id, {}, by)


def give(conn: Connection, person_id: int, unit_id: int, role: str, begins: date, by: Sender) -> None:
    again = conn.execute(
        update(position)
        .where(
            position.c.person_id == person_id,
            position.c.unit_id == unit_id,
            position.c.role == role,
            position.c.valid_from == begins,
        )
        .values(valid_to=None)
    )
    if not again.rowcount:
        conn.execute(
            insert(position).values(person_id=person_id, unit_id=unit_id, role=role, valid_from=begins)
        )
    facts = {"role": role, "from": begins.isoformat()}
    _record(conn, Action.POSITION_GIVEN, person_id, unit_id, facts, by)


def end(conn: Connection, seat: Seat, day: date, by: Sender) -> None:
    """From `day` on the position is not held any more."""
    last = day - DAY
    conn.execute(update(position).where(position.c.id == seat.id).values(valid_to=last))
    facts = {"position": seat.id, "role": seat.role, "last": last.isoformat()}
    _record(conn, Action.POSITION_DATED, seat.person_id, seat.unit_id, facts, by)


def relieved(
    conn: Connection, unit_id: int, role: str, person_id: int | None, day: date, roles: Sequence[str]
) -> list[Seat]:
    """What ends when the person (None: somebody new) takes over the role on that day: whoever has it, or was to
    have it later, and what else the person does for the unit.
    """

    def gives_way(seat: Seat) -> bool:
        same_role, same_person = seat.role == role, seat.person_id == person_id
        return same_role != same_person or (same_role and not seat.begun(day))

    return [seat for seat in of_unit(conn, unit_id, day, roles) if seat.role in roles and gives_way(seat)]


def hand_over(
    conn: Connection, unit_id: int, role: str, person_id: int, day: date, roles: Sequence[str], by: Sender
) -> None:
    """`roles`: those that act for a unit. A position given for a later day is taken back."""
    units.hold(conn, unit_id)
    for seat in relieved(conn, unit_id, role, person_id, day, roles):
        end(conn, seat, day if seat.begun(day) else seat.valid_from or day, by)
    give(conn, person_id, unit_id, role, day, by)


def _record(
    conn: Connection,
    action: Action,
    person_id: int,
    unit_id: int,
    facts: dict[str, Any],
    by: Sender,
) -> None:
    audit.record(
        conn,
        at=by.arrived,
        action=action,
        person_id=by.person_id,
        account_id=by.account_id,
        unit_id=unit_id,
        subject="person",
        subject_id=person_id,
        facts=facts,
    )
