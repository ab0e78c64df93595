"""After a deadline people act: the late list climbs to the commune, then to the district, each in one digest.

Once a day, at the hour that the plan sets, and only when the list changed.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.engine.phone_page import phone_page
from bot.engine.replies import payload
from bot.engine.turn import World, standing_rows
from rules.audience import main_duties
from rules.deadlines import remind_deadline
from rules.plan import Duty
from rules.reminders import escalations_now, quiet_until
from rules.rights import acting, acting_roles
from scheduler.job import Desk, Job
from storage import accounts, escalations, missing, outbox, reminders, units
from storage.models import OutboxKind
from storage.outbox import Row
from storage.reminders import Asking, Candidate
from storage.units import tree_order
from storage.writer import Priority

PIECE = 50  # officers a transaction


@dataclass(frozen=True, slots=True)
class Call:
    """An officer whose list was looked at today. `tell`: it changed since they were told."""

    unit_id: int
    officer: Candidate
    mark: str
    tell: bool


def due(conn: Connection, world: World, now: datetime) -> list[Call]:
    """Officers whose list was not looked at yet today: what changes later in the day waits for tomorrow."""
    local = now.astimezone(world.zone)
    if quiet_until(world.plan.reminders, local) is not None:
        return []
    told = escalations.told(conn, world.plan.code)
    calls = []
    for level, late in _late(conn, world, local).items():
        officers = _officers(conn, world, level, now)
        for unit_id, missing_ids in late.items():
            mark = escalations.fingerprint(missing_ids)
            before = told.get(unit_id)
            if unit_id in officers and not (before and before[1] == local.date()):
                changed = before is None or before[0] != mark
                calls.append(Call(unit_id, officers[unit_id], mark, changed))
    return calls


def write(conn: Connection, world: World, calls: Sequence[Call], now: datetime) -> None:
    for call in calls:
        escalations.note(conn, world.plan.code, call.unit_id, call.mark, now.astimezone(world.zone).date())
        if call.tell:
            _write(conn, world, call.unit_id, call.officer, now)


def _late(conn: Connection, world: World, local: datetime) -> dict[str, dict[int, list[int]]]:
    """By the level that is to be told: the units of officers, and who is late below each."""
    late: dict[str, dict[int, list[int]]] = {}
    for duty, levels in _overdue(world, local):
        units_late = missing.unreported(conn, world.plan, duty, "/", local.date())
        for level in levels:
            told = escalations.at_level(conn, level)
            below = late.setdefault(level, defaultdict(list))
            for unit in units_late:
                for above in tree_order(unit.path)[:-1]:
                    if above in told:
                        below[above].append(unit.id)
    return late


def _overdue(world: World, local: datetime) -> list[tuple[Duty, list[str]]]:
    """Duties past their last day, and the levels whose people are to be told by now."""
    found = []
    for duty in main_duties(world.plan):
        befores = {before for level in duty.levels if (before := remind_deadline(duty, level))}
        levels = {
            call.level for before in befores for call in escalations_now(world.plan.reminders, before, local)
        }
        if levels:
            found.append((duty, sorted(levels)))
    return found


def _officers(conn: Connection, world: World, level: str, now: datetime) -> dict[int, Candidate]:
    """In each unit of the level the highest role that can be reached."""
    order = acting_roles(world.plan)
    ask = Asking(world.plan.code, order, now.astimezone(world.zone).date(), now)
    return reminders.highest(reminders.acting_at(conn, ask, level), order)


def _write(conn: Connection, world: World, unit_id: int, officer: Candidate, now: datetime) -> None:
    day = now.astimezone(world.zone).date()
    rows = [
        (
            channel,
            address,
            {"escalation": unit_id, "person": officer.person_id},
            f"escalation:{world.plan.code}:{unit_id}:{day}:{officer.person_id}:{channel}:{address}",
        )
        for _, channel, address in accounts.addresses_of(conn, [officer.person_id])
    ]
    outbox.add_references(conn, OutboxKind.REMINDER, rows, now)


def render(conn: Connection, world: World, row: Row, now: datetime) -> dict[str, Any] | None:
    """The list as it is now; None: nobody is late any more, or the officer is gone."""
    unit_id, person = row.payload["escalation"], row.payload["person"]
    local = now.astimezone(world.zone)
    posts = accounts.posts(conn, person, local.date())
    theirs = any(post.unit_id == unit_id for post in acting(world.plan, posts))
    if not theirs or (row.channel, row.address) not in accounts.addresses(conn, person):
        return None
    duties = [duty for duty, _ in _overdue(world, local)]
    reply = phone_page(conn, world, units.get(conn, unit_id), "", local.date(), duties)
    return payload(reply, standing_rows(reply.buttons), None) if reply is not None else None


async def run(desk: Desk) -> dict[str, int]:
    # The list of a whole province takes a while to read: beside the writer, not in it.
    calls = await asyncio.to_thread(_due, desk)
    for first in range(0, len(calls), PIECE):
        piece = calls[first : first + PIECE]
        await desk.writer.run(Priority.JOB, partial(_write_piece, desk, piece))
        desk.sender.look()
    return {"digests": sum(call.tell for call in calls)}


def _write_piece(desk: Desk, calls: Sequence[Call], conn: Connection) -> None:
    write(conn, desk.world, calls, desk.clock.now())


def _due(desk: Desk) -> list[Call]:
    with desk.database.reading() as conn:
        return due(conn, desk.world, desk.clock.now())


job = Job("escalations", timedelta(minutes=1), run)
