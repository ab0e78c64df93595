"""Makes the files that somebody asked for, and sends them: an export, a chart, a sheet of invites."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.engine.replies import Reply
from bot.texts import engine as engine_texts
from bot.texts import errands as texts
from rules.rights import may_see
from scheduler import charts, export, invite_sheets, official
from scheduler.job import Desk, Job
from scheduler.telling import tell
from storage import accounts, errands, outbox, units
from storage.errands import Errand
from storage.units import Unit
from storage.writer import Priority

log = structlog.get_logger()
# Runs in a thread of its own, with connections of its own; what it makes lies below the data folder.
Maker = Callable[[Desk, Errand, Unit], Reply]
PICTURES: Mapping[str, Maker] = {charts.KIND: charts.make}
BOOKS: Mapping[str, Maker] = {
    "export": export.make,
    errands.INVITE_SHEET: invite_sheets.make,
    errands.OFFICIAL_REPORT: official.make,
}
MAKERS = {**PICTURES, **BOOKS}


async def run(desk: Desk, kinds: Iterable[str] = MAKERS) -> dict[str, int]:
    counts = {"made": 0, "failed": 0}
    for errand in await desk.writer.run(Priority.JOB, errands.waiting):
        if errand.kind in kinds:
            counts[await _one(desk, errand)] += 1
    return counts


async def _one(desk: Desk, errand: Errand) -> str:
    def made(conn: Connection) -> list[outbox.Row]:
        errands.done(conn, errand.id, desk.clock.now())
        return tell(desk, conn, errand.account_id, reply)

    def failed(conn: Connection) -> list[outbox.Row]:
        over = errands.failed(conn, errand, why, desk.clock.now())
        return tell(desk, conn, errand.account_id, Reply(texts.NOT_MADE)) if over else []

    try:
        reply = await asyncio.to_thread(make_one, desk, errand)
    except Exception as error:
        why = repr(error)
        log.error("errand failed", errand=errand.id, kind=errand.kind, error=why)
        desk.sender.offer(await desk.writer.run(Priority.JOB, failed))
        return "failed"
    desk.sender.offer(await desk.writer.run(Priority.JOB, made))
    return "made"


def make_one(desk: Desk, errand: Errand) -> Reply:
    """`errand.args["unit"]`: what it is about. The office may have ended since it was asked for."""
    plan, today = desk.world.plan, desk.clock.today()
    with desk.database.reading() as conn:
        unit = units.get(conn, errand.args["unit"])
        if not may_see(plan, accounts.posts(conn, errand.person_id, today), unit.path):
            return Reply(engine_texts.NOT_YOURS)
    return MAKERS[errand.kind](desk, errand, unit)


# Two lines to wait in: a picture of a moment does not wait for a book of half a minute.
jobs = [
    Job("pictures", timedelta(seconds=1), partial(run, kinds=PICTURES)),
    Job("books", timedelta(seconds=1), partial(run, kinds=BOOKS)),
]
