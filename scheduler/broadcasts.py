"""Broadcasts at work: recipients written down in pieces, one progress message, and the account at the end.

The messages themselves are outbox rows, sent by the sender at its own pace; what each says, and whether it
is still wanted, is decided when it goes.
"""

import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.engine.broadcast_views import ACTION, content_of, result_of
from bot.engine.replies import Button, Reply, payload
from bot.engine.turn import World, go, standing_rows
from bot.texts import broadcasts as texts
from bot.texts import say
from rules.audience import Audience
from rules.reminders import quiet_until
from rules.rights import may_see
from scheduler.job import Desk, Job
from scheduler.telling import queue
from storage import accounts, broadcasts, outbox, units
from storage.audience import Chosen
from storage.broadcasts import Broadcast
from storage.models import BroadcastState, RecipientState
from storage.outbox import Row
from storage.writer import Priority

PIECE = 500  # recipients a transaction: turns wait meanwhile
EDIT_EVERY_S = 4


@dataclass
class Renderer:
    """Says each recipient's message at the moment it goes, or why it does not go any more."""

    world: World
    # By audience, the day, and where its units lie in the tree.
    _questions: dict[tuple[int, date, tuple[str, ...]], Chosen] = field(default_factory=dict)

    def render(self, conn: Connection, row: Row, now: datetime) -> dict[str, Any] | None:
        number, person = row.payload["broadcast"], row.payload["person"]
        known = broadcasts.get(conn, number)
        if known is None:
            return None
        why_not = self._why_not(conn, known, row, person, now)
        if why_not is not None:
            outbox.settle_recipients(conn, [(number, person, why_not, None)], now)
            return None
        reply = content_of(known.content, acknowledge=known.id if known.acknowledge else None)
        return payload(reply, standing_rows(reply.buttons), None)

    def _why_not(
        self, conn: Connection, known: Broadcast, row: Row, person: int, now: datetime
    ) -> RecipientState | None:
        if known.state not in (BroadcastState.PREPARING, BroadcastState.SENDING):
            return RecipientState.STOPPED
        if (row.channel, row.address) not in accounts.addresses(conn, person):
            return RecipientState.GONE
        audience = Audience.model_validate(known.audience)
        today = now.astimezone(self.world.zone).date()
        chosen = self._asked(conn, known, audience, today)
        if chosen.includes(conn, person):
            return None
        still_there = chosen.includes_but_for_owing(conn, person)
        return RecipientState.REPORTED if still_there else RecipientState.GONE

    def _asked(self, conn: Connection, known: Broadcast, audience: Audience, today: date) -> Chosen:
        paths = units.paths_of(conn, [audience.desk, *audience.units])
        key = (known.id, today, tuple(paths))
        if key not in self._questions:
            if len(self._questions) > 50:
                self._questions.clear()
            self._questions[key] = Chosen(conn, self.world.plan, audience, today)
        return self._questions[key]


# -- the job


def _piece(desk: Desk, number: int, conn: Connection) -> bool:
    """Bring it one piece further; False: nothing to do but to wait for the sender."""
    now = desk.clock.now()
    known = broadcasts.get(conn, number)
    assert known is not None
    if known.state is BroadcastState.SCHEDULED:
        broadcasts.change(conn, number, state=BroadcastState.PREPARING, started_at=now)
        return True
    if known.state in (BroadcastState.PREPARING, BroadcastState.STOPPING):
        today = now.astimezone(desk.world.zone).date()
        chosen = Chosen(conn, desk.world.plan, Audience.model_validate(known.audience), today)
        if broadcasts.write_some(conn, known, chosen, PIECE, now):
            return True
    if known.state is BroadcastState.PREPARING:
        broadcasts.change(conn, number, state=BroadcastState.SENDING)
        return True
    if known.state is BroadcastState.STOPPING:
        return broadcasts.stop_some(conn, known, PIECE, now)
    return known.at_night and broadcasts.hurry_some(conn, known, PIECE)


@dataclass
class Progress:
    """When each progress message was last edited (monotonic seconds), and what it said."""

    _edited: dict[int, tuple[float, str]] = field(default_factory=dict)

    async def run(self, desk: Desk) -> dict[str, int]:
        counts = {"written": 0, "finished": 0}
        for known in await desk.writer.run(
            Priority.JOB, lambda conn: broadcasts.to_work_on(conn, desk.clock.now())
        ):
            number = known.id
            while await desk.writer.run(Priority.JOB, partial(_piece, desk, number)):
                counts["written"] += 1
                desk.sender.look()
            rows, over = await desk.writer.run(Priority.JOB, partial(self._show, desk, number))
            desk.sender.offer(rows)
            counts["finished"] += over
        return counts

    def _show(self, desk: Desk, number: int, conn: Connection) -> tuple[list[Row], bool]:
        """Bring the progress message up to date; with nobody left to wait for, the account."""
        known = broadcasts.get(conn, number)
        assert known is not None
        if known.state is not BroadcastState.PREPARING and not broadcasts.any_queued(conn, number):
            if _on_its_way(conn, known):
                return [], False  # its [Dừng gửi] must not stay on the screen for ever
            self._edited.pop(number, None)
            return _finish(desk, conn, known), True
        last, said = self._edited.get(number, (0.0, ""))
        if time.monotonic() - last < EDIT_EVERY_S:
            return [], False
        account = broadcasts.account(conn, number)
        text = texts.progress(number, known.state, account, _quiet(desk, known))
        if text == said:
            return [], False
        self._edited[number] = (time.monotonic(), text)
        stopping = known.state is BroadcastState.STOPPING
        buttons = [] if stopping else [go(texts.STOP, ACTION, f"stop.{number}")]
        if _quiet(desk, known) and not stopping:
            buttons.append(go(texts.AT_NIGHT, ACTION, f"night.{number}"))
        return _progress(desk, conn, known, text, buttons), False


def _quiet(desk: Desk, known: Broadcast) -> str | None:
    until = None if known.at_night else quiet_until(desk.world.plan.reminders, desk.clock.local())
    return say.hour(until.time()) if until is not None else None


def _progress(desk: Desk, conn: Connection, known: Broadcast, text: str, buttons: list[Button]) -> list[Row]:
    """The one message: edited once it is known where it stands, sent where there is none yet."""
    if known.message_id is None and outbox.state_of(conn, _progress_key(known)) is None:
        return _tell(desk, conn, known, Reply(text, buttons, replaces=False), key=_progress_key(known))
    message_id = _message_id(conn, known)
    if message_id is None:
        return []  # on its way, or it could not be sent: then there is none
    return _tell(desk, conn, known, Reply(text, buttons), replace=message_id)


def _progress_key(known: Broadcast) -> str:
    return f"progress:{known.id}:{known.round}"


def _message_id(conn: Connection, known: Broadcast) -> str | None:
    """Of the progress message, once it is known."""
    if known.message_id is not None:
        return known.message_id
    sent = outbox.state_of(conn, _progress_key(known))
    if sent is not None and sent[1] is not None:
        broadcasts.change(conn, known.id, message_id=sent[1])
    return sent[1] if sent is not None else None


def _on_its_way(conn: Connection, known: Broadcast) -> bool:
    """The progress message was written and has not been sent yet."""
    sent = outbox.state_of(conn, _progress_key(known)) if known.message_id is None else None
    return sent is not None and sent[0] in outbox.UNFINISHED


def _finish(desk: Desk, conn: Connection, known: Broadcast) -> list[Row]:
    broadcasts.change(conn, known.id, state=BroadcastState.DONE, finished_at=desk.clock.now())
    over = broadcasts.get(conn, known.id)
    assert over is not None
    shown = _message_id(conn, known) is not None
    rows = _progress(desk, conn, known, texts.progress_over(known.id), []) if shown else []
    return rows + _tell(desk, conn, known, result_of(conn, desk.world, over))


def _tell(
    desk: Desk,
    conn: Connection,
    known: Broadcast,
    reply: Reply,
    *,
    replace: str | None = None,
    key: str | None = None,
) -> list[Row]:
    account = accounts.by_id(conn, known.by_account_id)
    if account is None or account.person_id is None:
        return []
    desk_path = units.get(conn, known.unit_id).path
    if not may_see(desk.world.plan, accounts.posts(conn, account.person_id, desk.clock.today()), desk_path):
        return []  # the office has ended, or the phone is somebody else's by now
    form = payload(reply, standing_rows(reply.buttons), replace)
    if replace is not None:
        form["edit_only"] = True
    return queue(desk, conn, account, form, key)


job = Job("broadcasts", timedelta(seconds=1), Progress().run)
