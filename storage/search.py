"""Finding a unit or a person as people type them: without diacritics, abbreviated, with the place behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, select

from rules import phones
from rules.names import Match, core, find, fold, resembling, spelled
from storage.models import person, position, unit
from storage.units import tree_order, valid_on

OFFERS = 8
SHORTEST = 2  # letters that say something by themselves
_UP = unit.alias("up")


@dataclass(frozen=True, slots=True)
class FoundUnit:
    id: int
    name: str
    path: str
    duty_level: str
    parent: str | None  # its name


@dataclass(frozen=True, slots=True)
class FoundPerson:
    id: int
    full_name: str
    role: str
    unit_id: int
    unit: str


T = TypeVar("T")


def find_units(
    conn: Connection, top: str, query: str, today: date, levels: Sequence[str] = (), *, alike: bool = True
) -> Match[FoundUnit]:
    """Below the path `top`, itself included; `levels`: only those whose duties are of these levels.

    `alike`: offer what merely resembles the query, where nothing has that name.
    """
    wanted = core(query)
    if not wanted:
        return Match()

    def asked(*more: ColumnElement[bool]) -> list[FoundUnit]:
        return _units(conn, top, today, [*more, *([unit.c.duty_level.in_(levels)] if levels else [])])

    by_code = asked(unit.c.code == query.strip().upper())
    if len(by_code) == 1:
        return Match(exact=by_code[0])
    named = _chosen(query, asked(unit.c.name_folded.contains(wanted, autoescape=True)))
    if named.exact or named.offers:
        return named
    placed = _with_its_place(conn, top, query, today, asked)
    if placed.exact or placed.offers:
        return placed
    return Match(offers=tuple(_alike(conn, top, wanted, asked))) if alike else Match()


def _alike(conn: Connection, top: str, wanted: str, asked: Callable[..., list[FoundUnit]]) -> list[FoundUnit]:
    """Compared in the folded form that the database keeps: one look at ten thousand names is quick."""
    rows = conn.execute(select(unit.c.id, unit.c.name_folded).where(unit.c.path.like(f"{top}%"))).all()
    near = [rows[place].id for place in resembling(wanted, [row.name_folded for row in rows], OFFERS)]
    found = asked(unit.c.id.in_(near))
    return sorted(found, key=lambda one: near.index(one.id))


def _named(text: str) -> ColumnElement[bool]:
    """By what is particular in a name; "xã 3" is particular only as a whole."""
    particular = core(text)
    sought = particular if len(particular) > SHORTEST else fold(spelled(text))
    return unit.c.name_folded.contains(sought, autoescape=True)


def _with_its_place(
    conn: Connection,
    top: str,
    query: str,
    today: date,
    asked: Callable[..., list[FoundUnit]],
) -> Match[FoundUnit]:
    """ "thôn 3 hoằng quỳ": the last words name a unit above. It decides only where that is surely meant."""
    words = spelled(query).split()
    for cut in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if len(tail) < 3:
            continue
        named = _units(conn, top, today, [_named(tail)])
        above = _chosen(tail, named)
        offers: dict[int, FoundUnit] = {}
        for place in [above.exact] if above.exact else above.offers:
            within = asked(
                unit.c.path.like(f"{place.path}_%"),
                unit.c.name_folded.contains(core(head), autoescape=True),
            )
            found = _chosen(head, within)
            if above.exact and found.exact:
                return found
            offers |= {one.id: one for one in ([found.exact] if found.exact else found.offers)}
        if offers:
            return Match(offers=tuple(offers.values())[:OFFERS])
    return Match()


def _units(conn: Connection, top: str, today: date, more: Sequence[ColumnElement[bool]]) -> list[FoundUnit]:
    rows = conn.execute(
        select(unit.c.id, unit.c.name, unit.c.path, unit.c.duty_level, _UP.c.name)
        .select_from(unit.outerjoin(_UP, _UP.c.id == unit.c.parent_id))
        .where(
            unit.c.path.like(f"{top}%"),
            valid_on(unit, today),
            *more,
        )
    )
    found = [FoundUnit(*tuple(row)) for row in rows]
    return sorted(found, key=lambda one: tree_order(one.path))


def _chosen(query: str, found: Sequence[FoundUnit]) -> Match[FoundUnit]:
    return find(query, [(one, one.name) for one in found], limit=OFFERS)


def find_people(conn: Connection, top: str, query: str, today: date) -> Match[FoundPerson]:
    """People who hold a position below the path `top`, itself included; by name or telephone number."""
    phone = phones.normalise(query)
    if phone is not None:
        found = _people(conn, top, today, person.c.phone == phone)
        return Match(exact=found[0]) if len(found) == 1 else Match(offers=tuple(found[:OFFERS]))
    wanted = fold(" ".join(query.split()))
    if not any(letter.isalpha() for letter in wanted):
        return Match()
    found = _people(conn, top, today, person.c.name_folded.contains(wanted, autoescape=True))
    return find(query, [(one, one.full_name) for one in found], limit=OFFERS)


def _people(conn: Connection, top: str, today: date, which: ColumnElement[bool]) -> list[FoundPerson]:
    rows: Sequence[Any] = conn.execute(
        select(person.c.id, person.c.full_name, position.c.role, unit.c.id, unit.c.name)
        .select_from(
            position.join(person, person.c.id == position.c.person_id).join(
                unit, unit.c.id == position.c.unit_id
            )
        )
        .where(
            unit.c.path.like(f"{top}%"),
            valid_on(position, today),
            person.c.erased_at.is_(None),
            which,
        )
        .order_by(position.c.id)
    ).all()
    unique: dict[int, FoundPerson] = {}
    for row in rows:
        unique.setdefault(row[0], FoundPerson(*tuple(row)))
    return list(unique.values())
