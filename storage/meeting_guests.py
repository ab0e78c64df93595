"""Who is invited to a meeting, who comes, and the rounds of messages to them.

A round (`meeting_notice`) is written into the outbox piece by piece, in the order of the guests' ids; how far
it came is committed with each piece, so that nobody is written to twice and nobody is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from rules.meetings import convened_at
from rules.plan import Convened, Plan
from storage import audit, make_ups
from storage.audit import Action
from storage.database import new_id
from storage.meetings import Meeting
from storage.models import (
    GuestAnswer,
    MeetingState,
    NoticeKind,
    account,
    meeting,
    meeting_guest,
    meeting_notice,
    person,
    position,
    unit,
)
from storage.reports import Sender
from storage.units import paths_of, valid_on


@dataclass(frozen=True, slots=True)
class Whom:
    """Those convened in the subtree with this path, or in some units of it; of a make-up, who was absent."""

    level: str
    top: str
    units: tuple[int, ...] = ()
    make_up: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    reachable: int


@dataclass(frozen=True, slots=True)
class Guest:
    person_id: int
    unit_id: int
    told_edition: int
    answer: GuestAnswer | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    coming: int = 0
    excused: int = 0
    unanswered: int = 0  # of those who can be written to
    unlinked: int = 0

    @property
    def people(self) -> int:
        return self.coming + self.excused + self.unanswered + self.unlinked


@dataclass(frozen=True, slots=True)
class Listed:
    unit: str
    full_name: str
    phone: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    id: int
    meeting_id: int
    kind: NoticeKind
    edition: int
    changed: tuple[str, ...]
    written_to: int
    created_at: datetime


_REACHABLE = exists().where(account.c.person_id == meeting_guest.c.person_id, account.c.reachable.is_(True))


# -- whom to invite


def size(conn: Connection, plan: Plan, whom: Whom, today: date) -> Size:
    """Each person counts once, however often convened."""
    chosen = _chosen(conn, plan, whom, today, convened_at(plan, whom.level)).subquery()
    reachable = exists().where(account.c.person_id == chosen.c.person_id, account.c.reachable.is_(True))
    row = conn.execute(
        select(func.count(), func.sum(case((reachable, 1), else_=0))).select_from(chosen)
    ).one()
    return Size(row[0], int(row[1] or 0))


def count_in(conn: Connection, plan: Plan, whom: Whom, today: date, people: Sequence[Convened]) -> int:
    """How many of one group."""
    chosen = _chosen(conn, plan, whom, today, people).subquery()
    return conn.scalar(select(func.count()).select_from(chosen)) or 0


def _chosen(conn: Connection, plan: Plan, whom: Whom, today: date, people: Sequence[Convened]) -> Select[Any]:
    """(person_id, unit_id), each person once."""
    tops = [path for path in paths_of(conn, list(whom.units)) if path.startswith(whom.top)]
    tops = tops if whom.units else [whom.top]
    if whom.make_up:
        return make_ups.absent_people(plan, tops, today)
    return (
        select(position.c.person_id, func.min(position.c.unit_id).label("unit_id"))
        .select_from(
            position.join(unit, unit.c.id == position.c.unit_id).join(
                person, person.c.id == position.c.person_id
            )
        )
        .where(
            or_(false(), *(unit.c.path.like(f"{top}%") for top in tops)),
            or_(
                false(),
                *(and_(unit.c.duty_level == one.level, position.c.role.in_(one.roles)) for one in people),
            ),
            valid_on(position, today),
            valid_on(unit, today),
            person.c.erased_at.is_(None),
        )
        .group_by(position.c.person_id)
    )


def invite(conn: Connection, plan: Plan, known: Meeting, whom: Whom, today: date, by: Sender) -> int:
    """Those who are not guests yet; the speaker is told otherwise. How many."""
    chosen = _chosen(conn, plan, whom, today, convened_at(plan, whom.level)).subquery()
    already = exists().where(
        meeting_guest.c.meeting_id == known.id, meeting_guest.c.person_id == chosen.c.person_id
    )
    before = _invited(conn, known.id)
    conn.execute(
        insert(meeting_guest).from_select(
            ["meeting_id", "person_id", "unit_id", "told_edition"],
            select(literal(known.id), chosen.c.person_id, chosen.c.unit_id, literal(0)).where(
                ~already, chosen.c.person_id != (known.speaker_id or 0)
            ),
        )
    )
    added = _invited(conn, known.id) - before
    audit.record_sent(conn, by, Action.MEETING_INVITED, known.host_id, "meeting", known.id, {"people": added})
    return added


def _invited(conn: Connection, meeting_id: int) -> int:
    query = select(func.count()).where(meeting_guest.c.meeting_id == meeting_id)
    return conn.scalar(query) or 0


# -- who comes


def get(conn: Connection, meeting_id: int, person_id: int) -> Guest | None:
    row = conn.execute(
        select(
            meeting_guest.c.person_id,
            meeting_guest.c.unit_id,
            meeting_guest.c.told_edition,
            meeting_guest.c.answer,
            meeting_guest.c.reason,
        ).where(meeting_guest.c.meeting_id == meeting_id, meeting_guest.c.person_id == person_id)
    ).first()
    if row is None:
        return None
    return Guest(*row[:3], GuestAnswer(row.answer) if row.answer else None, row.reason)


def answer(
    conn: Connection, known: Meeting, guest: Guest, said: GuestAnswer, reason: str | None, by: Sender
) -> None:
    conn.execute(
        update(meeting_guest)
        .where(meeting_guest.c.meeting_id == known.id, meeting_guest.c.person_id == guest.person_id)
        .values(answer=said, reason=reason, answered_at=by.arrived)
    )
    facts = {"answer": said, "edition": known.edition}
    audit.record_sent(conn, by, Action.MEETING_ANSWERED, guest.unit_id, "invitation", known.id, facts)


def read(conn: Connection, known: Meeting, person_id: int) -> None:
    """The guest has read of its present edition without having been written to."""
    conn.execute(
        update(meeting_guest)
        .where(meeting_guest.c.meeting_id == known.id, meeting_guest.c.person_id == person_id)
        .values(told_edition=known.edition)
    )


def counts(conn: Connection, meeting_id: int) -> Counts:
    columns = [func.sum(case((which, 1), else_=0)) for which in _WHICH.values()]
    row = conn.execute(select(*columns).where(meeting_guest.c.meeting_id == meeting_id)).one()
    return Counts(*(int(value or 0) for value in row))


_UNANSWERED = meeting_guest.c.answer.is_(None)
# In the order of Counts.
_WHICH: dict[str, ColumnElement[bool]] = {
    "y": meeting_guest.c.answer == GuestAnswer.COMING,
    "n": meeting_guest.c.answer == GuestAnswer.EXCUSED,
    "u": and_(_UNANSWERED, _REACHABLE),
    "x": and_(_UNANSWERED, ~_REACHABLE),
}


def listed(conn: Connection, meeting_id: int, which: str, *, skip: int, most: int) -> list[Listed]:
    """`which`: "y" come, "n" are excused, "u" have not answered, "x" cannot be written to. By unit."""
    rows = conn.execute(
        select(unit.c.name, person.c.full_name, person.c.phone, meeting_guest.c.reason)
        .select_from(
            meeting_guest.join(unit, unit.c.id == meeting_guest.c.unit_id).join(
                person, person.c.id == meeting_guest.c.person_id
            )
        )
        .where(meeting_guest.c.meeting_id == meeting_id, _WHICH[which])
        .order_by(unit.c.id, person.c.id)
        .offset(skip)
        .limit(most)
    )
    return [Listed(*tuple(row)) for row in rows]


def invited_to(conn: Connection, plan: str, person_id: int, today: date) -> list[int]:
    """Meetings that are still to be held, the next first."""
    return list(
        conn.scalars(
            select(meeting.c.id)
            .select_from(meeting.join(meeting_guest, meeting_guest.c.meeting_id == meeting.c.id))
            .where(
                meeting.c.plan == plan,
                meeting.c.state == MeetingState.PLANNED,
                meeting.c.day >= today,
                meeting_guest.c.person_id == person_id,
            )
            .order_by(meeting.c.day, meeting.c.id)
            .limit(5)
        )
    )


def excused_of_session(conn: Connection, session_id: int, person_id: int) -> str | None:
    """Why this person asked to be excused from the meeting that was recorded as this session."""
    reason: str | None = conn.scalar(
        select(meeting_guest.c.reason)
        .select_from(meeting_guest.join(meeting, meeting.c.id == meeting_guest.c.meeting_id))
        .where(
            meeting.c.session_id == session_id,
            meeting_guest.c.person_id == person_id,
            meeting_guest.c.answer == GuestAnswer.EXCUSED,
        )
        .limit(1)
    )
    return reason


# -- rounds of messages


def begin(
    conn: Connection,
    known: Meeting,
    kind: NoticeKind,
    occasion: str,
    now: datetime,
    changed: str | None = None,
) -> bool:
    """False: that was told already."""
    same = (meeting_notice.c.meeting_id == known.id, meeting_notice.c.occasion == occasion)
    if conn.execute(select(meeting_notice.c.id).where(*same)).first() is not None:
        return False
    new_id(
        conn.execute(
            insert(meeting_notice).values(
                meeting_id=known.id,
                occasion=occasion,
                kind=kind,
                edition=known.edition,
                changed=changed,
                written_to=0,
                created_at=now,
            )
        )
    )
    return True


_NOTICE = select(
    meeting_notice.c.id,
    meeting_notice.c.meeting_id,
    meeting_notice.c.kind,
    meeting_notice.c.edition,
    meeting_notice.c.changed,
    meeting_notice.c.written_to,
    meeting_notice.c.created_at,
)


def _notice(row: Any) -> Notice:
    changed = tuple(row.changed.split(",")) if row.changed else ()
    return Notice(
        row.id, row.meeting_id, NoticeKind(row.kind), row.edition, changed, row.written_to, row.created_at
    )


def notice(conn: Connection, notice_id: int) -> Notice | None:
    row = conn.execute(_NOTICE.where(meeting_notice.c.id == notice_id)).first()
    return _notice(row) if row is not None else None


def open_notices(conn: Connection) -> list[Notice]:
    rows = conn.execute(_NOTICE.where(meeting_notice.c.done_at.is_(None)).order_by(meeting_notice.c.id))
    return [_notice(row) for row in rows]


def last_told(conn: Connection, meeting_id: int) -> datetime | None:
    """When its guests were last invited or told of a change."""
    told: datetime | None = conn.scalar(
        select(func.max(meeting_notice.c.created_at)).where(
            meeting_notice.c.meeting_id == meeting_id,
            meeting_notice.c.kind.in_((NoticeKind.INVITE, NoticeKind.CHANGE)),
        )
    )
    return told


def to_remind(conn: Connection, plan: str, days: Sequence[date], *, after: int, most: int) -> list[int]:
    """Meetings of these days whose guests were not reminded of their present edition: the next few ids."""
    reminded = exists().where(
        meeting_notice.c.meeting_id == meeting.c.id,
        meeting_notice.c.kind == NoticeKind.REMIND,
        meeting_notice.c.edition == meeting.c.edition,
    )
    return list(
        conn.scalars(
            select(meeting.c.id)
            .where(
                meeting.c.plan == plan,
                meeting.c.state == MeetingState.PLANNED,
                meeting.c.day.in_(days),
                meeting.c.id > after,
                ~reminded,
            )
            .order_by(meeting.c.id)
            .limit(most)
        )
    )


def next_guests(conn: Connection, one: Notice, most: int) -> list[tuple[int, bool]]:
    """(person, whether this round is for them) of the next few guests, in the order of their ids."""
    rows = conn.execute(
        select(meeting_guest.c.person_id, case((_for_them(one), 1), else_=0))
        .where(meeting_guest.c.meeting_id == one.meeting_id, meeting_guest.c.person_id > one.written_to)
        .order_by(meeting_guest.c.person_id)
        .limit(most)
    )
    return [(person_id, bool(theirs)) for person_id, theirs in rows]


def _for_them(one: Notice) -> ColumnElement[bool]:
    told = meeting_guest.c.told_edition
    match one.kind:
        case NoticeKind.INVITE:
            return told < one.edition
        case NoticeKind.CHANGE if one.changed == ("speaker",):
            return and_(told > 0, or_(_UNANSWERED, meeting_guest.c.answer == GuestAnswer.COMING))
        case NoticeKind.REMIND:
            return or_(_UNANSWERED, meeting_guest.c.answer == GuestAnswer.COMING)
        case NoticeKind.ASK:
            return _UNANSWERED
        case NoticeKind.OFF:
            return told > 0
    return meeting_guest.c.person_id > 0


def wrote(conn: Connection, one: Notice, last: int, told: Sequence[int]) -> None:
    """This round has come as far as `last`, and `told` are written to."""
    conn.execute(update(meeting_notice).where(meeting_notice.c.id == one.id).values(written_to=last))
    if told:
        conn.execute(
            update(meeting_guest)
            .where(meeting_guest.c.meeting_id == one.meeting_id, meeting_guest.c.person_id.in_(told))
            .values(told_edition=one.edition)
        )


def finish(conn: Connection, notice_id: int, now: datetime) -> None:
    conn.execute(update(meeting_notice).where(meeting_notice.c.id == notice_id).values(done_at=now))


def ask(conn: Connection, known: Meeting, occasion: str, now: datetime, by: Sender) -> bool:
    """Those who have not answered are written to again; False: they were on this occasion."""
    if not begin(conn, known, NoticeKind.ASK, occasion, now):
        return False
    audit.record_sent(conn, by, Action.MEETING_ASKED, known.host_id, "meeting", known.id)
    return True
