"""Who is who: rows of a roster that are one person, and the person that the database has already.

A person is the same by number and name (without diacritics) anywhere, or by the exact name within a unit.
A family may share a number, and a unit may have two people of one name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rules.names import fold
from storage.models import person, position


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`phone` in E.164. `tells_valid_to`: the file has that column, so that an empty cell means "still"."""

    line: int
    unit_code: str
    full_name: str
    role: str
    phone: str | None
    valid_to: date | None = None
    tells_valid_to: bool = False


@dataclass(frozen=True, slots=True)
class HeldPosition:
    id: int
    role: str
    valid_from: date | None
    valid_to: date | None


def same_people(rows: Iterable[PersonRow]) -> list[list[PersonRow]]:
    """The rows of each person together; a row without a number joins its namesake's in the same unit."""
    groups: dict[tuple[str, str], list[PersonRow]] = {}
    in_unit: dict[tuple[str, str], list[PersonRow]] = {}
    without = []
    for row in rows:
        if row.phone is None:
            without.append(row)
            continue
        group = groups.setdefault((row.phone, fold(row.full_name)), [])
        group.append(row)
        in_unit.setdefault((row.unit_code, row.full_name), group)
    people = list(groups.values())
    for row in without:
        key = (row.unit_code, row.full_name)
        if key not in in_unit:
            in_unit[key] = []
            people.append(in_unit[key])
        in_unit[key].append(row)
    return people


class Known:
    """The people of the database and what they hold."""

    def __init__(self, conn: Connection, today: date) -> None:
        self._today = today
        self.people: dict[int, tuple[str, str | None]] = {}  # full name, phone
        self.phone_erased: set[int] = set()  # asked that the bot forget it
        self._by_phone: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._in_unit: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._positions: dict[tuple[int, int], list[HeldPosition]] = defaultdict(list)
        rows = conn.execute(
            select(person.c.id, person.c.full_name, person.c.phone, person.c.phone_erased)
            .where(person.c.erased_at.is_(None))
            .order_by(person.c.id)
        )
        for person_id, full_name, phone, erased in rows:
            self.people[person_id] = (full_name, phone)
            if erased:
                self.phone_erased.add(person_id)
            if phone is not None:
                self._by_phone[phone, fold(full_name)].append(person_id)
        held = conn.execute(
            select(
                position.c.person_id,
                position.c.unit_id,
                position.c.id,
                position.c.role,
                position.c.valid_from,
                position.c.valid_to,
            ).order_by(position.c.id.desc())
        )
        for person_id, unit_id, *rest in held:
            if person_id not in self.people:
                continue
            self._positions[person_id, unit_id].append(HeldPosition(*rest))
            there = self._in_unit[unit_id, self.people[person_id][0]]
            if person_id not in there:
                there.append(person_id)

    def match(
        self, people: Sequence[list[PersonRow]], units: Mapping[str, int]
    ) -> list[tuple[list[PersonRow], int | None]]:
        """Each person's rows with who they are here, if anybody; nobody is matched twice.

        Numbers first: a number that changed must not take the namesake who kept theirs.
        """
        taken: set[int] = set()
        found: dict[int, int] = {}
        for candidates_of in (self._with_number, self._with_name):
            for place, rows in enumerate(people):
                if place not in found:
                    free = (one for one in candidates_of(rows, units) if one not in taken)
                    if (one := next(free, None)) is not None:
                        found[place] = one
                        taken.add(one)
        return [(rows, found.get(place)) for place, rows in enumerate(people)]

    def _with_number(self, rows: list[PersonRow], _units: Mapping[str, int]) -> list[int]:
        row = rows[0]
        return self._by_phone.get((row.phone, fold(row.full_name)), []) if row.phone else []

    def _with_name(self, rows: list[PersonRow], units: Mapping[str, int]) -> list[int]:
        """Of two namesakes in a unit, the one in the same role first.

        Who left the unit is another person than a namesake with another number who comes.
        """
        found: list[int] = []
        for row in rows:
            unit_id = units[row.unit_code]
            there = [
                one
                for one in self._in_unit.get((unit_id, row.full_name), ())
                if any(self.is_open(held.valid_to) for held in self.positions(one, unit_id))
                or row.phone in (None, self.people[one][1])
            ]
            found += sorted(there, key=lambda one: not self.positions(one, unit_id, row.role))
        return found

    def is_open(self, last: date | None) -> bool:
        """Whether a position with this last day is still held."""
        return last is None or last >= self._today

    def positions(self, person_id: int, unit_id: int, role: str | None = None) -> list[HeldPosition]:
        """Newest first."""
        return [
            one for one in self._positions.get((person_id, unit_id), ()) if role is None or one.role == role
        ]
