"""Looks into stored essays: takes their text out, and tells the sender, gently, what seems to be missing."""

import asyncio
from datetime import timedelta
from functools import lru_cache

import structlog
from sqlalchemy import Connection

from bot.engine.owed_buttons import ESSAY_AGAIN
from bot.engine.replies import Reply
from bot.engine.turn import go
from bot.texts import essay_reading as texts
from rules import essay_hints
from rules.plan import Plan
from scheduler.job import Desk, Job
from scheduler.telling import tell
from storage import essay_files, essay_texts, essays, outbox
from storage.essay_files import Found, Why
from storage.essay_texts import EssayText
from storage.models import TextKind
from storage.plans import text_of
from storage.writer import Priority

BATCH = 20
SECONDS = 60.0  # for all files of an essay; a thread that hangs is left behind
# Whoever sent one before this program looked into essays is not surprised with it now.
TOLD_WITHIN = timedelta(hours=1)

log = structlog.get_logger()


async def run(desk: Desk) -> dict[str, int]:
    counts = dict.fromkeys((*TextKind,), 0)
    for essay_id in await desk.writer.run(Priority.JOB, lambda conn: essay_texts.waiting(conn, BATCH)):
        counts[await _one(desk, essay_id)] += 1
    return {str(kind): count for kind, count in counts.items()}


async def _one(desk: Desk, essay_id: int) -> TextKind:
    def begun(conn: Connection) -> list[tuple[str, str]]:
        essay_texts.begin(conn, essay_id, desk.clock.now())
        return essay_texts.files_of(conn, essay_id)

    files = await desk.writer.run(Priority.JOB, begun)
    try:
        found = await asyncio.wait_for(asyncio.to_thread(read, desk, files), SECONDS)
    except TimeoutError:
        found = Found(why=Why.TOO_SLOW)
    except Exception as error:
        log.error("essay not read", essay=essay_id, error=type(error).__name__)
        found = Found(why=Why.BROKEN)

    def done(conn: Connection) -> tuple[EssayText, list[outbox.Row]]:
        return settle(desk, conn, essay_id, found)

    kept, rows = await desk.writer.run(Priority.JOB, done)
    desk.sender.offer(rows)
    return TextKind(kept.kind)


def read(desk: Desk, files: list[tuple[str, str]]) -> Found:
    """In a thread of its own."""
    data_dir = desk.world.data_dir
    return essay_files.together([essay_files.read(data_dir / path, kind) for path, kind in files])


def settle(desk: Desk, conn: Connection, essay_id: int, found: Found) -> tuple[EssayText, list[outbox.Row]]:
    """Keep what was found; rows for the sender, where there is something to say."""
    plan, now = desk.world.plan, desk.clock.now()
    kept = essay_texts.keep(conn, essay_id, found, plan_sequences(plan.code), now)
    essay = essays.get(conn, essay_id)
    told = advice(plan, kept, essay.author) if essay is not None else None
    if essay is None or essay.by_account_id is None or told is None:
        return kept, []
    if essay.state not in essays.HANDED_IN or now - essay.arrived_at > TOLD_WITHIN:
        return kept, []
    reply = Reply(told, [go(texts.HAND_IN_AGAIN, ESSAY_AGAIN, essay_id)])
    return kept, tell(desk, conn, essay.by_account_id, reply)


def advice(plan: Plan, kept: EssayText, author: str) -> str | None:
    """One line to whoever handed it in; None: nothing is worth saying."""
    if kept.why == Why.LOCKED:
        return texts.is_locked(author)
    if kept.kind == TextKind.UNREADABLE and kept.why == Why.EMPTY:
        return texts.is_empty(author)
    if kept.kind != TextKind.TEXT or kept.text is None or plan.essays is None:
        return None
    if (kept.plan_percent or 0) >= essay_hints.COPY_PERCENT:
        return texts.is_the_plan(author, plan.call_name)
    missing = essay_hints.missing_parts(kept.text, plan.essays.parts)
    return texts.parts_not_seen(author, missing) if missing else None


@lru_cache(maxsize=4)
def plan_sequences(plan_code: str) -> frozenset[int]:
    return essay_hints.sequences(text_of(plan_code) or "")


job = Job("essay_texts", timedelta(seconds=5), run)
