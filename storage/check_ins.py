"""Check-in: halls that are open, on whose phones their code stands, who was there, and how many that makes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, or_, select, update

from storage import audit
from storage.audit import Action
from storage.models import (
    HalfDay,
    MeetingState,
    check_in,
    check_in_screen,
    meeting,
    meeting_guest,
    participation,
    person,
    report,
    session,
    unit,
)
from storage.reports import Sender

_SUBJECT = "meeting"


@dataclass(frozen=True, slots=True)
class Hall:
    """A meeting, as its check-in needs it."""

    id: int
    host_id: int
    host_name: str
    host_path: str
    level: str
    day: date
    half: HalfDay
    place: str
    state: MeetingState
    secret: str = field(repr=False)
    until: datetime | None  # null: never opened

    def is_open(self, at: datetime) -> bool:
        return self.until is not None and at < self.until and self.state is not MeetingState.CANCELLED


_HALLS = select(
    meeting.c.id,
    meeting.c.host_id,
    unit.c.name,
    unit.c.path,
    meeting.c.level,
    meeting.c.day,
    meeting.c.half,
    meeting.c.place,
    meeting.c.state,
    meeting.c.secret,
    meeting.c.check_in_until,
).select_from(meeting.join(unit, unit.c.id == meeting.c.host_id))
_WANTED = meeting.c.state != MeetingState.CANCELLED


def _hall(row: Any) -> Hall:
    values = dict(zip(Hall.__dataclass_fields__, row, strict=True))
    return Hall(**{**values, "half": HalfDay(row.half), "state": MeetingState(row.state)})


def hall(conn: Connection, meeting_id: int, plan: str) -> Hall | None:
    row = conn.execute(_HALLS.where(meeting.c.id == meeting_id, meeting.c.plan == plan)).first()
    return _hall(row) if row is not None else None


def halls_of(conn: Connection, plan: str, host_id: int, day: date) -> list[Hall]:
    """Those of one day that were not called off."""
    mine = (meeting.c.plan == plan, meeting.c.host_id == host_id, meeting.c.day == day, _WANTED)
    return [_hall(row) for row in conn.execute(_HALLS.where(*mine).order_by(meeting.c.id))]


def halls_for(conn: Connection, plan: str, paths: Sequence[str], since: datetime) -> list[Hall]:
    """Of hosts at or above these units: halls that are open, or were after `since`; the lowest host first."""
    hosts = {int(part) for path in paths for part in path.strip("/").split("/")}
    near = (meeting.c.plan == plan, meeting.c.host_id.in_(hosts), meeting.c.check_in_until > since, _WANTED)
    found = [_hall(row) for row in conn.execute(_HALLS.where(*near).order_by(meeting.c.id))]
    return sorted(found, key=lambda one: (-len(one.host_path.split("/")), one.id))


def open_secrets(conn: Connection, plan: str, at: datetime) -> list[str]:
    """Of every hall that is open: to know a code of another hall from one that is none."""
    return list(
        conn.scalars(
            select(meeting.c.secret).where(meeting.c.plan == plan, meeting.c.check_in_until > at, _WANTED)
        )
    )


# -- opening and closing


def open_hall(conn: Connection, one: Hall, until: datetime, by: Sender) -> None:
    conn.execute(update(meeting).where(meeting.c.id == one.id).values(check_in_until=until))
    facts = {"until": until.isoformat()}
    audit.record_sent(conn, by, Action.CHECK_IN_OPENED, one.host_id, _SUBJECT, one.id, facts)


def close_hall(conn: Connection, one: Hall, by: Sender) -> None:
    conn.execute(update(meeting).where(meeting.c.id == one.id).values(check_in_until=by.arrived))
    audit.record_sent(conn, by, Action.CHECK_IN_CLOSED, one.host_id, _SUBJECT, one.id)


def show(conn: Connection, meeting_id: int, account_id: int) -> None:
    """Send the code to this chat in a new message; an earlier one there is left as it is."""
    mine = (check_in_screen.c.meeting_id == meeting_id, check_in_screen.c.account_id == account_id)
    again = conn.execute(
        update(check_in_screen).where(*mine).values(number=check_in_screen.c.number + 1, shown_at=None)
    )
    if not again.rowcount:
        values = {"meeting_id": meeting_id, "account_id": account_id, "number": 1}
        conn.execute(insert(check_in_screen).values(**values))


@dataclass(frozen=True, slots=True)
class Screen:
    meeting_id: int
    account_id: int
    number: int
    shown_at: datetime | None


def screens(conn: Connection) -> list[Screen]:
    """All of them, those that have waited longest first."""
    columns = [check_in_screen.c[name] for name in Screen.__dataclass_fields__]
    found = [Screen(*row) for row in conn.execute(select(*columns).order_by(check_in_screen.c.meeting_id))]
    return sorted(found, key=lambda one: (one.shown_at is not None, one.shown_at))


def over(conn: Connection, ids: Collection[int], at: datetime) -> set[int]:
    """Of these meetings: those whose check-in is not open any more."""
    ended = or_(meeting.c.check_in_until <= at, meeting.c.state == MeetingState.CANCELLED)
    return set(conn.scalars(select(meeting.c.id).where(meeting.c.id.in_(ids), ended)))


def count_screens(conn: Connection) -> int:
    return conn.scalar(select(func.count()).select_from(check_in_screen)) or 0


def shown(conn: Connection, screen: Screen, at: datetime) -> None:
    """`at`: the minute of the code. A press may have asked for a new message meanwhile: then it is not shown."""
    conn.execute(update(check_in_screen).where(*_same(screen)).values(shown_at=at))


def put_away(conn: Connection, screen: Screen) -> None:
    conn.execute(delete(check_in_screen).where(*_same(screen)))


def still_there(conn: Connection, screen: Screen) -> bool:
    return bool(conn.scalar(select(exists().where(*_same(screen)))))


def _same(screen: Screen) -> tuple[ColumnElement[bool], ...]:
    return (
        check_in_screen.c.meeting_id == screen.meeting_id,
        check_in_screen.c.account_id == screen.account_id,
        check_in_screen.c.number == screen.number,
    )


# -- who is there


def at_of(conn: Connection, meeting_id: int, person_id: int) -> datetime | None:
    """When the person checked in."""
    mine = (check_in.c.meeting_id == meeting_id, check_in.c.person_id == person_id)
    return conn.scalar(select(check_in.c.at).where(*mine))


def invited_by(conn: Connection, meeting_id: int, person_id: int) -> int | None:
    """The unit by which the person was invited; None: not invited by name."""
    mine = (meeting_guest.c.meeting_id == meeting_id, meeting_guest.c.person_id == person_id)
    return conn.scalar(select(meeting_guest.c.unit_id).where(*mine))


def add(conn: Connection, one: Hall, unit_id: int, by: Sender, *, convened: bool) -> None:
    """Once a person and meeting. What is logged is the host's, not the unit's: nobody reads it sideways."""
    conn.execute(
        insert(check_in).values(
            meeting_id=one.id, person_id=by.person_id, unit_id=unit_id, at=by.arrived, convened=convened
        )
    )
    audit.record_sent(conn, by, Action.CHECKED_IN, one.host_id, _SUBJECT, one.id, {"unit": unit_id})


@dataclass(frozen=True, slots=True)
class There:
    full_name: str
    unit_name: str
    at: datetime
    convened: bool


def people(conn: Connection, meeting_id: int) -> list[There]:
    rows = conn.execute(
        select(person.c.full_name, unit.c.name, check_in.c.at, check_in.c.convened)
        .select_from(
            check_in.join(person, person.c.id == check_in.c.person_id).join(
                unit, unit.c.id == check_in.c.unit_id
            )
        )
        .where(check_in.c.meeting_id == meeting_id)
        .order_by(unit.c.path, person.c.full_name, person.c.id)
    )
    return [There(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Count:
    total: int = 0
    not_convened: int = 0
    by_unit: tuple[tuple[str, int], ...] = ()  # name, in the order of the tree


def count(conn: Connection, meeting_id: int) -> Count:
    rows = conn.execute(
        select(unit.c.name, func.count(), func.count().filter(check_in.c.convened.is_(False)))
        .select_from(check_in.join(unit, unit.c.id == check_in.c.unit_id))
        .where(check_in.c.meeting_id == meeting_id)
        .group_by(unit.c.id, unit.c.name, unit.c.path)
        .order_by(unit.c.path)
    ).all()
    return Count(
        sum(row[1] for row in rows),
        sum(row[2] for row in rows),
        tuple((name, many) for name, many, _ in rows),
    )


# -- beside what was reported


def is_session() -> ColumnElement[bool]:
    """Joins a meeting whose check-in was opened to the session that was recorded of it: the one named by it, or
    the host's only one of the day; of several that day, the one at the same place.
    """
    other = session.alias("other")
    alone = ~exists().where(
        other.c.plan == session.c.plan,
        other.c.host_id == session.c.host_id,
        other.c.held_on == session.c.held_on,
        other.c.own.is_(False),
        other.c.id != session.c.id,
    )
    unnamed = and_(
        meeting.c.session_id.is_(None),
        meeting.c.day == session.c.held_on,
        or_(meeting.c.place == session.c.place, alone),
    )
    return and_(
        meeting.c.plan == session.c.plan,
        meeting.c.host_id == session.c.host_id,
        session.c.own.is_(False),
        meeting.c.check_in_until.is_not(None),
        _WANTED,
        or_(meeting.c.session_id == session.c.id, unnamed),
    )


def of_sessions(conn: Connection, ids: Sequence[int]) -> dict[int, int]:
    """By session; only those whose check-in was opened. Who was at two meetings of one session is one."""
    joined = session.join(meeting, is_session()).outerjoin(check_in, check_in.c.meeting_id == meeting.c.id)
    rows = conn.execute(
        select(session.c.id, func.count(check_in.c.person_id.distinct()))
        .select_from(joined)
        .where(session.c.id.in_(ids))
        .group_by(session.c.id)
    )
    return {row[0]: row[1] for row in rows}


def of_participations(conn: Connection, reports: Sequence[int]) -> dict[int, int]:
    """By report of a unit that attended: how many of its people checked in with its superior on those days,
    whether that session is recorded or not. Only where a check-in was opened.
    """
    opened = and_(
        meeting.c.plan == participation.c.plan,
        meeting.c.host_id == unit.c.parent_id,
        meeting.c.day == participation.c.held_on,
        meeting.c.check_in_until.is_not(None),
        _WANTED,
    )
    theirs = and_(check_in.c.meeting_id == meeting.c.id, check_in.c.unit_id == unit.c.id)
    joined = (
        participation.join(report, report.c.id == participation.c.report_id)
        .join(unit, unit.c.id == report.c.unit_id)
        .join(meeting, opened)
        .outerjoin(check_in, theirs)
    )
    rows = conn.execute(
        select(report.c.id, func.count(check_in.c.person_id.distinct()))
        .select_from(joined)
        .where(report.c.id.in_(reports))
        .group_by(report.c.id)
    )
    return {row[0]: row[1] for row in rows}


def of_unit(conn: Connection, plan: str, unit_id: int, host_id: int, day: date) -> int:
    """How many of the unit's people checked in with this host on that day."""
    query = (
        select(func.count(check_in.c.person_id.distinct()))
        .select_from(check_in.join(meeting, meeting.c.id == check_in.c.meeting_id))
        .where(
            meeting.c.plan == plan,
            meeting.c.host_id == host_id,
            meeting.c.day == day,
            check_in.c.unit_id == unit_id,
            _WANTED,
        )
    )
    return conn.scalar(query) or 0


def sums(conn: Connection, *hosted: ColumnElement[bool]) -> tuple[int, int]:
    """(sessions whose check-in was opened, how many people that makes), of the sessions so chosen; `hosted` may
    ask about their hosts' units.
    """
    joined = (
        session.join(unit, unit.c.id == session.c.host_id)
        .join(meeting, is_session())
        .outerjoin(check_in, check_in.c.meeting_id == meeting.c.id)
    )
    each = (
        select(session.c.id, func.count(check_in.c.person_id.distinct()).label("there"))
        .select_from(joined)
        .where(*hosted)
        .group_by(session.c.id)
        .subquery()
    )
    row = conn.execute(select(func.count(), func.sum(each.c.there)).select_from(each)).one()
    return int(row[0]), int(row[1] or 0)


def before_recording(
    conn: Connection, plan: str, host_id: int, day: date, place: str | None, *, alone: bool
) -> int | None:
    """What `of_sessions` will say of a session that is about to be recorded. `alone`: the host has no other
    that day. None: no check-in was opened.
    """
    opened = [one for one in halls_of(conn, plan, host_id, day) if one.until is not None]
    mine = [one.id for one in opened if alone or one.place == place]
    if not mine:
        return None
    return conn.scalar(
        select(func.count(check_in.c.person_id.distinct())).where(check_in.c.meeting_id.in_(mine))
    )
