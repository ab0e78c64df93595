"""Registers of speakers: whom a unit that leads others names as its speakers, whatever the plan.

A name stands once in a register. Who was withdrawn and is named again is the same as before, training included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from rules.names import name_key, sort_key
from rules.plan import Plan
from storage import audit, people
from storage.audit import Action
from storage.database import new_id
from storage.models import position, session, session_speaker, speaker, unit
from storage.reports import Sender
from storage.units import Unit, tree_order, valid_on

SUBJECT = "speaker"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`key` None: withdrawn. `workplace`: of somebody who is not of the unit itself."""

    id: int
    unit_id: int
    unit_name: str
    unit_path: str
    level: str
    person_id: int | None
    name: str
    key: str | None
    workplace: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom the plan lets speak: by role, by a register, or both."""

    full_name: str
    role: str  # "": none that is known
    person_id: int | None
    speaker_id: int | None

    @property
    def choice(self) -> str:
        return f"p{self.person_id}" if self.person_id is not None else f"r{self.speaker_id}"


_SELECT = select(
    speaker.c.id,
    speaker.c.unit_id,
    unit.c.name.label("unit_name"),
    unit.c.path,
    unit.c.duty_level,
    speaker.c.person_id,
    speaker.c.name,
    speaker.c.name_key,
    speaker.c.workplace,
).select_from(speaker.join(unit, unit.c.id == speaker.c.unit_id))


def get(conn: Connection, speaker_id: int) -> Speaker | None:
    row = conn.execute(_SELECT.where(speaker.c.id == speaker_id)).first()
    return Speaker(*tuple(row)) if row else None


def named(conn: Connection, ids: Iterable[int]) -> list[Speaker]:
    """Withdrawn ones too, in no order."""
    return _found(conn, speaker.c.id.in_(list(ids)))


def of_unit(conn: Connection, unit_id: int) -> list[Speaker]:
    """Its register, by given name."""
    return in_order(_found(conn, and_(speaker.c.unit_id == unit_id, speaker.c.name_key.is_not(None))))


def within(conn: Connection, path: str) -> list[Speaker]:
    """The registers of the subtree with this path, in no order: to sort a province's takes longer than the rest."""
    return _found(conn, and_(unit.c.path.like(f"{path}%"), speaker.c.name_key.is_not(None)))


def around(conn: Connection, path: str) -> list[Speaker]:
    """The registers of the subtree and of the units above it, in no order: who may speak there."""
    above = unit.c.id.in_(tree_order(path)) if path.strip("/") else unit.c.id.is_(None)
    return _found(conn, and_(or_(unit.c.path.like(f"{path}%"), above), speaker.c.name_key.is_not(None)))


def _found(conn: Connection, where: ColumnElement[bool]) -> list[Speaker]:
    return [Speaker(*tuple(row)) for row in conn.execute(_SELECT.where(where))]


def in_order(these: Iterable[Speaker]) -> list[Speaker]:
    """Of the tree and, in one register, by given name."""
    return sorted(these, key=lambda one: (tree_order(one.unit_path), sort_key(one.name), one.id))


def roles(conn: Connection, these: Sequence[Speaker], today: date) -> dict[int, str]:
    """By speaker, of those who hold a position in the unit of their register today: the first one given."""
    units = {one.unit_id for one in these if one.person_id is not None}
    held: dict[tuple[int, int], str] = {}
    rows = conn.execute(
        select(position.c.person_id, position.c.unit_id, position.c.role)
        .where(position.c.unit_id.in_(units), valid_on(position, today))
        .order_by(position.c.id)
    )
    for person_id, unit_id, role in rows:
        held.setdefault((person_id, unit_id), role)
    found = {one.id: held.get((one.person_id or 0, one.unit_id)) for one in these}
    return {key: role for key, role in found.items() if role is not None}


def holds_position(conn: Connection, person_id: int, unit_id: int, today: date) -> bool:
    return any(one.id == person_id for one in people.holders(conn, unit_id, today))


def candidates(conn: Connection, plan: Plan, host: Unit, above: Unit | None, today: date) -> list[Candidate]:
    """Whom the plan lets speak at the host's sessions: of the host itself, or of the unit above it."""
    found: list[Candidate] = []
    for rule in plan.speakers:
        if rule.session_level != host.duty_level:
            continue
        for one in (host, above):
            if one is None or one.duty_level != rule.from_level:
                continue
            register = of_unit(conn, one.id) if rule.registered else []
            at = roles(conn, register, today)
            found += [Candidate(who.name, at.get(who.id, ""), who.person_id, who.id) for who in register]
            holders = people.holders(conn, one.id, today, list(rule.roles))
            found += [Candidate(who.full_name, who.role, who.id, None) for who in holders]
    unique: dict[str, Candidate] = {}
    for candidate in found:
        unique.setdefault(candidate.choice, candidate)
    return list(unique.values())


# -- writing


def register(
    conn: Connection,
    plan: Plan,
    whose: Unit,
    name: str,
    person_id: int | None,
    workplace: str | None,
    sender: Sender,
) -> int | None:
    """None: the name stands in the register already."""
    key = name_key(name)
    values: dict[str, Any] = {
        "person_id": person_id,
        "name": name,
        "name_key": key,
        "workplace": workplace,
        "at": sender.arrived,
        "by_person_id": sender.person_id,
    }
    withdrawn = conn.execute(
        select(speaker.c.id, speaker.c.name, speaker.c.person_id)
        .where(speaker.c.unit_id == whose.id, speaker.c.name_key.is_(None))
        .order_by(speaker.c.id.desc())
    )
    before = next(
        (
            row.id
            for row in withdrawn
            if name_key(row.name) == key and person_id in (None, row.person_id or person_id)
        ),
        None,
    )
    try:
        with conn.begin_nested():
            if before is None:
                speaker_id = new_id(conn.execute(insert(speaker).values(unit_id=whose.id, **values)))
            else:
                speaker_id = before
                conn.execute(update(speaker).where(speaker.c.id == before).values(**values))
    except IntegrityError:
        return None
    audit.record_sent(conn, sender, Action.SPEAKER_REGISTERED, whose.id, SUBJECT, speaker_id)
    _within_the_rule(conn, plan, whose, key)
    return speaker_id


def _within_the_rule(conn: Connection, plan: Plan, whose: Unit, key: str) -> None:
    """Sessions where this speaker was taken to be outside the plan's rule before standing in the register."""
    levels = [
        rule.session_level
        for rule in plan.speakers
        if rule.registered and rule.from_level == whose.duty_level
    ]
    if not levels:
        return
    rows = conn.execute(
        select(session_speaker.c.id, session_speaker.c.name)
        .select_from(
            session_speaker.join(session, session.c.id == session_speaker.c.session_id).join(
                unit, unit.c.id == session.c.host_id
            )
        )
        .where(
            session.c.plan == plan.code,
            session.c.level.in_(levels),
            session_speaker.c.outside_rule.is_(True),
            or_(unit.c.id == whose.id, unit.c.parent_id == whose.id),
        )
    )
    same = [row.id for row in rows if name_key(row.name) == key]
    if same:
        conn.execute(update(session_speaker).where(session_speaker.c.id.in_(same)).values(outside_rule=False))


def withdraw(conn: Connection, one: Speaker, sender: Sender) -> bool:
    """What they did stays. False: withdrawn already."""
    done = conn.execute(
        update(speaker).where(speaker.c.id == one.id, speaker.c.name_key.is_not(None)).values(name_key=None)
    )
    if done.rowcount != 1:
        return False
    audit.record_sent(conn, sender, Action.SPEAKER_WITHDRAWN, one.unit_id, SUBJECT, one.id)
    return True
