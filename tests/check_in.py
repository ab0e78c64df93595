"""The screens of open halls, run by hand: what a phone shows is sent, changed, and settled as having arrived."""

from typing import Any

from sqlalchemy import select

from bot.clock import wall
from rules import check_in
from scheduler import check_ins as work
from scheduler.job import Desk
from storage import check_ins, outbox
from storage.check_ins import Hall
from storage.models import OutboxState, meeting
from storage.outbox import Row, Settled
from tests.conftest import Province

PLAN = "ke-hoach-66"


def tick(province: Province, bot: str | None = "chidoan_bot") -> list[Row]:
    """One run of the job; what it sent."""
    stage = province.stage
    nothing: Any = None
    desk = Desk(stage.world, stage.database, nothing, stage.clock, nothing, nothing)
    sent: list[Row] = []
    with stage.database.writing() as conn:
        due = work._due(desk, conn)
    for meeting_id, screens in due:
        view = work.look(desk, meeting_id, bot)
        assert view is not None
        with stage.database.writing() as conn:
            sent += work.show(desk, view, screens, conn)
    stage.deliver(sent)
    with stage.database.writing() as conn:
        settled = [
            Settled(row.id, OutboxState.SENT, None, 1, message_id=_message_id(province, row)) for row in sent
        ]
        outbox.settle(conn, settled, wall())
    return sent


def _message_id(province: Province, row: Row) -> str:
    person = province.stage.people[row.address]
    return next(one.id for one in reversed(person.messages) if one.text == row.payload["text"])


def halls(province: Province) -> list[Hall]:
    with province.stage.reading() as conn:
        ids = list(conn.scalars(select(meeting.c.id).order_by(meeting.c.id)))
        found = [check_ins.hall(conn, one, PLAN) for one in ids]
    return [one for one in found if one is not None]


def code_now(province: Province, place: int = 0) -> str:
    """Of the n-th hall."""
    return check_in.code(halls(province)[place].secret, province.clock.now())
