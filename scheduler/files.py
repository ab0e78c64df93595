"""Fetches what people sent: retried until it is there, checked, hashed, stored; only then "Đã nhận"."""

import asyncio
import contextlib
import os
from datetime import timedelta

import structlog
from sqlalchemy import Connection
from telegram.error import BadRequest, TelegramError

from bot.clock import wall
from bot.engine.replies import Button, Reply
from bot.engine.turn import go
from bot.texts import activities as activity_texts
from bot.texts import essays as texts
from bot.texts import materials as material_texts
from bot.texts import media as media_texts
from scheduler.job import Desk, Job
from scheduler.telling import tell
from storage import activities, content, duties, essays, media, outbox, units, uploads
from storage.content import Refused, Stored
from storage.models import EssayState, UploadState
from storage.uploads import Waiting
from storage.writer import Priority

AT_ONCE = 4
BATCH = 40
BACKOFF_S = (2, 5, 15, 60, 300, 900)

log = structlog.get_logger()
_WHY = {
    Refused.TOO_BIG: texts.TOO_BIG,
    Refused.UNREADABLE: texts.UNREADABLE,
    Refused.FORBIDDEN: texts.FORBIDDEN,
    Refused.LOCKED: texts.LOCKED,
}


async def run(desk: Desk) -> dict[str, int]:
    counts = {"stored": 0, "refused": 0, "later": 0}
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(upload: Waiting) -> None:
        async with slots:
            counts[await _take(desk, upload)] += 1

    while True:
        batch = await desk.writer.run(Priority.JOB, lambda conn: uploads.waiting(conn, wall(), BATCH))
        if not batch:
            break
        await asyncio.gather(*(one(upload) for upload in batch))
    rows = await desk.writer.run(Priority.JOB, lambda conn: _settle_essays(desk, conn))
    desk.sender.offer(rows)
    return counts


async def _take(desk: Desk, upload: Waiting) -> str:
    try:
        result = await _fetch(desk, upload)
    except BadRequest as error:
        # The messenger itself says that this file can never be had.
        big = "too big" in error.message.lower()
        result = Refused.TOO_BIG if big else Refused.UNREADABLE
    except (TelegramError, OSError) as error:
        delay = BACKOFF_S[min(upload.attempts, len(BACKOFF_S) - 1)]
        log.warning("file not fetched yet", upload=upload.id, error=type(error).__name__, again_s=delay)
        at = wall() + timedelta(seconds=delay)
        await desk.writer.run(Priority.JOB, lambda conn: uploads.try_later(conn, upload.id, at))
        return "later"
    if isinstance(result, Refused):
        rows = await desk.writer.run(Priority.JOB, lambda conn: _refuse(desk, conn, upload, result))
        desk.sender.offer(rows)
        return "refused"
    await desk.writer.run(
        Priority.JOB, lambda conn: uploads.mark_stored(conn, upload.id, result, desk.clock.now())
    )
    return "stored"


async def _fetch(desk: Desk, upload: Waiting) -> Stored | Refused:
    data_dir = desk.world.data_dir
    temporary = data_dir / "files" / "incoming" / str(upload.id)
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        size = 0
        with temporary.open("wb") as out:
            async with desk.client.download(upload.remote_id) as stream:
                async for piece in stream.iter_chunked(1 << 16):
                    size += len(piece)
                    if size > content.LIMIT:
                        return Refused.TOO_BIG
                    out.write(piece)
        kinds = content.OFFICE if upload.subject == "material" else content.PAPERS
        return await asyncio.to_thread(content.keep, temporary, data_dir, kinds)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _refuse(desk: Desk, conn: Connection, upload: Waiting, why: Refused) -> list[outbox.Row]:
    uploads.mark_refused(conn, upload.id, why)
    if upload.subject == "essay":
        return []  # told with its essay, once all files are settled
    if upload.subject == "material":
        text = material_texts.file_refused(_WHY[why])
        buttons = [go(material_texts.MANAGE, "materialedit", upload.subject_id)]
        return tell(desk, conn, upload.account_id, Reply(text, buttons))
    if upload.subject == media.SUBJECT:
        buttons = [go(media_texts.OPEN, "mediaitem", upload.subject_id)]
        return tell(desk, conn, upload.account_id, Reply(media_texts.file_refused(_WHY[why]), buttons))
    if upload.subject == activities.SUBJECT:
        why_not = texts.TOO_BIG if why is Refused.TOO_BIG else activity_texts.ANOTHER_PHOTO
        buttons = [go(activity_texts.OPEN, "activityone", upload.subject_id)]
        return tell(desk, conn, upload.account_id, Reply(activity_texts.photo_refused(why_not), buttons))
    return tell(desk, conn, upload.account_id, Reply(texts.photo_refused(_WHY[why])))


def _settle_essays(desk: Desk, conn: Connection) -> list[outbox.Row]:
    rows: list[outbox.Row] = []
    for essay_id in uploads.unsettled_essays(conn):
        essay = essays.get(conn, essay_id)
        if essay is None or essay.by_account_id is None:
            continue
        states = uploads.states_of(conn, "essay", essay_id)
        bad = [error for state, error in states if state == UploadState.REFUSED]
        now = desk.clock.now()
        if bad:
            essays.settle(conn, essay_id, EssayState.REFUSED, now)
            why = _WHY[Refused(bad[0] or Refused.UNREADABLE)]
            reply = Reply(texts.refused(essay.author, why), [go("Nộp lại", "essay")])
        else:
            essays.settle(conn, essay_id, EssayState.STORED, now)
            reply = _receipt(
                desk, conn, essay, texts.amount(uploads.photos_of(conn, "essay", essay.id), len(states))
            )
        rows += tell(desk, conn, essay.by_account_id, reply)
    return rows


def _receipt(desk: Desk, conn: Connection, essay: essays.Essay, what: str) -> Reply:
    world = desk.world
    today = desk.clock.today()
    level = units.get(conn, essay.unit_id).duty_level
    missing = duties.missing_essays(conn, world.plan, essay.unit_id, level, today)
    text = texts.received(
        essay.author, what, essay.arrived_at, world.zone, [one.full_name for one in missing]
    )
    buttons: list[Button] = [
        go(texts.NEXT_ONE, "essay"),
        go(texts.END, "essay", "end"),
        go(texts.WRONG_PERSON, "essaymove", essay.id),
    ]
    return Reply(text, buttons)


job = Job("files", timedelta(seconds=2), run)
