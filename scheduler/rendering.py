"""What a reminder, an escalation or a broadcast says, decided at the moment it goes."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from bot.clock import Clock
from bot.engine.turn import World
from scheduler import broadcasts, escalations, make_ups, meetings, mending, proposals, reminders
from storage.outbox import Row


def renderer(world: World, clock: Clock) -> Callable[[Connection, Row], dict[str, Any] | None]:
    """For the sender; it answers None for what is not wanted any more."""
    broadcast = broadcasts.Renderer(world)

    def render(conn: Connection, row: Row) -> dict[str, Any] | None:
        if "broadcast" in row.payload:
            return broadcast.render(conn, row, clock.now())
        if "escalation" in row.payload:
            return escalations.render(conn, world, row, clock.now())
        if "mend" in row.payload:
            return mending.render(conn, world, row, clock.now())
        if "meeting_notice" in row.payload:
            return meetings.render(conn, world, row, clock.now())
        if "make_ups" in row.payload:
            return make_ups.render(conn, world, row, clock.now())
        if "proposals_of" in row.payload:
            return proposals.render(conn, world, row, clock.now())
        return reminders.render(conn, world, row, clock.now())

    return render
