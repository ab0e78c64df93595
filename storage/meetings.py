"""Sessions before they are held: planned, changed, called off, recorded."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select

from storage import audit
from storage.audit import Action
from storage.database import new_id
from storage.models import HalfDay, MeetingState, meeting
from storage.reports import Sender

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
    values = row._asdict()
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
