"""Makes the sheet of invites that [In mã QR] asked for."""

import structlog
from sqlalchemy import Connection
from telegram.error import TelegramError

from bot.engine.replies import Reply
from bot.texts import invites as texts
from rules.deadlines import local_date
from scheduler.apart import run_apart
from scheduler.job import Desk
from storage import accounts, invites, inviting
from storage.errands import Errand
from storage.made_files import new_file
from storage.units import Unit
from storage.writer import Priority

log = structlog.get_logger()
MOST = 2000  # cards: a district's; a province prints district by district


def make(desk: Desk, errand: Errand, unit: Unit) -> Reply:
    """For everybody below the unit who is not connected, and whom the person may invite today."""
    from reports import invite_sheet  # with a library that is large, and most of the time nobody prints

    plan, now = desk.world.plan, desk.clock.now()
    today = local_date(now, desk.world.zone)
    with desk.database.reading() as conn:
        held = accounts.posts(conn, errand.person_id, today)
        seats = inviting.below(conn, plan, held, unit.path, today)
    if not seats:
        return Reply(texts.NOBODY_TO_INVITE)
    if len(seats) > MOST:
        return Reply(texts.too_many(len(seats), MOST))
    bot = _bot_name(desk)

    def issue(conn: Connection) -> list[str]:
        people = [seat.person_id for seat in seats]
        return invites.issue(conn, people, now, by_person_id=errand.person_id, unit_id=unit.id)

    tokens = desk.writer.submit(Priority.JOB, issue).result()
    roles = {role.code: role.name for role in plan.roles}
    cards = [
        invite_sheet.Card(seat.unit_name, seat.full_name, roles[seat.role], token)
        for seat, token in zip(seats, tokens, strict=True)
    ]
    until = local_date(now + invites.VALID_FOR, desk.world.zone)
    name, path = new_file(desk.world.data_dir, ".pdf")
    pages = run_apart(invite_sheet.write, path, unit.name, cards, bot, until)
    return Reply(
        texts.sheet_caption(unit.name, len(cards), pages, until),
        document=name,
        document_name=f"the-moi-{unit.code}.pdf",
    )


def _bot_name(desk: Desk) -> str | None:
    """None: it could not be asked; the cards then carry the code alone."""
    try:
        me = desk.client.call_from_thread("getMe", read_timeout=10)
    except TelegramError as error:
        log.warning("call failed", method="getMe", error=type(error).__name__)
        return None
    return me.get("username") or None
