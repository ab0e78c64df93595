"""Sessions before they are held: planned, changed, called off, recorded."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from storage import audit
from storage.audit import Action
from storage.database import new_id
from storage.models import HalfDay, MeetingState, meeting, meeting_guest, unit
from storage.reports import Sender
from storage.units import valid_on

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Meeting:
    id: int
    host_id: int
    level: str
    day: date
    half: HalfDay
    place: str
    speaker_id: int | None
    speaker_name: str | None  # None: not known yet
    make_up: bool
    state: MeetingState
    edition: int
    session_id: int | None


_COLUMNS = (
    meeting.c.id,
    meeting.c.host_id,
    meeting.c.level,
    meeting.c.day,
    meeting.c.half,
    meeting.c.place,
    meeting.c.speaker_id,
    meeting.c.speaker_name,
    meeting.c.make_up,
    meeting.c.state,
    meeting.c.edition,
    meeting.c.session_id,
)


def _read(row: Any) -> Meeting:
    values = {name: row._mapping[name] for name in Meeting.__dataclass_fields__}
    return Meeting(**{**values, "half": HalfDay(row.half), "state": MeetingState(row.state)})


def get(conn: Connection, meeting_id: int) -> Meeting | None:
    row = conn.execute(select(*_COLUMNS).where(meeting.c.id == meeting_id)).first()
    return _read(row) if row is not None else None


def of_host(conn: Connection, plan: str, host_id: int) -> list[Meeting]:
    """The latest day first, what was called off included."""
    rows = conn.execute(
        select(*_COLUMNS)
        .where(meeting.c.plan == plan, meeting.c.host_id == host_id)
        .order_by(meeting.c.day.desc(), meeting.c.id.desc())
    )
    return [_read(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Planned:
    """What the host says of a session that is to be held."""

    day: date
    half: HalfDay
    place: str
    speaker_id: int | None = None
    speaker_name: str | None = None
    make_up: bool = False


def create(conn: Connection, plan: str, host_id: int, level: str, what: Planned, by: Sender) -> int:
    """Returns the meeting's id; nobody is invited yet."""
    meeting_id = new_id(
        conn.execute(
            insert(meeting).values(
                plan=plan,
                host_id=host_id,
                level=level,
                day=what.day,
                half=what.half,
                place=what.place,
                speaker_id=what.speaker_id,
                speaker_name=what.speaker_name,
                make_up=what.make_up,
                state=MeetingState.PLANNED,
                edition=1,
                secret=secrets.token_hex(SECRET_BYTES),
                created_at=by.arrived,
                by_person_id=by.person_id,
            )
        )
    )
    facts = {"day": what.day.isoformat(), "half": what.half, "place": what.place}
    audit.record_sent(conn, by, Action.MEETING_PLANNED, host_id, "meeting", meeting_id, facts)
    return meeting_id


# -- what becomes of it


@dataclass(frozen=True, slots=True)
class Ahead:
    """One of several hosts' meetings."""

    meeting: Meeting
    host: str  # its name


@dataclass(frozen=True, slots=True)
class Days:
    """Meetings are shown that were held since one day, and that are to be held between two others."""

    held_since: date
    first: date
    last: date


def around_below(conn: Connection, plan: str, top: str, days: Days, *, skip: int, most: int) -> list[Ahead]:
    """In the subtree with this path; the earliest first."""
    rows = conn.execute(
        _around(plan, top, days)
        .with_only_columns(*_COLUMNS, unit.c.name)
        .order_by(meeting.c.day, meeting.c.half == HalfDay.EVENING, meeting.c.half, meeting.c.id)
        .offset(skip)
        .limit(most)
    )
    return [Ahead(_read(row), row.name) for row in rows]


def count_around(conn: Connection, plan: str, top: str, days: Days) -> int:
    return conn.scalar(_around(plan, top, days).with_only_columns(func.count())) or 0


def _around(plan: str, top: str, days: Days) -> Select[Any]:
    return (
        select(meeting.c.id)
        .select_from(meeting.join(unit, unit.c.id == meeting.c.host_id))
        .where(
            meeting.c.plan == plan,
            or_(
                and_(meeting.c.state == MeetingState.PLANNED, meeting.c.day.between(days.first, days.last)),
                and_(meeting.c.state == MeetingState.HELD, meeting.c.day.between(days.held_since, days.last)),
            ),
            unit.c.path.like(f"{top}%"),
            valid_on(unit, days.first),
        )
    )


def planned_of(conn: Connection, plan: str, host_id: int) -> list[Meeting]:
    """Not held and not called off; the next first."""
    found = [one for one in of_host(conn, plan, host_id) if one.state is MeetingState.PLANNED]
    return found[::-1]


def last_held(conn: Connection, plan: str, host_id: int) -> Meeting | None:
    return next((one for one in of_host(conn, plan, host_id) if one.state is MeetingState.HELD), None)


def of_session(conn: Connection, session_id: int) -> Meeting | None:
    row = conn.execute(select(*_COLUMNS).where(meeting.c.session_id == session_id).limit(1)).first()
    return _read(row) if row is not None else None


def change(conn: Connection, known: Meeting, what: Planned, by: Sender) -> list[str]:
    """What changed, of "day", "half", "place", "speaker"; empty: nothing, or somebody else was quicker.

    A change of day, half-day or place is a new edition, whose guests are asked again; of the speaker alone
    their answers stay.
    """
    changed = [name for name in ("day", "half", "place") if getattr(known, name) != getattr(what, name)]
    moved = bool(changed)
    if (known.speaker_id, known.speaker_name) != (what.speaker_id, what.speaker_name):
        changed.append("speaker")
    if not changed:
        return []
    done = conn.execute(
        update(meeting)
        .where(*_as_known(known))
        .values(
            day=what.day,
            half=what.half,
            place=what.place,
            speaker_id=what.speaker_id,
            speaker_name=what.speaker_name,
            edition=known.edition + moved,
        )
    )
    if done.rowcount != 1:
        return []
    if moved:
        conn.execute(
            update(meeting_guest)
            .where(meeting_guest.c.meeting_id == known.id)
            .values(answer=None, reason=None, answered_at=None)
        )
    facts = {"day": what.day.isoformat(), "half": what.half, "changed": changed}
    audit.record_sent(conn, by, Action.MEETING_CHANGED, known.host_id, "meeting", known.id, facts)
    return changed


def cancel(conn: Connection, known: Meeting, by: Sender) -> bool:
    """False: somebody else was quicker."""
    done = conn.execute(update(meeting).where(*_as_known(known)).values(state=MeetingState.CANCELLED))
    if done.rowcount != 1:
        return False
    audit.record_sent(conn, by, Action.MEETING_CANCELLED, known.host_id, "meeting", known.id)
    return True


def hold(conn: Connection, known: Meeting, session_id: int, by: Sender) -> None:
    """It was held: this is how it was recorded."""
    conn.execute(
        update(meeting).where(*_as_known(known)).values(state=MeetingState.HELD, session_id=session_id)
    )
    facts = {"session": session_id}
    audit.record_sent(conn, by, Action.MEETING_HELD, known.host_id, "meeting", known.id, facts)


def _as_known(known: Meeting) -> list[ColumnElement[bool]]:
    return [
        meeting.c.id == known.id,
        meeting.c.edition == known.edition,
        meeting.c.state == MeetingState.PLANNED,
    ]


def is_of(conn: Connection, meeting_id: int, plan: str) -> bool:
    return conn.scalar(select(meeting.c.plan).where(meeting.c.id == meeting_id)) == plan
