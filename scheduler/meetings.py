"""Invitations to meetings, what changes about them, and the reminder of the evening before.

A round of messages is written down piece by piece, each row only a reference: what it says, and whether it is
still wanted, is decided when it goes.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.engine.meeting_views import MAKE_UP, answers, invitation
from bot.engine.replies import Reply, payload
from bot.engine.turn import World, go, standing_rows
from bot.texts import meetings as texts
from bot.texts import participation as report_texts
from rules.meetings import begins, days_to_remind, is_convened
from rules.reminders import quiet_until
from rules.rights import acting, acting_roles
from scheduler.job import Desk, Job
from storage import accounts, make_ups, meeting_guests, meetings, outbox, reminders, units
from storage.meeting_guests import Guest, Notice
from storage.meetings import Meeting
from storage.models import GuestAnswer, MeetingState, NoticeKind, OutboxKind
from storage.outbox import Row
from storage.reminders import Asking
from storage.units import Unit
from storage.writer import Priority

PIECE = 200  # guests a transaction: turns wait meanwhile
MEETINGS = 15  # begun a transaction
# channel, address, payload, dedupe key
Reference = tuple[str, str, dict[str, Any], str]
SOON = timedelta(hours=5)  # who was told of it just now need not be reminded


def begin_reminders(
    conn: Connection, world: World, now: datetime, after: int = 0, most: int = MEETINGS
) -> int | None:
    """Of tomorrow's meetings from the evening on; made up for until they begin. The next few behind `after`, and
    how far that came; None: that was all.
    """
    local = now.astimezone(world.zone)
    if quiet_until(world.plan.reminders, local) is not None:
        return None
    looked_at = meeting_guests.to_remind(conn, world.plan.code, days_to_remind(local), after=after, most=most)
    for meeting_id in looked_at:
        one = meetings.get(conn, meeting_id)
        told = meeting_guests.last_told(conn, meeting_id)
        if (
            one is not None
            and now < begins(one.day, one.half, world.zone)
            and (told is None or told + SOON <= now)
        ):
            meeting_guests.begin(conn, one, NoticeKind.REMIND, f"remind:{one.edition}", now)
    return looked_at[-1] if len(looked_at) == most else None


def write_some(conn: Connection, world: World, notice_id: int, now: datetime, most: int = PIECE) -> bool:
    """Bring a round one piece further; False: every guest is written to."""
    one = meeting_guests.notice(conn, notice_id)
    assert one is not None
    looked_at = meeting_guests.next_guests(conn, one, most)
    if looked_at:
        reached = accounts.addresses_of(conn, [person for person, theirs in looked_at if theirs])
        rows = [_row(one, person, channel, address) for person, channel, address in reached]
        outbox.add_references(conn, OutboxKind.REMINDER, rows, now)
        told = sorted({person for person, _channel, _address in reached})
        meeting_guests.wrote(conn, one, looked_at[-1][0], told)
        return True
    return False


def _row(one: Notice, person: int, channel: str, address: str, **more: int) -> Reference:
    key = ":".join(f"{name}{value}" for name, value in more.items())
    form = {"meeting_notice": one.id, "person": person, **more}
    return channel, address, form, f"meeting:{one.id}:{key}:{person}:{channel}:{address}"


def besides(conn: Connection, world: World, notice_id: int, now: datetime) -> list[Reference]:
    """The speaker is reminded too; of a make-up, the secretaries of those who are to come."""
    one = meeting_guests.notice(conn, notice_id)
    known = meetings.get(conn, one.meeting_id) if one is not None else None
    if one is None or known is None:
        return []
    rows = []
    if one.kind is NoticeKind.REMIND and known.speaker_id is not None:
        rows += [
            _row(one, person, channel, address, speaker=1)
            for person, channel, address in accounts.addresses_of(conn, [known.speaker_id])
        ]
    if known.make_up and one.kind in (NoticeKind.INVITE, NoticeKind.CHANGE):
        rows += _to_secretaries(conn, world, one, units.get(conn, known.host_id).path, now)
    return rows


def _to_secretaries(conn: Connection, world: World, one: Notice, top: str, now: datetime) -> list[Reference]:
    """One voice a unit."""
    ask = Asking(world.plan.code, acting_roles(world.plan), now.astimezone(world.zone).date(), now)
    voices = reminders.highest(make_ups.voices(conn, world.plan, top, ask), ask.roles)
    reached: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person, *address in accounts.addresses_of(conn, [voice.person_id for voice in voices.values()]):
        reached[person].append((address[0], address[1]))
    return [
        _row(one, voice.person_id, *address, unit=unit_id)
        for unit_id, voice in voices.items()
        for address in reached[voice.person_id]
    ]


def write_besides(conn: Connection, rows: Sequence[Reference], now: datetime) -> None:
    """What a program that was killed had written of them is there already."""
    there = outbox.keys_there(conn, [row[-1] for row in rows])
    outbox.add_references(conn, OutboxKind.REMINDER, [row for row in rows if row[-1] not in there], now)


# -- what a row says when it goes


def render(conn: Connection, world: World, row: Row, now: datetime) -> dict[str, Any] | None:
    """None: it was moved or called off since, or is not for this person any more."""
    one = meeting_guests.notice(conn, row.payload["meeting_notice"])
    known = meetings.get(conn, one.meeting_id) if one is not None else None
    person: int = row.payload["person"]
    if one is None or known is None or (row.channel, row.address) not in accounts.addresses(conn, person):
        return None
    reply = _reply(conn, world, row, one, known, now)
    return payload(reply, standing_rows(reply.buttons), None) if reply is not None else None


def _reply(
    conn: Connection, world: World, row: Row, one: Notice, known: Meeting, now: datetime
) -> Reply | None:
    plan, today = world.plan, now.astimezone(world.zone).date()
    host, person = units.get(conn, known.host_id), row.payload["person"]
    called_off = one.kind is NoticeKind.OFF
    state = MeetingState.CANCELLED if called_off else MeetingState.PLANNED
    over = now >= begins(known.day, known.half, world.zone)
    if known.state is not state or host.closed(today) or known.edition != one.edition or over:
        return None
    if "speaker" in row.payload:
        theirs = person == known.speaker_id
        return Reply(texts.speaker_reminded(host.name, plan.short_title, known, today)) if theirs else None
    posts = accounts.posts(conn, person, today)
    if "unit" in row.payload:
        acts = any(post.unit_id == row.payload["unit"] for post in acting(plan, posts))
        return _to_secretary(conn, world, known, host, row.payload["unit"], now) if acts else None
    guest = meeting_guests.get(conn, known.id, person)
    if guest is None:
        return None
    held = [(post.role, post.duty_level) for post in posts if post.unit_id == guest.unit_id]
    if not held or not (known.make_up or is_convened(plan, known.level, held)):
        return None
    return _to_guest(world, one, known, host, guest, now)


def _to_guest(
    world: World, one: Notice, known: Meeting, host: Unit, guest: Guest, now: datetime
) -> Reply | None:
    plan, today = world.plan, now.astimezone(world.zone).date()
    invited = invitation(plan, host.name, known, today, one.changed)
    match one.kind:
        case NoticeKind.OFF:
            return Reply(texts.called_off(host.name, plan.short_title, known, today))
        case NoticeKind.REMIND if guest.answer is not GuestAnswer.EXCUSED:
            text = texts.reminder(host.name, plan.short_title, known, guest, today)
            return Reply(text, answers(known, guest))
        case NoticeKind.ASK if guest.answer is None:
            return Reply(texts.asked_to_answer(invited.text), invited.buttons)
        case NoticeKind.INVITE | NoticeKind.CHANGE:
            return Reply(invited.text, answers(known, guest))
    return None


def _to_secretary(
    conn: Connection, world: World, known: Meeting, host: Unit, unit_id: int, now: datetime
) -> Reply | None:
    """None: nobody there is absent any more."""
    today = now.astimezone(world.zone).date()
    unit = units.get(conn, unit_id)
    for left in make_ups.near(conn, world.plan, [unit_id], today):
        if left.unit_id == unit_id:
            names: Sequence[str] = [name for name, _reason, _person in left.absent]
            text = texts.make_up_for(host.name, known, unit.name, names, today)
            return Reply(text, [go(report_texts.MAKE_UP, MAKE_UP, unit_id)])
    return None


# -- the job


async def run(desk: Desk) -> dict[str, int]:
    after: int | None = 0
    while after is not None:
        after = await desk.writer.run(Priority.JOB, partial(_begin, desk, after))
    pieces = 0
    for one in await desk.writer.run(Priority.JOB, meeting_guests.open_notices):
        while await desk.writer.run(Priority.JOB, partial(_piece, desk, one.id)):
            pieces += 1
            desk.sender.look()
        # The secretaries of a whole province take a while to find: beside the writer, not in it.
        rows = await asyncio.to_thread(_besides, desk, one.id)
        for first in range(0, len(rows), PIECE):
            await desk.writer.run(Priority.JOB, partial(_write_besides, desk, rows[first : first + PIECE]))
            desk.sender.look()
        await desk.writer.run(Priority.JOB, partial(_finish, desk, one.id))
        desk.sender.look()
    return {"pieces": pieces}


def _begin(desk: Desk, after: int, conn: Connection) -> int | None:
    return begin_reminders(conn, desk.world, desk.clock.now(), after)


def _piece(desk: Desk, notice_id: int, conn: Connection) -> bool:
    return write_some(conn, desk.world, notice_id, desk.clock.now())


def _besides(desk: Desk, notice_id: int) -> list[Reference]:
    with desk.database.reading() as conn:
        return besides(conn, desk.world, notice_id, desk.clock.now())


def _write_besides(desk: Desk, rows: Sequence[Reference], conn: Connection) -> None:
    write_besides(conn, rows, desk.clock.now())


def _finish(desk: Desk, notice_id: int, conn: Connection) -> None:
    meeting_guests.finish(conn, notice_id, desk.clock.now())


job = Job("meetings", timedelta(seconds=5), run)
