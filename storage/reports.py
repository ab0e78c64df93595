"""Reports: what a unit says that it did. One current report per unit and duty; every sending is kept.

A participation may have several lines (the session and make-ups, which add). A host may have several
session reports, one a session, told apart by their slot.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage import audit
from storage.audit import Action
from storage.database import new_id
from storage.models import (
    ReportState,
    absence,
    participation,
    planned_day,
    report,
    report_revision,
    session,
    session_group,
    session_speaker,
    unit,
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
    host_id: int
    host_name: str
    held_on: date
    place: str | None
    make_up: bool = field(default=False)


_FIND = select(
    report.c.id,
    report.c.revision,
    report.c.state,
    report.c.first_arrived_at,
    report.c.by_person_id,
    report.c.slot,
).where(
    report.c.plan == bindparam("plan"),
    report.c.duty == bindparam("duty"),
    report.c.unit_id == bindparam("unit"),
)
_LINES = select(participation).where(participation.c.report_id == bindparam("report"))
_OPEN_SESSIONS = (
    select(
        session.c.id, session.c.host_id, unit.c.name, session.c.held_on, session.c.place, session.c.make_up
    )
    .select_from(session.join(unit, unit.c.id == session.c.host_id))
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


# -- questions


def current(conn: Connection, plan: str, duty: str, unit_id: int, slot: int = 0) -> Current | None:
    for row in conn.execute(_FIND, {"plan": plan, "duty": duty, "unit": unit_id}):
        if row.slot == slot:
            return _filled(conn, row)
    return None


def all_of(conn: Connection, plan: str, duty: str, unit_id: int) -> list[Current]:
    """A host's session reports, oldest first."""
    rows = conn.execute(_FIND.order_by(report.c.slot), {"plan": plan, "duty": duty, "unit": unit_id}).all()
    return [_filled(conn, row) for row in rows]


def sessions_of(conn: Connection, plan: str, host_id: int) -> list[HostSession]:
    """Newest first."""
    return [HostSession(*tuple(row)) for row in conn.execute(_OPEN_SESSIONS, {"plan": plan, "host": host_id})]


def last_place(conn: Connection, host_id: int) -> str | None:
    place: str | None = conn.scalar(_LAST_PLACE, {"host": host_id})
    return place


def planned(conn: Connection, plan: str, duty: str, unit_id: int) -> tuple[date | None, datetime] | None:
    """(the day, or None for "not yet fixed"; when that was said)."""
    row = conn.execute(
        select(planned_day.c.day, planned_day.c.recorded_at).where(
            planned_day.c.plan == plan, planned_day.c.duty == duty, planned_day.c.unit_id == unit_id
        )
    ).first()
    return (row.day, row.recorded_at) if row else None


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


# -- writes


def submit_participation(
    conn: Connection, plan: str, duty: str, unit_id: int, lines: Sequence[Line], sender: Sender
) -> Receipt:
    """The unit's whole participation: `lines[0]` the session, the others make-ups."""
    content = {"lines": [_plain(line) for line in lines]}
    receipt = _send(conn, plan, duty, unit_id, 0, content, sender)
    old = select(participation.c.id).where(participation.c.report_id == receipt.report_id)
    conn.execute(delete(absence).where(absence.c.participation_id.in_(old)))
    conn.execute(delete(participation).where(participation.c.report_id == receipt.report_id))
    for ordinal, line in enumerate(lines):
        values = asdict(line)
        absent = values.pop("absent")
        participation_id = new_id(
            conn.execute(
                insert(participation).values(
                    report_id=receipt.report_id, ordinal=ordinal, plan=plan, unit_id=unit_id, **values
                )
            )
        )
        if absent:
            conn.execute(insert(absence), [{"participation_id": participation_id, **one} for one in absent])
    return receipt


def submit_session(
    conn: Connection, plan: str, duty: str, host_id: int, slot: int, held: Held, sender: Sender
) -> tuple[Receipt, int]:
    """Record a session, or correct the one in this slot. Returns its receipt and the session's id."""
    receipt = _send(conn, plan, duty, host_id, slot, _plain(held), sender)
    values = {
        "level": held.level,
        "held_on": held.held_on,
        "place": held.place,
        "hall_count": held.hall_count,
        "materials": held.materials,
        "make_up": held.make_up,
        "own": held.own,
    }
    session_id = conn.scalar(select(session.c.id).where(session.c.report_id == receipt.report_id))
    if session_id is None:
        session_id = new_id(
            conn.execute(
                insert(session).values(
                    report_id=receipt.report_id,
                    plan=plan,
                    host_id=host_id,
                    recorded_at=sender.arrived,
                    **values,
                )
            )
        )
    else:
        conn.execute(update(session).where(session.c.id == session_id).values(**values))
    conn.execute(delete(session_speaker).where(session_speaker.c.session_id == session_id))
    conn.execute(delete(session_group).where(session_group.c.session_id == session_id))
    if held.speakers:
        conn.execute(
            insert(session_speaker), [{"session_id": session_id, **asdict(one)} for one in held.speakers]
        )
    if held.groups:
        conn.execute(
            insert(session_group), [{"session_id": session_id, **asdict(one)} for one in held.groups]
        )
    return receipt, session_id


def submit_document(conn: Connection, plan: str, duty: str, unit_id: int, sender: Sender) -> Receipt:
    """A duty that is fulfilled by handing in files; the files point at the report."""
    return _send(conn, plan, duty, unit_id, 0, {}, sender)


def next_slot(conn: Connection, plan: str, duty: str, unit_id: int) -> int:
    last = conn.scalar(
        select(func.max(report.c.slot)).where(
            report.c.plan == plan, report.c.duty == duty, report.c.unit_id == unit_id
        )
    )
    return 0 if last is None else last + 1


def record_planned(
    conn: Connection, plan: str, duty: str, unit_id: int, day: date | None, sender: Sender
) -> None:
    where = (planned_day.c.plan == plan, planned_day.c.duty == duty, planned_day.c.unit_id == unit_id)
    conn.execute(delete(planned_day).where(*where))
    conn.execute(
        insert(planned_day).values(
            plan=plan,
            duty=duty,
            unit_id=unit_id,
            day=day,
            recorded_at=sender.arrived,
            by_person_id=sender.person_id,
        )
    )
    audit.record(
        conn,
        at=sender.arrived,
        action=Action.DAY_PLANNED,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        facts={"duty": duty, "day": day.isoformat() if day else None},
    )


def _send(
    conn: Connection,
    plan: str,
    duty: str,
    unit_id: int,
    slot: int,
    content: dict[str, Any],
    sender: Sender,
) -> Receipt:
    before = next(
        (
            row
            for row in conn.execute(_FIND, {"plan": plan, "duty": duty, "unit": unit_id})
            if row.slot == slot
        ),
        None,
    )
    values = {
        "state": ReportState.SENT,
        "last_arrived_at": sender.arrived,
        "by_person_id": sender.person_id,
        "on_behalf": sender.on_behalf,
    }
    if before is None:
        revision, first = 1, sender.arrived
        report_id = new_id(
            conn.execute(
                insert(report).values(
                    plan=plan,
                    duty=duty,
                    unit_id=unit_id,
                    slot=slot,
                    revision=1,
                    first_arrived_at=sender.arrived,
                    **values,
                )
            )
        )
    else:
        report_id, revision, first = before.id, before.revision + 1, before.first_arrived_at
        conn.execute(update(report).where(report.c.id == report_id).values(revision=revision, **values))
    conn.execute(
        insert(report_revision).values(
            report_id=report_id,
            number=revision,
            content=content,
            arrived_at=sender.arrived,
            by_person_id=sender.person_id,
            by_account_id=sender.account_id,
            on_behalf=sender.on_behalf,
        )
    )
    audit.record(
        conn,
        at=sender.arrived,
        action=Action.REPORT_SENT if before is None else Action.REPORT_CORRECTED,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        subject="report",
        subject_id=report_id,
        facts={"duty": duty, "revision": revision, "on_behalf": sender.on_behalf},
    )
    return Receipt(report_id, revision, first)


def _plain(value: Line | Held) -> dict[str, Any]:
    """As JSON."""

    def plain(item: Any) -> Any:
        if isinstance(item, date):
            return item.isoformat()
        if isinstance(item, dict):
            return {key: plain(inner) for key, inner in item.items()}
        return [plain(inner) for inner in item] if isinstance(item, list | tuple) else item

    form: dict[str, Any] = plain(asdict(value))
    return form
