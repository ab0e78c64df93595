"""The day before something is to be mended after an inspection, those who act for the unit are told, once."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.engine.owed_buttons import MENDED
from bot.engine.replies import Reply, payload
from bot.engine.turn import World, go, standing_rows
from bot.texts import inspections as texts
from rules.reminders import quiet_until
from rules.rights import acting, acting_roles
from scheduler.job import Desk, Job
from storage import accounts, inspections, outbox, people
from storage.models import InspectionState, OutboxKind
from storage.outbox import Row
from storage.writer import Priority

FROM = time(7, 30)  # of the day before; a program that was down then makes up for it until the day is over
ONE_DAY = timedelta(days=1)


def write(conn: Connection, world: World, now: datetime) -> int:
    """How many are told now."""
    local = now.astimezone(world.zone)
    if quiet_until(world.plan.reminders, local) is not None or local.time() < FROM:
        return 0
    written = 0
    days = [local.date(), local.date() + ONE_DAY]
    for one in inspections.to_mend_by(conn, world.plan.code, days):
        for holder in people.holders(conn, one.unit_id, local.date(), acting_roles(world.plan)):
            for channel, address in accounts.addresses(conn, holder.id):
                row = outbox.add(
                    conn,
                    kind=OutboxKind.REMINDER,
                    channel=channel,
                    address=address,
                    payload={"mend": one.id, "person": holder.id},
                    now=now,
                    dedupe_key=f"mend:{one.id}:{holder.id}:{channel}:{address}",
                )
                written += row is not None
    return written


def render(conn: Connection, world: World, row: Row, now: datetime) -> dict[str, Any] | None:
    """None: the unit has answered, or the person does not act for it any more."""
    one, person = inspections.get(conn, row.payload["mend"]), row.payload["person"]
    today = now.astimezone(world.zone).date()
    if one is None or one.state is not InspectionState.VISITED or one.mend_by is None:
        return None
    theirs = any(
        post.unit_id == one.unit_id for post in acting(world.plan, accounts.posts(conn, person, today))
    )
    if not theirs or (row.channel, row.address) not in accounts.addresses(conn, person):
        return None
    reply = _reminder(one, today)
    return payload(reply, standing_rows(reply.buttons), None)


def _reminder(one: inspections.Inspection, today: date) -> Reply:
    return Reply(texts.mend_reminder(one, today), [go(texts.MENDED, MENDED, one.id)])


async def run(desk: Desk) -> dict[str, int]:
    written = await desk.writer.run(Priority.JOB, lambda conn: write(conn, desk.world, desk.clock.now()))
    if written:
        desk.sender.look()
    return {"reminded": written}


job = Job("mending", timedelta(minutes=10), run)
