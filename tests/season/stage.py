"""The season's stage: the bot as one process wires it, a clock that is moved, and a channel that records.

Updates go in raw, in batches, through the writer's thread and the very runner; replies, reminders and
broadcasts come out through the very sender. Only the network is not there.
"""

import asyncio
import gc
import heapq
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, func, or_, select

from bot.channels.outcome import Fate, Outcome
from bot.engine.dialogue import Dialogue
from bot.engine.sender import Sender
from handlers import registry
from rules.reminders import quiet_until
from scheduler import broadcasts, upkeep
from scheduler.job import Desk, Job
from scheduler.rendering import renderer
from scheduler.run import JOBS
from storage.database import Database
from storage.models import OutboxState, failed_update, outbox
from storage.outbox import LATER_KINDS, Row
from storage.writer import Priority, Writer
from tests.clock import FrozenClock
from tests.people import BOT, Message, Stage
from tests.season.ledger import Ledger
from tests.season.messenger import Files
from tests.season.people import Actor
from tests.season.province import Human, Province
from tests.season.timing import Timed

Script = Iterator[dict[str, Any]]
BATCH = 50  # people who write at once
CLOSING = "closing"
_KINDS = ("digest", "escalation", "mend", "broadcast", "meeting_notice")
KEPT = 40  # messages that a chat remembers
# Reminders are due at 7:30, 11:30 and 19:00, escalations at 7:00; at 21:40 nobody may be disturbed.
HOURS = (hour(7, 5), hour(7, 35), hour(9, 10), hour(11, 35), hour(17, 2), hour(19, 5), hour(21, 40))
BUSY_FROM = date(2018, 10, 22)  # before, nothing is due yet
CALM_HOURS = (hour(9, 10), hour(17, 2))


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something that came unasked: a reminder, an escalation, a broadcast. `about`: its outbox row's payload."""

    at: datetime
    human: Human
    about: dict[str, Any]
    text: str
    owes_report: bool  # as the ledger had it at that moment
    owes_essay: bool


@dataclass(order=True)
class _Task:
    at: datetime
    number: int
    phase: str = field(compare=False)
    human: Human = field(compare=False)
    script: Callable[[Actor], Script] = field(compare=False)
    alone: bool = field(compare=False, default=False)


def _gives_up(who: Actor) -> Script:
    yield who.says("/huy")


class Season:
    """`sent` counts messages by kind; `arrived` is all that came unasked."""

    def __init__(
        self, database: Database, folder: Path, province: Province, seed: int, start: datetime
    ) -> None:
        self.province = province
        self.ledger = Ledger()
        self.chance = Random(seed)
        self.clock = FrozenClock(start)
        self.database = database
        self.stage = Stage(database, folder, self.clock)
        self.world = self.stage.world
        self.plan = self.world.plan
        self.timed = Timed(Dialogue(registry.build()))
        self.stage.runner._dialogue = self.timed  # type: ignore[assignment]
        self.files = Files()
        self.writer = Writer(database)
        self.sender = Sender(BOT, self._deliver, self._render, self._night, self.writer, self.clock, rate=0)
        self.desk = Desk(self.world, database, self.writer, self.clock, self.sender, self.files)  # type: ignore[arg-type]
        self.actors = {
            one.chat: Actor(self.stage.person(one.chat, one.name.split()[-1]), self, one)
            for one in province.people
        }
        self.sent: Counter[str] = Counter()
        self.arrived: list[Arrived] = []
        self.stuck: list[str] = []  # where the bot did not answer as somebody expected
        self.watchers: list[Callable[[Human, Message, dict[str, Any]], None]] = []
        self.spent: dict[str, float] = defaultdict(float)  # seconds, by phase
        self.done: Counter[str] = Counter()  # updates, by phase
        self.jobs_s: dict[str, float] = defaultdict(float)
        self.kept: dict[str, Any] = {}  # what a phase puts aside for its checks
        self.last_call: datetime | None = None
        self._ran: dict[str, datetime] = {}
        self._agenda: list[_Task] = []
        self._trouble: Exception | None = None
        self._numbers = count()
        self._renders = renderer(self.world, self.clock)

    # -- what phases use

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def today(self) -> date:
        return self.clock.today()

    def local(self, day: date, at: hour) -> datetime:
        return datetime.combine(day, at, self.clock.zone)

    def at(
        self,
        phase: str,
        when: datetime,
        human: Human,
        script: Callable[[Actor], Script],
        *,
        alone: bool = False,
    ) -> None:
        """Somebody does something; one person's scripts never run side by side. Nothing new after the last call.

        `alone`: nobody else's either, so that what the bot counts meanwhile is what the ledger holds.
        """
        if self.last_call is not None and self.last_call < when and phase != CLOSING:
            return
        heapq.heappush(self._agenda, _Task(when, next(self._numbers), phase, human, script, alone))

    def some_day(
        self, phase: str, first: date, last: date, human: Human, script: Callable[[Actor], Script]
    ) -> None:
        day = first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))
        self.at(phase, self.local(day, self.some_hour()), human, script)

    def some_hour(self) -> hour:
        return hour(self.chance.choice((8, 9, 10, 13, 14, 16, 19)), self.chance.randrange(60))

    def soon(self, phase: str, human: Human, script: Callable[[Actor], Script], *, days: int = 0) -> None:
        """In the hours behind now, or some days later."""
        when = self.now + timedelta(days=days, minutes=self.chance.randint(20, 200))
        self.at(phase, when, human, script)

    def chances(self, share: float) -> bool:
        return self.chance.random() < share

    # -- time

    async def play(self, until: datetime, each_day: Callable[[date], None]) -> None:
        """Hour by hour: what the machine does, then what people do."""
        # Else the garbage of all these phones is collected within some turn, and counts as that turn's.
        gc.disable()
        self.writer.start()
        await self.sender.start()
        day = self.today
        while day <= until.date():
            each_day(day)
            gc.collect()
            for moment in (self.local(day, one) for one in (HOURS if day >= BUSY_FROM else CALM_HOURS)):
                if self.now < moment <= until:
                    self.clock.jump(moment)
                    await self._hour()
            day += timedelta(days=1)
        await self.sender.stop()
        self.writer.stop()
        gc.enable()

    async def _hour(self) -> None:
        """What the machine does, people answer; what they do, it works off within the hour."""
        await self._work()
        if await self._act():
            await self._work()
        if self._trouble is not None:
            raise self._trouble

    async def _act(self) -> bool:
        """False: nobody did anything."""
        before = self.timed.turns
        waiting: deque[_Task] = deque()
        while self._agenda and self._agenda[0].at <= self.now:
            waiting.append(heapq.heappop(self._agenda))
        live: dict[int, tuple[str, Script]] = {}
        alone = False
        while waiting or live:
            held_up: list[_Task] = []
            while waiting and len(live) < BATCH and not (alone or (live and waiting[0].alone)):
                task = waiting.popleft()
                alone = task.alone and not task.human.blocks
                if task.human.blocks:
                    continue
                if task.human.chat in live:
                    held_up.append(task)
                else:
                    live[task.human.chat] = (task.phase, task.script(self.actors[task.human.chat]))
            waiting.extendleft(reversed(held_up))
            batch: list[dict[str, Any]] = []
            phases: Counter[str] = Counter()
            for chat, (phase, script) in list(live.items()):
                update = self._next(phase, chat, script)
                if update is None:
                    del live[chat]
                    self.actors[chat].forget(KEPT)
                else:
                    batch.append(update)
                    phases[phase] += 1
            alone = alone and bool(live)
            if batch:
                await self._take(batch, phases)
        return self.timed.turns > before

    def _next(self, phase: str, chat: int, script: Script) -> dict[str, Any] | None:
        """One who does not get on is noted, and the others go on."""
        try:
            return next(script, None)
        except Exception as error:  # a season of an hour does not end because of one of them
            self.stuck.append(f"{phase}: {error!r}")
            who = self.actors[chat]
            self.soon("stuck", who.human, _gives_up, days=1)
            return None

    async def _take(self, raws: list[dict[str, Any]], phases: Counter[str]) -> None:
        began = time.perf_counter()

        def turn(conn: Connection) -> list[Row]:
            batch = self.stage.runner.run(conn, raws, self.now)
            if batch.failed:
                trace = conn.scalar(
                    select(failed_update.c.error).order_by(failed_update.c.id.desc()).limit(1)
                )
                raise AssertionError(f"the bot could not take an update: {trace}")
            return batch.rows

        self.sender.offer(await self.writer.run(Priority.TURN, turn))
        while self.sender._chats:
            await asyncio.sleep(0)
        took = time.perf_counter() - began
        for phase, updates in phases.items():
            self.spent[phase] += took * updates / len(raws)
            self.done[phase] += updates

    async def _work(self) -> None:
        """Every job whose time has come, until none of them finds anything more to do."""
        for job in JOBS:
            if job.run is upkeep.heartbeat or self._ran_today(job):
                continue
            self._ran[job.name] = self.now
            began = time.perf_counter()
            while any((await job.run(self.desk)).values()) and job.run is not upkeep.prune:
                pass
            self.jobs_s[job.name] += time.perf_counter() - began
        began = time.perf_counter()
        await self._settle()
        if any((await broadcasts.job.run(self.desk)).values()):  # its account, once everything is sent
            await self._settle()
        self.jobs_s["sending"] += time.perf_counter() - began

    def _ran_today(self, job: Job) -> bool:
        """Of a job for once a day; the others run whenever the clock has moved, or people have done something."""
        last = self._ran.get(job.name)
        return job.every > timedelta(hours=1) and last is not None and self.now - last < job.every

    async def _settle(self) -> None:
        while self.sender._chats or self.sender._later or self.sender._settled or self._waits():
            self.sender.look()
            await self.sender._flush()
            await asyncio.sleep(0.001)

    def _waits(self) -> bool:
        kinds = [str(kind) for kind in (LATER_KINDS[:1] if self._night() else LATER_KINDS)]
        due = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= self.now)
        open_ = outbox.c.state.in_([OutboxState.PENDING, OutboxState.SENDING])
        with self.database.reading() as conn:
            waits = conn.scalar(select(func.count()).where(open_, due, outbox.c.kind.in_([*kinds, "reply"])))
        return bool(waits)

    # -- the channel

    def _night(self) -> bool:
        return quiet_until(self.plan.reminders, self.clock.local()) is not None

    def _render(self, conn: Connection, row: Row) -> dict[str, Any] | None:
        form = self._renders(conn, row)
        return None if form is None else {**form, "about": row.payload}

    async def _deliver(self, address: str, form: dict[str, Any]) -> Outcome:
        human = self.province.by_chat[int(address)]
        if human.blocks:
            human.refused = True
            return Outcome(Fate.UNREACHABLE, "Forbidden: bot was blocked by the user")
        about = form.get("about", {})
        kind = next((one for one in _KINDS if one in about), "reply")
        self.sent[kind] += 1
        person = self.actors[human.chat].person
        person.receive(Row(0, kind, "telegram", address, form))
        if "menu" in form:
            return Outcome(Fate.SENT)
        message = person.new[-1]
        if about:
            self._note(human, message, about)
        try:
            for watcher in self.watchers:
                watcher(human, message, about)
        except Exception as error:  # the sender would only note it
            self._trouble = error
        return Outcome(Fate.SENT, message_id=message.id)

    def _note(self, human: Human, message: Message, about: dict[str, Any]) -> None:
        owes = self.province.units[human.unit]
        reported = (
            human.unit in self.ledger.participations
            if owes.owes == "branch"
            else bool(self.ledger.sessions[human.unit])
        )
        essays = any(
            one.chat not in self.ledger.essays
            for one in self.province.of_unit[human.unit]
            if one.role != "officer"
        )
        self.arrived.append(Arrived(self.now, human, about, message.text, not reported, essays))
