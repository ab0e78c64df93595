"""What an export is made of: everything that a subtree reported, each question asked once for all its units.

`top` is the path of the subtree's highest unit, "/" for everything. The caller holds one reading transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from storage.essays import HANDED_IN
from storage.models import (
    RecipientState,
    UploadState,
    audit,
    broadcast,
    broadcast_recipient,
    call,
    essay,
    essay_tally,
    participation,
    person,
    planned_day,
    position,
    report,
    session,
    session_group,
    session_speaker,
    unit,
    upload,
)
from storage.people import Holder
from storage.units import tree_order

EVERYTHING = "/"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A unit's participation, its make-ups added. None is "chưa ghi"."""

    held_on: date  # the first line's
    session_id: int | None
    place: str | None
    own: bool
    make_ups: int
    members: int
    members_expected: int
    cadres: int | None
    cadres_expected: int | None
    youth: int | None
    materials: bool | None


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who owes an essay as a file; `arrived_at` None: still owes it."""

    unit_id: int
    person_id: int
    author: str
    role: str
    essay_id: int | None
    state: str | None
    route: str | None
    arrived_at: Any
    sender_id: int | None
    sender: str | None


def _within(top: str) -> ColumnElement[bool]:
    # A path is digits and slashes, so nothing in it is a wildcard.
    return unit.c.path.like(f"{top}%")


def _held_today(today: date) -> ColumnElement[bool]:
    return and_(
        or_(position.c.valid_from.is_(None), position.c.valid_from <= today),
        or_(position.c.valid_to.is_(None), position.c.valid_to >= today),
        person.c.erased_at.is_(None),
    )


def units_in_order(conn: Connection, top: str) -> list[Any]:
    """Each behind its parent, siblings by their ids; closed units too."""
    rows = conn.execute(
        select(
            unit.c.id,
            unit.c.code,
            unit.c.name,
            unit.c.duty_level,
            unit.c.parent_id,
            unit.c.path,
            unit.c.members,
            unit.c.valid_from,
            unit.c.valid_to,
        ).where(_within(top))
    ).all()
    return sorted(rows, key=lambda row: tree_order(row.path))


def exists_on(row: Any, day: date) -> bool:
    """Whether a unit of `units_in_order` was there on that day."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day)


# -- reports


def reports(conn: Connection, plan: str, top: str) -> dict[tuple[str, int], list[Any]]:
    """The current ones by (duty, unit), a host's sessions by their slots."""
    rows = conn.execute(
        select(
            report.c.id,
            report.c.duty,
            report.c.unit_id,
            report.c.revision,
            report.c.state,
            report.c.on_behalf,
            report.c.first_arrived_at,
        )
        .select_from(report.join(unit, unit.c.id == report.c.unit_id))
        .where(report.c.plan == plan, _within(top))
        .order_by(report.c.slot)
    )
    found: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        found.setdefault((row.duty, row.unit_id), []).append(row)
    return found


def attendances(conn: Connection, plan: str, top: str) -> dict[int, Attendance]:
    """By report."""
    rows = conn.execute(
        select(
            participation.c.report_id,
            participation.c.held_on,
            participation.c.session_id,
            session.c.place,
            session.c.own,
            participation.c.members,
            participation.c.members_expected,
            participation.c.cadres,
            participation.c.cadres_expected,
            participation.c.youth,
            participation.c.materials,
        )
        .select_from(
            participation.join(unit, unit.c.id == participation.c.unit_id).outerjoin(
                session, session.c.id == participation.c.session_id
            )
        )
        .where(participation.c.plan == plan, _within(top))
        .order_by(participation.c.report_id, participation.c.ordinal)
    )
    return {
        report_id: _added_up(list(lines)) for report_id, lines in groupby(rows, lambda row: row.report_id)
    }


def _added_up(lines: Sequence[Any]) -> Attendance:
    """Make-ups add to the first line; what no line says is not known."""
    first = lines[0]
    youth = [line.youth for line in lines if line.youth is not None]
    # How many there should have been, where nobody told how many there were, is no part of a rate.
    cadres = [line for line in lines if line.cadres is not None]
    cadres_of = [line.cadres_expected for line in cadres if line.cadres_expected is not None]
    return Attendance(
        held_on=first.held_on,
        session_id=first.session_id,
        place=first.place,
        own=bool(first.own),
        make_ups=len(lines) - 1,
        members=sum(line.members for line in lines),
        members_expected=max(line.members_expected for line in lines),
        cadres=sum(line.cadres for line in cadres) if cadres else None,
        cadres_expected=max(cadres_of, default=None),
        youth=sum(youth) if youth else None,
        materials=first.materials,
    )


def sessions(conn: Connection, plan: str, top: str) -> dict[int, Any]:
    """What hosts of the subtree recorded, by report."""
    rows = conn.execute(
        select(
            session.c.id,
            session.c.report_id,
            session.c.host_id,
            session.c.held_on,
            session.c.place,
            session.c.hall_count,
            session.c.materials,
            session.c.make_up,
            session.c.own,
        )
        .select_from(session.join(unit, unit.c.id == session.c.host_id))
        .where(session.c.plan == plan, _within(top))
        .order_by(session.c.id)
    )
    return {row.report_id: row for row in rows}


def speakers(conn: Connection, plan: str, top: str) -> dict[int, list[str]]:
    """Names by session."""
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, name in conn.execute(
        select(session_speaker.c.session_id, session_speaker.c.name)
        .select_from(
            session_speaker.join(session, session.c.id == session_speaker.c.session_id).join(
                unit, unit.c.id == session.c.host_id
            )
        )
        .where(session.c.plan == plan, _within(top))
        .order_by(session_speaker.c.id)
    ):
        found[session_id].append(name)
    return found


def convened(conn: Connection, plan: str, top: str) -> dict[int, tuple[int, int]]:
    """(attended, convened) by session, of the groups that its host counted."""
    rows = conn.execute(
        select(
            session_group.c.session_id,
            func.sum(session_group.c.attended),
            func.sum(session_group.c.expected),
        )
        .select_from(
            session_group.join(session, session.c.id == session_group.c.session_id).join(
                unit, unit.c.id == session.c.host_id
            )
        )
        .where(session.c.plan == plan, _within(top))
        .group_by(session_group.c.session_id)
    )
    return {session_id: (int(attended), int(expected)) for session_id, attended, expected in rows}


def attended(conn: Connection, plan: str, top: str) -> dict[int, tuple[int, int]]:
    """(units, their members) by session of a host in the subtree, as the units themselves report.

    A unit that reported before its host recorded the session names only the day: it is counted where its
    superior held exactly one session on that day.
    """
    hosted: dict[tuple[int, date], list[int]] = {}
    for row in sessions(conn, plan, top).values():
        if not row.own:
            hosted.setdefault((row.host_id, row.held_on), []).append(row.id)
    rows = conn.execute(
        select(
            participation.c.session_id,
            participation.c.held_on,
            participation.c.unit_id,
            unit.c.parent_id,
            participation.c.members,
        )
        .select_from(participation.join(unit, unit.c.id == participation.c.unit_id))
        .where(participation.c.plan == plan, _within(top))
    )
    units: dict[int, set[int]] = defaultdict(set)
    members: dict[int, int] = defaultdict(int)
    for row in rows:
        same_day = hosted.get((row.parent_id, row.held_on), [])
        session_id = row.session_id or (same_day[0] if len(same_day) == 1 else None)
        if session_id is not None:
            units[session_id].add(row.unit_id)
            members[session_id] += row.members
    return {session_id: (len(units[session_id]), members[session_id]) for session_id in units}


def report_files(conn: Connection) -> dict[int, int]:
    """How many are stored for each report that has any."""
    rows = conn.execute(
        select(upload.c.subject_id, func.count().label("stored"))
        .where(upload.c.subject == "report", upload.c.state == UploadState.STORED)
        .group_by(upload.c.subject_id)
    )
    return {row.subject_id: row.stored for row in rows}


# -- whom to call


def contacts(
    conn: Connection, top: str, roles: Sequence[str], today: date, most: int
) -> dict[int, list[Holder]]:
    """People in these roles by unit, in the roles' order; the first of them, each once."""
    rank = {role: place for place, role in enumerate(roles)}
    rows = conn.execute(
        select(unit.c.id, person.c.id, person.c.full_name, person.c.phone, position.c.role)
        .select_from(
            position.join(person, person.c.id == position.c.person_id).join(
                unit, unit.c.id == position.c.unit_id
            )
        )
        .where(position.c.role.in_(roles), _held_today(today), _within(top))
        .order_by(position.c.unit_id, position.c.id)
    )
    found = {}
    for unit_id, held in groupby(rows, lambda row: row[0]):
        people: dict[int, Holder] = {}
        for row in sorted(held, key=lambda row: rank[row[4]]):
            people.setdefault(row[1], Holder(*row[1:]))
        found[int(unit_id)] = list(people.values())[:most]
    return found


def last_calls(conn: Connection, plan: str, top: str) -> dict[int, Any]:
    """By unit: when, with what result, and the day that was named."""
    rows = conn.execute(
        select(call.c.unit_id, call.c.at, call.c.result, call.c.day)
        .select_from(call.join(unit, unit.c.id == call.c.unit_id))
        .where(call.c.plan == plan, _within(top))
        .order_by(call.c.id)
    )
    return {row.unit_id: row for row in rows}


def planned(conn: Connection, plan: str, top: str) -> dict[tuple[str, int], date]:
    """The days that were named, by (duty, unit)."""
    rows = conn.execute(
        select(planned_day.c.duty, planned_day.c.unit_id, planned_day.c.day)
        .select_from(planned_day.join(unit, unit.c.id == planned_day.c.unit_id))
        .where(planned_day.c.plan == plan, planned_day.c.day.is_not(None), _within(top))
    )
    return {(row.duty, row.unit_id): row.day for row in rows}


def people_within(conn: Connection, top: str) -> set[int]:
    """Whose names belong to the subtree: whoever holds or held a position in it."""
    rows = conn.execute(
        select(position.c.person_id)
        .select_from(position.join(unit, unit.c.id == position.c.unit_id))
        .where(_within(top))
    )
    return set(rows.scalars())


# -- essays


def authors(
    conn: Connection, plan: str, top: str, owing: Sequence[tuple[str, str]], today: date
) -> Iterator[Author]:
    """Whoever owes a file; `owing`: (level, role). Positions as they are: a person may come twice."""
    sender = person.alias("sender")
    if not owing:
        return
    rows = conn.execute(
        select(
            position.c.unit_id,
            person.c.id,
            person.c.full_name,
            position.c.role,
            essay.c.id,
            essay.c.state,
            essay.c.route,
            essay.c.arrived_at,
            sender.c.id,
            sender.c.full_name,
        )
        .select_from(
            position.join(person, person.c.id == position.c.person_id)
            .join(unit, unit.c.id == position.c.unit_id)
            .outerjoin(
                essay,
                and_(
                    essay.c.person_id == person.c.id,
                    essay.c.plan == plan,
                    essay.c.state.in_(HANDED_IN),
                ),
            )
            .outerjoin(sender, sender.c.id == essay.c.by_person_id)
        )
        .where(
            or_(*(and_(unit.c.duty_level == level, position.c.role == role) for level, role in owing)),
            or_(unit.c.valid_from.is_(None), unit.c.valid_from <= today),
            or_(unit.c.valid_to.is_(None), unit.c.valid_to >= today),
            _held_today(today),
            _within(top),
        )
        .order_by(position.c.id)
    )
    for row in rows:
        yield Author(*tuple(row))


def essays(conn: Connection, plan: str, top: str) -> Iterator[Any]:
    """Handed in for units of the subtree."""
    sender = person.alias("sender")
    yield from conn.execute(
        select(
            essay.c.id,
            essay.c.unit_id,
            essay.c.author,
            essay.c.state,
            essay.c.route,
            essay.c.arrived_at,
            sender.c.id.label("sender_id"),
            sender.c.full_name.label("sender"),
        )
        .select_from(
            essay.join(unit, unit.c.id == essay.c.unit_id).outerjoin(
                sender, sender.c.id == essay.c.by_person_id
            )
        )
        .where(essay.c.plan == plan, essay.c.state.in_(HANDED_IN), _within(top))
        .order_by(essay.c.id)
    )


def tallies(conn: Connection, plan: str, top: str) -> dict[int, Any]:
    """Essays that were only counted, by unit."""
    rows = conn.execute(
        select(
            essay_tally.c.unit_id,
            essay_tally.c.attended,
            essay_tally.c.expected,
            essay_tally.c.arrived_at,
            person.c.id.label("sender_id"),
            person.c.full_name.label("sender"),
        )
        .select_from(
            essay_tally.join(unit, unit.c.id == essay_tally.c.unit_id).outerjoin(
                person, person.c.id == essay_tally.c.by_person_id
            )
        )
        .where(essay_tally.c.plan == plan, _within(top))
    )
    return {row.unit_id: row for row in rows}


# -- broadcasts and the audit log


def broadcasts(conn: Connection, plan: str, top: str) -> list[tuple[Any, dict[str, int], int]]:
    """Newest first: each with how many recipients are in each state, and how many acknowledged."""
    states: dict[int, dict[str, int]] = defaultdict(dict)
    acknowledged: dict[int, int] = defaultdict(int)
    recipients = broadcast_recipient.c
    for row in conn.execute(
        select(
            recipients.broadcast_id,
            recipients.state,
            func.count().label("people"),
            func.count(recipients.acknowledged_at).label("acknowledged"),
        )
        .select_from(
            broadcast_recipient.join(broadcast, broadcast.c.id == recipients.broadcast_id).join(
                unit, unit.c.id == broadcast.c.unit_id
            )
        )
        .where(broadcast.c.plan == plan, _within(top))
        .group_by(recipients.broadcast_id, recipients.state)
    ):
        states[row.broadcast_id][RecipientState(row.state)] = row.people
        acknowledged[row.broadcast_id] += row.acknowledged
    rows = conn.execute(
        select(
            broadcast.c.id,
            broadcast.c.content,
            broadcast.c.state,
            broadcast.c.acknowledge,
            broadcast.c.send_at,
            broadcast.c.started_at,
            broadcast.c.finished_at,
            unit.c.name.label("unit"),
            person.c.full_name.label("by"),
        )
        .select_from(
            broadcast.join(unit, unit.c.id == broadcast.c.unit_id).join(
                person, person.c.id == broadcast.c.by_person_id
            )
        )
        .where(broadcast.c.plan == plan, _within(top))
        .order_by(broadcast.c.id.desc())
    )
    return [(row, states[row.id], acknowledged[row.id]) for row in rows]


def audit_entries(conn: Connection, top: str, *, whole: bool, most: int) -> Iterator[Any]:
    """The newest, newest first. `whole`: those about no unit in particular, too."""
    about = _within(top)
    yield from conn.execute(
        select(
            audit.c.at,
            audit.c.person_id,
            person.c.full_name,
            audit.c.action,
            unit.c.name.label("unit"),
            unit.c.code,
            audit.c.subject,
            audit.c.subject_id,
            audit.c.facts,
        )
        .select_from(
            audit.outerjoin(unit, unit.c.id == audit.c.unit_id).outerjoin(
                person, person.c.id == audit.c.person_id
            )
        )
        .where(or_(about, audit.c.unit_id.is_(None)) if whole else about)
        .order_by(audit.c.id.desc())
        .limit(most)
    )
