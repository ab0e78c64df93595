"""Housekeeping: what is settled long ago is forgotten, and a line says that the process is alive."""

import time
from datetime import timedelta

import structlog
from sqlalchemy import Connection

from bot.clock import wall
from scheduler.job import Desk, Job
from storage import conversations, made_files, outbox, updates
from storage.writer import Priority

SEEN_FOR = timedelta(days=7)
SETTLED_FOR = timedelta(days=30)
FINISHED_FOR = timedelta(days=30)
EXPORTS_FOR_S = 24 * 3600

log = structlog.get_logger()


async def prune(desk: Desk) -> dict[str, int]:
    now = desk.clock.now()
    counts = {
        "seen": await desk.writer.run(Priority.JOB, lambda conn: updates.forget_seen(conn, now - SEEN_FOR)),
        "conversations": await desk.writer.run(
            Priority.JOB, lambda conn: conversations.prune(conn, now - FINISHED_FOR)
        ),
        "outbox": 0,
        "exports": _old_exports(desk),
    }
    while True:  # in pieces, so that no turn waits long

        def piece(conn: Connection) -> int:
            return outbox.prune(conn, wall() - SETTLED_FOR)

        gone = await desk.writer.run(Priority.JOB, piece)
        counts["outbox"] += gone
        if not gone:
            return counts


def _old_exports(desk: Desk) -> int:
    old = [
        path
        for path in (desk.world.data_dir / made_files.FOLDER).glob("*")
        if time.time() - path.stat().st_mtime > EXPORTS_FOR_S
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


async def heartbeat(desk: Desk) -> dict[str, int]:
    log.info("alive", sent=desk.sender.sent)
    return {}


jobs = [
    Job("prune", timedelta(hours=24), prune),
    Job("heartbeat", timedelta(minutes=5), heartbeat),
]
