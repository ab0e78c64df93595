"""Sends what the outbox holds.

Replies go at least once: they are read from memory as the turn commits them, and from the database after a
crash. Reminders and broadcasts go at most once: each is committed as being sent before its call, and only
for calls that already hold a token, so that a crash leaves no more unknown than was in flight. Within a chat
everything goes in the order of the rows; chats go side by side.
"""

import asyncio
import contextlib
import time
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.outcome import Fate, Outcome
from bot.clock import Clock, wall
from bot.engine.bucket import Bucket
from storage import accounts, outbox
from storage.models import OutboxKind, OutboxState
from storage.outbox import Row, Settled
from storage.writer import Priority, Writer

IN_FLIGHT = 64
WAVE = 32  # reminders and broadcasts in flight at most: what a crash may leave unknown
RECOVER_EVERY_S = 20
REFUSALS_BORNE = 3  # in a row: a single lost answer slows nothing
LEASE = timedelta(minutes=3)
MARK_EVERY_S = 0.05
LOOK_EVERY_S = 2.0
BACKOFF_S = (1, 2, 4, 8, 15, 30, 60)
BOT_PAUSE_S = 30
STORM_S = 10  # a second chat's 429 within this pauses the bot

log = structlog.get_logger()
Deliver = Callable[[str, dict[str, Any]], Awaitable[Outcome]]
# Renders a reminder or broadcast at the moment it goes; None: it is not wanted any more.
Render = Callable[[Connection, Row], dict[str, Any] | None]


@dataclass(slots=True)
class _Chat:
    waiting: deque[Row] = field(default_factory=deque)
    worker: asyncio.Task[None] | None = None


class Sender:
    def __init__(
        self,
        bot: str,
        deliver: Deliver,
        render: Render,
        night: Callable[[], bool],
        writer: Writer,
        clock: Clock,
        rate: float,
    ) -> None:
        self._bot = bot
        self._deliver = deliver
        self._render = render
        self._night = night
        self._writer = writer
        self._clock = clock
        self._bucket = Bucket(rate)
        self._owner = uuid.uuid4().hex[:12]
        self._chats: dict[tuple[str, str], _Chat] = {}
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._settled: list[Settled] = []
        self._marks = asyncio.Event()
        self._look = asyncio.Event()
        self._pauses: dict[str, Any] = {}
        self._last_429: tuple[str, float] = ("", -STORM_S)
        self._later: set[asyncio.Task[None]] = set()
        # Of reminders and broadcasts: what the messenger did not take, without a date to try again. While it
        # is out of order one message at a time asks whether it still is: the others need not become unknown.
        self._refused_in_a_row = 0
        self._recovered_at = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self.sent = 0

    async def start(self) -> None:
        """Take up what the last process left."""

        def left(conn: Connection) -> tuple[list[Row], dict[str, Any]]:
            return outbox.pending_replies(conn), outbox.pauses(conn, self._bot, wall())

        rows, self._pauses = await self._writer.run(Priority.OUTBOX, left)
        self.offer(rows)
        self._tasks = [
            asyncio.create_task(self._write_marks()),
            asyncio.create_task(self._send_later_kinds()),
        ]

    async def stop(self, grace_s: float = 10) -> None:
        """Let what is in flight end, write what became of it."""
        self._stopping = True
        workers = [chat.worker for chat in self._chats.values() if chat.worker is not None]
        workers += self._later
        if workers:
            await asyncio.wait(workers, timeout=grace_s)
        for task in (*self._tasks, *workers):
            task.cancel()
        await asyncio.gather(*self._tasks, *workers, return_exceptions=True)
        await self._flush()

    def offer(self, rows: Iterable[Row]) -> None:
        """Replies that have just been committed (on the event loop)."""
        for row in rows:
            key = (row.channel, row.address)
            chat = self._chats.setdefault(key, _Chat())
            chat.waiting.append(row)
            if chat.worker is None:
                chat.worker = asyncio.create_task(self._serve(key, chat))

    def look(self) -> None:
        """Reminders or broadcasts were just written."""
        self._look.set()

    # -- replies

    async def _serve(self, key: tuple[str, str], chat: _Chat) -> None:
        try:
            await self._send_waiting(chat)
        finally:
            # Whatever went wrong, the next message to this chat starts it again.
            chat.worker = None
            if not chat.waiting:
                self._chats.pop(key, None)

    async def _send_waiting(self, chat: _Chat) -> None:
        failures = 0
        while chat.waiting and not self._stopping:
            row = chat.waiting[0]
            if _superseded(row, chat.waiting):
                self._settle(row, OutboxState.SENT, "superseded")
                chat.waiting.popleft()
                continue
            await self._until_unpaused(row.address)
            await self._bucket.take()
            async with self._slots:
                row.attempts += 1
                await self._bucket.slot(_calls(row.payload))
                outcome = await self._attempt(row, row.payload)
            if outcome.fate in (Fate.RETRY, Fate.UNKNOWN, Fate.BOT_PAUSED):
                delay = await self._note_refusal(row, outcome, failures)
                failures += 1
                await asyncio.sleep(delay)
                continue
            failures = 0
            await self._conclude(row, outcome)
            chat.waiting.popleft()
            if outcome.fate is Fate.UNREACHABLE:
                chat.waiting.clear()

    async def _attempt(self, row: Row, form: dict[str, Any]) -> Outcome:
        try:
            return await self._deliver(row.address, form)
        except Exception as error:
            # Our own mistake must not silence the chat for ever.
            log.exception("cannot be delivered", outbox=row.id)
            return Outcome(Fate.FAILED, type(error).__name__)

    async def _note_refusal(self, row: Row, outcome: Outcome, failures: int) -> float:
        """Seconds to wait before the same row is tried again."""
        if outcome.retry_after is not None:
            await self._pause_after_429(row.address, outcome.retry_after)
            return outcome.retry_after
        if outcome.fate is Fate.BOT_PAUSED:
            await self._pause("", BOT_PAUSE_S, outcome.why or "refused")
            return BOT_PAUSE_S
        return BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]

    async def _pause_after_429(self, address: str, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        last_address, last_at = self._last_429
        self._last_429 = (address, now)
        storm = last_address != address and now - last_at < STORM_S
        await self._pause("" if storm else address, seconds, "429")

    async def _pause(self, address: str, seconds: float, why: str) -> None:
        until = wall() + timedelta(seconds=seconds)
        self._pauses[address] = until
        log.warning("sending paused", whole_bot=not address, seconds=seconds, why=why)
        await self._write(lambda conn: outbox.save_pause(conn, self._bot, address, until, why))

    async def _until_unpaused(self, address: str) -> None:
        while True:
            until = max((self._pauses[key] for key in ("", address) if key in self._pauses), default=None)
            left = (until - wall()).total_seconds() if until is not None else 0
            if left <= 0:
                self._pauses.pop(address, None)
                return
            await asyncio.sleep(left)

    # -- what became of a row

    async def _conclude(self, row: Row, outcome: Outcome) -> None:
        match outcome.fate:
            case Fate.SENT:
                self.sent += 1
                self._settle(row, OutboxState.SENT, None, outcome.message_id)
            case Fate.UNREACHABLE:
                self._settle(row, OutboxState.UNREACHABLE, outcome.why)
                await self._write(lambda conn: self._lose(conn, row, outcome.why or ""))
            case Fate.UNKNOWN:
                self._settle(row, OutboxState.UNKNOWN, outcome.why)
            case _:
                log.error("message refused", outbox=row.id, why=outcome.why)
                self._settle(row, OutboxState.FAILED, outcome.why)

    async def _write(self, work: Callable[[Connection], None]) -> None:
        """A note that sending does not depend on: a full disk must not stop the answers."""
        try:
            await self._writer.run(Priority.OUTBOX, work)
        except Exception as error:
            log.error("note not written", error=type(error).__name__)

    def _lose(self, conn: Connection, row: Row, why: str) -> None:
        accounts.mark_unreachable(conn, row.channel, row.address, why)
        outbox.give_up_on(conn, row.channel, row.address, why, wall())

    def _settle(self, row: Row, state: OutboxState, why: str | None, message_id: str | None = None) -> None:
        recipient = outbox.recipient_of(row.payload)
        self._settled.append(Settled(row.id, state, why, row.attempts, message_id, recipient))
        self._marks.set()

    async def _write_marks(self) -> None:
        while True:
            await self._marks.wait()
            await asyncio.sleep(MARK_EVERY_S)
            self._marks.clear()
            await self._flush()

    async def _flush(self) -> None:
        if not self._settled:
            return
        wave, self._settled = self._settled, []
        try:
            await self._writer.run(Priority.OUTBOX, lambda conn: outbox.settle(conn, wave, wall()))
        except Exception as error:
            # A full disk, say: the marks wait for the next wave.
            log.error("marks not written", error=type(error).__name__)
            self._settled = wave + self._settled
            await asyncio.sleep(1)
            self._marks.set()

    # -- reminders and broadcasts

    async def _send_later_kinds(self) -> None:
        while not self._stopping:
            sent = 0
            try:
                sent = await self._wave()
            except Exception as error:
                log.error("wave failed", error=type(error).__name__)
            if not sent:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), LOOK_EVERY_S)
                self._look.clear()

    async def _wave(self) -> int:
        """Take up the next few reminders or broadcasts; how many were due."""
        while len(self._later) >= WAVE:
            await asyncio.wait(self._later, return_when=asyncio.FIRST_COMPLETED)
        await self._until_unpaused("")
        most = WAVE - len(self._later)
        over = self._refused_in_a_row - REFUSALS_BORNE
        if over >= 0:
            most = 1
            await asyncio.sleep(BACKOFF_S[min(over, len(BACKOFF_S) - 1)])
        tokens = await self._bucket.take_for_later(most)
        claimed = await self._writer.run(Priority.OUTBOX, lambda conn: self._take(conn, tokens))
        unused = tokens - len(claimed)
        for row, form in claimed:
            if form is None:
                unused += 1
                self._settle(row, OutboxState.EXPIRED, None)
            else:
                task = asyncio.create_task(self._deliver_once(row, form))
                self._later.add(task)
                task.add_done_callback(self._later.discard)
        self._bucket.give_back(unused)
        return len(claimed)

    def _take(self, conn: Connection, most: int) -> list[tuple[Row, dict[str, Any] | None]]:
        if time.monotonic() - self._recovered_at > RECOVER_EVERY_S:
            self._recovered_at = time.monotonic()
            outbox.recover(conn, wall())
        rows = outbox.claim(
            conn,
            most=most,
            owner=self._owner,
            lease=wall() + LEASE,
            wall=wall(),
            now=self._clock.now(),
            kinds=(OutboxKind.URGENT,) if self._night() else outbox.LATER_KINDS,
        )
        claimed = []
        for row in rows:
            try:
                claimed.append((row, self._render(conn, row)))
            except SQLAlchemyError:
                raise
            except Exception as error:
                # Our own mistake about one must not hold up all that comes behind it.
                log.exception("cannot be rendered", outbox=row.id)
                whose, why = outbox.recipient_of(row.payload), type(error).__name__
                failed = Settled(row.id, OutboxState.FAILED, why, row.attempts + 1, recipient=whose)
                outbox.settle(conn, [failed], wall())
        return claimed

    async def _deliver_once(self, row: Row, form: dict[str, Any]) -> None:
        row.attempts += 1
        async with self._slots:
            await self._bucket.slot(_calls(form), later=True)
            outcome = await self._attempt(row, form)
        if outcome.fate in (Fate.RETRY, Fate.BOT_PAUSED):
            self._refused_in_a_row += outcome.retry_after is None
            await self._note_refusal(row, outcome, 0)
            await self._write(lambda conn: outbox.unclaim(conn, row.id))
            return
        self._refused_in_a_row = self._refused_in_a_row + 1 if outcome.fate is Fate.UNKNOWN else 0
        await self._conclude(row, outcome)


def _calls(form: dict[str, Any]) -> int:
    """How many messages it is to the messenger, which counts each picture of an album."""
    return max(1, len(form.get("media", ())))


def _superseded(row: Row, waiting: deque[Row]) -> bool:
    """A later row edits the same message: only the last look of it matters."""
    target = row.payload.get("replace")
    return target is not None and len(waiting) > 1 and waiting[1].payload.get("replace") == target
