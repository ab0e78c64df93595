"""In the morning, those who act for a unit are told how many proposals have waited for them too long; of each
proposal once, wherever it waits.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.engine.replies import Reply, payload
from bot.engine.turn import World, go, standing_rows
from bot.texts import proposals as texts
from rules.proposals import DAYS_TO_ANSWER
from rules.reminders import quiet_until
from rules.rights import acting, acting_roles
from scheduler.job import Desk, Job
from storage import accounts, outbox, people, proposal_lists, proposals, units
from storage.models import OutboxKind
from storage.outbox import Row
from storage.proposals import Proposal
from storage.writer import Priority

FROM = time(7, 30)  # a program that was down then makes up for it until the day is over
LIST = "proposals"  # the button's action: handlers.proposals


def write(conn: Connection, world: World, now: datetime) -> int:
    """How many are told now."""
    local = now.astimezone(world.zone)
    if quiet_until(world.plan.reminders, local) is not None or local.time() < FROM:
        return 0
    # Whole days, so that what comes of age during the day is in the next morning's message.
    moment = datetime.combine(local.date() - timedelta(days=DAYS_TO_ANSWER), time(), world.zone)
    waiting: dict[int, list[Proposal]] = defaultdict(list)
    for one in proposals.waiting_since_before(conn, world.plan, moment):
        waiting[one.owner.id].append(one)
    written = 0
    for unit_id, found in waiting.items():
        told = 0
        for holder in people.holders(conn, unit_id, local.date(), acting_roles(world.plan)):
            for channel, address in accounts.addresses(conn, holder.id):
                row = outbox.add(
                    conn,
                    kind=OutboxKind.REMINDER,
                    channel=channel,
                    address=address,
                    payload={"proposals_of": unit_id, "person": holder.id, "count": len(found)},
                    now=now,
                    dedupe_key=f"proposals:{unit_id}:{local.date()}:{holder.id}:{channel}:{address}",
                )
                told += row is not None
        if told:  # else nobody is connected yet: later, once somebody is
            proposals.note_reminded(conn, found, now)
        written += told
    return written


def render(conn: Connection, world: World, row: Row, now: datetime) -> dict[str, Any] | None:
    """None: everything was answered or passed on meanwhile, or the person does not act for the unit any more."""
    unit_id, person = row.payload["proposals_of"], row.payload["person"]
    today = now.astimezone(world.zone).date()
    posts = acting(world.plan, accounts.posts(conn, person, today))
    theirs = any(post.unit_id == unit_id for post in posts)
    if not theirs or (row.channel, row.address) not in accounts.addresses(conn, person):
        return None
    unit = units.get(conn, unit_id)
    waiting = proposal_lists.waiting_count(conn, world.plan, unit)
    if not waiting:
        return None
    count = min(waiting, row.payload["count"])
    reply = Reply(texts.overdue(unit.name, count), [go(texts.LIST, LIST)])
    return payload(reply, standing_rows(reply.buttons), None)


async def run(desk: Desk) -> dict[str, int]:
    written = await desk.writer.run(Priority.JOB, lambda conn: write(conn, desk.world, desk.clock.now()))
    if written:
        desk.sender.look()
    return {"reminded": written}


job = Job("proposals", timedelta(minutes=10), run)
