"""Reports: what a unit says that it did. One current report per unit and duty; every sending is kept.

A participation may have several lines (the session and make-ups, which add). A host may have several
session reports, one a session, told apart by their slot.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.models import (
    absence,
    participation,
    report,
    session,
    session_group,
    session_speaker,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, from where, and when it reached the messenger."""

    person_id: int
    account_id: int
    arrived: datetime
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """`report_id` is the code that people see; on time is decided by `first_arrived`."""

    report_id: int
    revision: int
    first_arrived: datetime


@dataclass(frozen=True, slots=True)
class Absent:
    name: str
    person_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Participation in one session. None is "chưa ghi", never 0."""

    held_on: date
    members: int
    members_expected: int
    session_id: int | None = None
    members_roster: int | None = None
    cadres: int | None = None
    cadres_expected: int | None = None
    youth: int | None = None
    at_home: int | None = None
    materials: bool | None = None
    proposal: str | None = None
    proposal_level: str | None = None  # which one it concerns; None: the one directly above
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    person_id: int | None = None
    outside_rule: bool = False


@dataclass(frozen=True, slots=True)
class GroupCount:
    group: str
    attended: int
    expected: int


@dataclass(frozen=True, slots=True)
class Held:
    """A session as its host records it."""

    level: str
    held_on: date
    place: str | None = None
    hall_count: int | None = None
    materials: bool | None = None
    make_up: bool = False
    own: bool = False
    speakers: tuple[Speaker, ...] = ()
    groups: tuple[GroupCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """A report as it stands."""

    id: int
    revision: int
    state: str
    first_arrived: datetime
    by_person_id: int | None
    lines: tuple[Line, ...] = ()
    held: Held | None = None
    session_id: int | None = None
    slot: int = 0


@dataclass(frozen=True, slots=True)
class HostSession:
    """A recorded session that a unit's people may have attended."""

    id: int
    held_on: date
    place: str | None


_FIND = (
    select(
        report.c.id,
        report.c.revision,
        report.c.state,
        report.c.first_arrived_at,
        report.c.by_person_id,
        report.c.slot,
    )
    .where(
        report.c.plan == bindparam("plan"),
        report.c.duty == bindparam("duty"),
        report.c.unit_id == bindparam("unit"),
    )
    .order_by(report.c.slot)
)
_LINES = select(participation).where(participation.c.report_id == bindparam("report"))
_OPEN_SESSIONS = (
    select(session.c.id, session.c.held_on, session.c.place)
    .where(
        session.c.plan == bindparam("plan"), session.c.host_id == bindparam("host"), session.c.own.is_(False)
    )
    .order_by(session.c.held_on.desc(), session.c.id.desc())
)
_LAST_PLACE = (
    select(session.c.place)
    .where(session.c.host_id == bindparam("host"), session.c.place.is_not(None))
    .order_by(session.c.id.desc())
    .limit(1)
)


def find(conn: Connection, plan: str, duty: str, unit_id: int) -> list[Any]:
    """The bare rows of the duty's reports, by slot."""
    return list(conn.execute(_FIND, {"plan": plan, "duty": duty, "unit": unit_id}))


def current(conn: Connection, plan: str, duty: str, unit_id: int, slot: int = 0) -> Current | None:
    for row in find(conn, plan, duty, unit_id):
        if row.slot == slot:
            return _filled(conn, row)
    return None


def all_of(conn: Connection, plan: str, duty: str, unit_id: int) -> list[Current]:
    """A host's session reports, oldest first."""
    return [_filled(conn, row) for row in find(conn, plan, duty, unit_id)]


def sessions_of(conn: Connection, plan: str, host_id: int) -> list[HostSession]:
    """Newest first."""
    return [HostSession(*tuple(row)) for row in conn.execute(_OPEN_SESSIONS, {"plan": plan, "host": host_id})]


def last_place(conn: Connection, host_id: int) -> str | None:
    place: str | None = conn.scalar(_LAST_PLACE, {"host": host_id})
    return place


def _filled(conn: Connection, row: Any) -> Current:
    base = {
        "id": row.id,
        "revision": row.revision,
        "state": row.state,
        "first_arrived": row.first_arrived_at,
        "by_person_id": row.by_person_id,
        "slot": row.slot,
    }
    lines = _lines(conn, row.id)
    if lines:
        return Current(**base, lines=lines)
    found = conn.execute(select(session).where(session.c.report_id == row.id)).first()
    if found is None:
        return Current(**base)
    return Current(**base, held=_held(conn, found), session_id=found.id)


def _lines(conn: Connection, report_id: int) -> tuple[Line, ...]:
    rows = conn.execute(_LINES.order_by(participation.c.ordinal), {"report": report_id}).all()
    missing: dict[int, list[Absent]] = {}
    ids = [row.id for row in rows]
    for gone in conn.execute(
        select(absence).where(absence.c.participation_id.in_(ids)).order_by(absence.c.id)
    ):
        missing.setdefault(gone.participation_id, []).append(Absent(gone.name, gone.person_id, gone.reason))
    return tuple(
        Line(
            held_on=row.held_on,
            members=row.members,
            members_expected=row.members_expected,
            session_id=row.session_id,
            members_roster=row.members_roster,
            cadres=row.cadres,
            cadres_expected=row.cadres_expected,
            youth=row.youth,
            at_home=row.at_home,
            materials=row.materials,
            proposal=row.proposal,
            proposal_level=row.proposal_level,
            absent=tuple(missing.get(row.id, ())),
        )
        for row in rows
    )


def _held(conn: Connection, row: Any) -> Held:
    speakers = conn.execute(
        select(session_speaker.c.name, session_speaker.c.person_id, session_speaker.c.outside_rule)
        .where(session_speaker.c.session_id == row.id)
        .order_by(session_speaker.c.id)
    )
    groups = conn.execute(
        select(session_group.c.group, session_group.c.attended, session_group.c.expected)
        .where(session_group.c.session_id == row.id)
        .order_by(session_group.c.id)
    )
    return Held(
        level=row.level,
        held_on=row.held_on,
        place=row.place,
        hall_count=row.hall_count,
        materials=row.materials,
        make_up=row.make_up,
        own=row.own,
        speakers=tuple(Speaker(*tuple(speaker)) for speaker in speakers),
        groups=tuple(GroupCount(*tuple(group)) for group in groups),
    )
