"""The machine beside the turn, run by hand: jobs as pieces of work, and a messenger that answers as told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.clock import wall
from scheduler import broadcasts as work
from scheduler import escalations, meetings, reminders
from scheduler.job import Desk
from scheduler.rendering import renderer
from storage import broadcasts, meeting_guests, outbox
from storage.models import OutboxState
from storage.outbox import Row, Settled
from tests.people import Stage

Answer = Callable[[Row], OutboxState]


def arrives(_row: Row) -> OutboxState:
    return OutboxState.SENT


class Machine:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        nothing: Any = None
        self.desk = Desk(stage.world, stage.database, nothing, stage.clock, nothing, nothing)
        self.render = renderer(stage.world, stage.clock)
        self.progress = work.Progress()
        self.claimed: list[Row] = []

    def writes(self) -> "Machine":
        """Everything that a broadcast needs before it is sent."""
        with self.stage.database.writing() as conn:
            for known in broadcasts.to_work_on(conn, self.stage.clock.now()):
                while work._piece(self.desk, known.id, conn):
                    pass
        return self

    def shows(self) -> "Machine":
        """Progress messages, and accounts of what is over."""
        with self.stage.database.writing() as conn:
            rows: list[Row] = []
            for known in broadcasts.to_work_on(conn, self.stage.clock.now()):
                rows += self.progress._show(self.desk, known.id, conn)[0]
        self.stage.deliver(rows)
        return self

    def claims(self, most: int = 10_000) -> "Machine":
        """Committed as being sent."""
        with self.stage.database.writing() as conn:
            rows = outbox.claim(
                conn,
                most=most,
                owner="test",
                lease=wall() + timedelta(minutes=3),
                wall=wall(),
                now=self.stage.clock.now(),
            )
            for row in rows:
                form = self.render(conn, row)
                if form is None:
                    outbox.settle(conn, [Settled(row.id, OutboxState.EXPIRED, None, 1)], wall())
                else:
                    self.claimed.append(replace(row, payload={**row.payload, **form}))
        return self

    def delivers(self, answer: Answer = arrives) -> "Machine":
        """What was claimed is sent, and marked."""
        claimed, self.claimed = self.claimed, []
        with self.stage.database.writing() as conn:
            for row in claimed:
                state = answer(row)
                if state is OutboxState.SENT:
                    self.stage.deliver([row])
                whose = outbox.recipient_of(row.payload)
                outbox.settle(conn, [Settled(row.id, state, None, 1, recipient=whose)], wall())
        return self

    def works(self, answer: Answer = arrives) -> "Machine":
        """All of it."""
        return self.writes().claims().delivers(answer).writes().shows()

    def reminds(self) -> "Machine":
        with self.stage.database.writing() as conn:
            while reminders.tick(conn, self.stage.world, self.stage.clock.now()):
                pass
            calls = escalations.due(conn, self.stage.world, self.stage.clock.now())
            escalations.write(conn, self.stage.world, calls, self.stage.clock.now())
        return self.claims().delivers()

    def invites(self, most: int = 200) -> "Machine":
        """Rounds of messages about meetings, as the job writes them, sent behind what was said before."""
        with self.stage.database.writing() as conn:
            said = [Settled(row.id, OutboxState.SENT, None, 1) for row in outbox.pending_replies(conn)]
            outbox.settle(conn, said, wall())
            world, now = self.stage.world, self.stage.clock.now()
            after: int | None = 0
            while after is not None:
                after = meetings.begin_reminders(conn, world, now, after, most)
            for one in meeting_guests.open_notices(conn):
                while meetings.write_some(conn, world, one.id, now, most):
                    pass
                meetings.write_besides(conn, meetings.besides(conn, world, one.id, now), now)
                meeting_guests.finish(conn, one.id, now)
        return self.claims().delivers()
