"""The codes on the screens of open halls: sent once, changed every minute, marked when the check-in is over.

One picture a hall, drawn anew and put in the place of the one that the message has: nothing piles up in the
chat. More halls than the messenger lets be changed in a minute change more slowly, and their codes stay good
for as long (`rules.check_in.minutes_shown`).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection
from telegram.error import TelegramError

from bot.engine.check_in_buttons import CLOSE, OPEN, WHO
from bot.engine.replies import Reply, payload
from bot.engine.turn import go, standing_rows
from bot.texts import check_ins as texts
from rules import check_in
from rules.rights import may_act_for
from scheduler.job import Desk, Job
from scheduler.telling import queue
from storage import accounts, check_ins, made_files, outbox
from storage.accounts import Account
from storage.check_ins import Hall, Screen
from storage.outbox import Row
from storage.writer import Priority

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class View:
    """What the screens of one hall show from now on."""

    hall: Hall
    total: int
    now: datetime
    picture: str  # below the data folder

    @property
    def is_over(self) -> bool:
        return not self.hall.is_open(self.now)


@dataclass
class Screens:
    """Remembers the bot's name, for the links."""

    _bot: str | None = None

    async def run(self, desk: Desk) -> dict[str, int]:
        due = await desk.writer.run(Priority.JOB, partial(_due, desk))
        if due and self._bot is None:
            self._bot = await _bot_name(desk)
        shown = 0
        for meeting_id, screens in due:
            view = await asyncio.to_thread(look, desk, meeting_id, self._bot)
            if view is not None:
                rows = await desk.writer.run(Priority.JOB, partial(show, desk, view, screens))
                desk.sender.offer(rows)
                shown += len(rows)
        return {"shown": shown}


def _due(desk: Desk, conn: Connection) -> list[tuple[int, list[Screen]]]:
    """By meeting: screens that show an old code, or one that is over."""
    screens = check_ins.screens(conn)
    if not screens:
        return []
    now = desk.clock.now()
    over = check_ins.over(conn, {one.meeting_id for one in screens}, now)
    patience = check_in.minutes_shown(len(screens)) * check_in.MINUTE
    minute = check_in.minute_of(now)
    due = [
        one
        for one in screens
        if one.shown_at is None or one.meeting_id in over or not one.shown_at > minute - patience
    ]
    ordered = sorted(due, key=lambda one: one.meeting_id)
    return [(key, list(of)) for key, of in groupby(ordered, key=lambda one: one.meeting_id)]


def look(desk: Desk, meeting_id: int, bot: str | None) -> View | None:
    """In a thread of its own: the picture of this minute."""
    from reports import check_in_picture  # with a library that is large, and most days no hall is open

    now = desk.clock.now()
    with desk.database.reading() as conn:
        hall = check_ins.hall(conn, meeting_id, desk.world.plan.code)
        if hall is None:
            return None
        total = check_ins.count(conn, meeting_id).total
    is_open = hall.is_open(now)
    digits = check_in.code(hall.secret, now)
    link = f"https://t.me/{bot}?start={check_in.start_payload(hall.id, digits)}" if bot and is_open else None
    shown = check_in_picture.Shown(
        title=texts.PICTURE_TITLE if is_open else texts.PICTURE_OVER,
        host=hall.host_name,
        where=texts.picture_where(hall),
        total=texts.picture_total(total),
        how=texts.picture_how(bot),
        digits=digits if is_open else None,
        link=link,
    )
    name, path = _file(desk.world.data_dir, hall)
    check_in_picture.draw(shown, path)
    return View(hall, total, now, name)


def _file(data_dir: Path, hall: Hall) -> tuple[str, Path]:
    """One a hall, drawn over and over; nobody guesses its name without the secret."""
    return made_files.named_file(data_dir, f"{hall.id}-{hall.secret[:16]}.png")


def show(desk: Desk, view: View, screens: Sequence[Screen], conn: Connection) -> list[Row]:
    """Rows to offer to the sender once they are committed."""
    rows = []
    for screen in screens:
        account = accounts.by_id(conn, screen.account_id)
        if not check_ins.still_there(conn, screen):
            continue  # a new message was asked for meanwhile
        if account is None or not _still_host(desk, conn, account, view.hall):
            check_ins.put_away(conn, screen)
            continue
        rows += _send(desk, conn, view, screen, account)
    return rows


def _still_host(desk: Desk, conn: Connection, account: Account, hall: Hall) -> bool:
    """The office may have ended, or the phone be somebody else's by now."""
    if account.person_id is None:
        return False
    posts = accounts.posts(conn, account.person_id, desk.clock.today())
    return may_act_for(desk.world.plan, posts, hall.host_path)


def _send(desk: Desk, conn: Connection, view: View, screen: Screen, account: Account) -> list[Row]:
    key = f"checkin:{screen.meeting_id}:{screen.account_id}:{screen.number}"
    sent = outbox.state_of(conn, key)
    if sent is not None and sent[0] in outbox.UNFINISHED:
        return []  # on its way: changed once it has arrived
    if view.is_over or (sent is not None and sent[1] is None):
        check_ins.put_away(conn, screen)
    else:
        check_ins.shown(conn, screen, check_in.minute_of(view.now))
    if sent is None and not view.is_over:
        return queue(desk, conn, account, _form(view, desk), key=key)
    if sent is None or sent[1] is None:
        return []  # it could not be sent: there is nothing to change
    form: dict[str, Any] = {**_form(view, desk), "replace": sent[1], "edit_only": True}
    return queue(desk, conn, account, form)


def _form(view: View, desk: Desk) -> dict[str, Any]:
    zone = desk.world.zone
    if view.is_over:
        text, buttons = texts.screen_over(view.hall, view.total, zone), [go(texts.WHO, WHO, view.hall.id)]
    else:
        text = texts.screen_caption(view.hall, view.total, view.now, zone)
        buttons = [
            go(texts.NEW_CODE, OPEN, f"{view.hall.id}.again"),
            go(texts.CLOSE, CLOSE, view.hall.id),
        ]
    return payload(Reply(text, buttons, picture=view.picture), standing_rows(buttons), None)


async def _bot_name(desk: Desk) -> str | None:
    """None: it could not be asked; the picture then shows the digits alone."""
    try:
        me = await desk.client.call("getMe", read_timeout=10)
    except TelegramError as error:
        log.warning("call failed", method="getMe", error=type(error).__name__)
        return None
    return me.get("username") or None


job = Job("check_ins", timedelta(seconds=1), Screens().run)
