"""Takes updates in: a batch is acknowledged only after its turn was committed.

The messenger itself is the durable queue. Whatever kills the process, what was not committed is delivered
again; what was, is known by its id.
"""

import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock, wall
from bot.engine.marker import Marker
from bot.engine.runner import Batch, Runner
from bot.engine.sender import Sender
from storage import outbox, updates
from storage.writer import Priority, Writer

GAP = timedelta(seconds=120)
MARK_POLL_EVERY_S = 10
RETRY_S = (0.2, 0.5, 1, 2, 5, 10)
TURN_LIMIT_S = 30
REFUSED_S = 15

log = structlog.get_logger()


class Watchdog:
    """Ends a process whose turn hangs: nothing else in it would be answered any more."""

    def __init__(self, limit_s: float = TURN_LIMIT_S) -> None:
        self._limit_s = limit_s
        self._began: float | None = None
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def begin(self) -> None:
        self._began = time.monotonic()

    def end(self) -> None:
        self._began = None

    def _watch(self) -> None:
        while True:
            time.sleep(self._limit_s / 10)
            began = self._began
            if began is not None and time.monotonic() - began > self._limit_s:
                log.critical("turn hangs, ending the process")
                os._exit(70)


class Intake:
    def __init__(
        self,
        bot: str,
        runner: Runner,
        writer: Writer,
        sender: Sender,
        clock: Clock,
        marker: Marker,
        acknowledge: Callable[[str], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._runner = runner
        self._writer = writer
        self._sender = sender
        self._clock = clock
        self._marker = marker
        self._acknowledge = acknowledge
        self._watchdog = Watchdog()
        self._one_turn = asyncio.Lock()  # the marker names one batch; webhook requests come side by side
        self._acks: set[asyncio.Task[None]] = set()
        self._last_poll: tuple[datetime, datetime] | None = None  # (domain, wall)
        self._marked = 0.0
        self.polled_at: datetime | None = None  # wall; for the heartbeat
        self.taken = 0
        self.failed = 0

    async def poll_for_ever(self, poll: Callable[[int | None], Awaitable[list[dict[str, Any]]]]) -> None:
        self._last_poll = await self._writer.run(
            Priority.TURN, lambda conn: updates.last_poll(conn, self._bot)
        )
        offset: int | None = None
        failures = 0
        while True:
            try:
                raws = await poll(offset)
            except TelegramError as error:
                await asyncio.sleep(_wait_after(error, failures))
                failures += 1
                continue
            failures = 0
            await self._polled(raws)
            if raws:
                offset = max(raw["update_id"] for raw in raws) + 1

    async def _polled(self, raws: Sequence[dict[str, Any]]) -> None:
        """A poll came back, perhaps after a gap in which presses were lost."""
        previous, now = self._last_poll, (self._clock.now(), wall())
        gap = previous is not None and now[1] - previous[1] > GAP
        pressed_at = previous[0] if gap and previous is not None else now[0]
        if gap and previous is not None:
            since = previous[0]
            rows = await self._until_committed(lambda conn: self._runner.ask_again_after_gap(conn, since))
            self._sender.offer(rows)
        await self.take(raws, pressed_at)
        self._last_poll = now
        self.polled_at = now[1]
        if gap or previous is None or time.monotonic() - self._marked > MARK_POLL_EVERY_S:
            self._marked = time.monotonic()
            await self._until_committed(lambda conn: updates.mark_poll(conn, self._bot, *now))

    async def take(self, raws: Sequence[dict[str, Any]], pressed_at: datetime) -> None:
        """Returns when the batch is committed, however often that has to be tried.

        `pressed_at`: when its presses count as arrived.
        """
        if not raws:
            return
        async with self._one_turn:
            alone = self._marker.one_by_one([raw["update_id"] for raw in raws])
            for group in [[raw] for raw in raws] if alone else [raws]:
                await self._take_group(group, pressed_at)

    async def _take_group(self, raws: Sequence[dict[str, Any]], pressed_at: datetime) -> None:
        ids = [raw["update_id"] for raw in raws]
        if len(raws) == 1 and self._marker.has_killed(ids[0]):
            await self._until_committed(lambda conn: self._park(conn, raws[0]))
            self._marker.end(ids)
            return
        batch = await self._until_committed(lambda conn: self._turn(conn, raws, ids, pressed_at))
        self._marker.end(ids)
        self.taken += batch.taken
        self.failed += batch.failed
        self._sender.offer(batch.rows)
        for query_id in batch.query_ids:
            task = asyncio.create_task(self._acknowledge_press(query_id))
            self._acks.add(task)
            task.add_done_callback(self._acks.discard)

    async def _acknowledge_press(self, query_id: str) -> None:
        await self._acknowledge(query_id)

    def _turn(
        self, conn: Connection, raws: Sequence[dict[str, Any]], ids: Sequence[int], pressed_at: datetime
    ) -> Batch:
        self._watchdog.begin()
        try:
            self._marker.begin(ids)
            return self._runner.run(conn, raws, pressed_at)
        finally:
            self._watchdog.end()

    def _park(self, conn: Connection, raw: dict[str, Any]) -> list[outbox.Row]:
        if not updates.unseen(conn, self._bot, [raw["update_id"]], self._clock.now()):
            return []
        log.error("update parked", update_id=raw["update_id"])
        return self._runner.apologise(conn, raw, RuntimeError("ended the process three times"))

    async def _until_committed(self, work: Callable[[Connection], Any]) -> Any:
        for attempt in range(10**9):
            try:
                return await self._writer.run(Priority.TURN, work)
            except Exception as error:
                # Not acknowledged: nothing is lost by trying again, however long the disk stays full.
                log.error("batch not committed, trying again", error=type(error).__name__, attempt=attempt)
                await asyncio.sleep(RETRY_S[min(attempt, len(RETRY_S) - 1)])
        raise AssertionError("unreachable")


def _wait_after(error: TelegramError, failures: int) -> float:
    """Seconds until the next poll."""
    match error:
        case RetryAfter():
            after = error.retry_after
            return after.total_seconds() if isinstance(after, timedelta) else float(after)
        case InvalidToken() | Conflict():
            log.error("the messenger refuses the bot", why=type(error).__name__)
            return REFUSED_S if isinstance(error, InvalidToken) else 3
        case NetworkError():
            if failures == 0:
                log.warning("the messenger cannot be reached", error=type(error).__name__)
            return RETRY_S[min(failures, len(RETRY_S) - 1)]
        case _:
            return RETRY_S[-1]
