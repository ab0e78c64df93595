"""On Monday mornings, who acts for a branch whose cadres have not all attended, and who leads it, are told.

Once a week at most, while somebody is missing and no make-up lies ahead. The ledger of reminders says who was
told this week; what the message says is decided when it goes.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.engine.meeting_views import MAKE_UP, MAKE_UPS
from bot.engine.replies import Reply, payload
from bot.engine.turn import World, go, standing_rows
from bot.texts import make_ups as texts
from bot.texts import participation as report_texts
from bot.texts.markup import lines
from rules.duties import duty_of
from rules.plan import DutyKind
from rules.reminders import quiet_until
from rules.rights import acting, acting_roles
from scheduler.job import Desk, Job
from storage import accounts, make_ups, outbox, reminders
from storage.models import OutboxKind
from storage.outbox import Row
from storage.reminders import Asking
from storage.writer import Priority

FROM = time(7, 30)  # of Monday; a program that was down then makes up for it until the day is over
STAGE = "makeup"
PIECE = 200  # people a transaction
UNITS_SHOWN = 6


def due(conn: Connection, world: World, now: datetime) -> list[int]:
    """People who are still to be told this week."""
    local = now.astimezone(world.zone)
    duty = duty_of(world.plan, DutyKind.PARTICIPATION)
    if duty is None or local.weekday() != 0 or local.time() < FROM:
        return []
    if quiet_until(world.plan.reminders, local) is not None:
        return []
    ask = Asking(world.plan.code, acting_roles(world.plan), local.date(), now)
    found = make_ups.to_tell(conn, world.plan, ask, duty.code, STAGE)
    return sorted({one.person_id for one in reminders.highest(found, ask.roles).values()})


def write(conn: Connection, world: World, people: Sequence[int], now: datetime) -> None:
    day = now.astimezone(world.zone).date()
    reminders.note(conn, world.plan.code, day, STAGE, people, now)
    rows = [
        (
            channel,
            address,
            {"make_ups": person},
            f"makeups:{world.plan.code}:{day}:{person}:{channel}:{address}",
        )
        for person, channel, address in accounts.addresses_of(conn, people)
    ]
    outbox.add_references(conn, OutboxKind.REMINDER, rows, now)


def render(conn: Connection, world: World, row: Row, now: datetime) -> dict[str, Any] | None:
    """None: nobody is missing any more, or the person does not act there any more."""
    person, today = row.payload["make_ups"], now.astimezone(world.zone).date()
    if (row.channel, row.address) not in accounts.addresses(conn, person):
        return None
    posts = acting(world.plan, accounts.posts(conn, person, today))
    duty = duty_of(world.plan, DutyKind.PARTICIPATION)
    if duty is None or not posts:
        return None
    own_ids = {post.unit_id for post in posts}
    # Nearby only: who leads a province reads its figures in /tiendo.
    left = make_ups.near(conn, world.plan, own_ids, today)
    if not left:
        return None
    more = texts.more(len(left) - UNITS_SHOWN) if len(left) > UNITS_SHOWN else None
    buttons = [go(report_texts.MAKE_UP, MAKE_UP, one.unit_id) for one in left if one.unit_id in own_ids][:1]
    leads = next((post for post in posts if any(one.unit_id != post.unit_id for one in left)), None)
    if leads is not None and leads.duty_level not in duty.levels:
        buttons.append(go(texts.NEEDED, MAKE_UPS, leads.unit_id))
    reply = Reply(lines(texts.digest(left[:UNITS_SHOWN]), more), buttons)
    return payload(reply, standing_rows(reply.buttons), None)


async def run(desk: Desk) -> dict[str, int]:
    # Who is to be told in a whole province takes a while to find: beside the writer, not in it.
    now = desk.clock.now()
    people = await asyncio.to_thread(_due, desk, now)
    for first in range(0, len(people), PIECE):
        piece = people[first : first + PIECE]
        await desk.writer.run(Priority.JOB, partial(_write_piece, desk, piece, now))
        desk.sender.look()
    return {"told": len(people)}


def _write_piece(desk: Desk, people: Sequence[int], now: datetime, conn: Connection) -> None:
    write(conn, desk.world, people, now)


def _due(desk: Desk, now: datetime) -> list[int]:
    with desk.database.reading() as conn:
        return due(conn, desk.world, now)


job = Job("make_ups", timedelta(minutes=5), run)
