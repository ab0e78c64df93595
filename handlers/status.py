"""/trangthai, and what the buttons under a reminder do.

Còn 2 ngày, chậm nhất hết ngày 29/12, Chi đoàn thôn 3 cần: …
[Báo cáo] [Nộp bài] / [Đã có lịch] [Để sau]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Outcome, Start
from bot.engine.events import Event
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import documents as document_texts
from bot.texts import participation as report_texts
from bot.texts import reminders as texts
from bot.texts import sessions as session_texts
from bot.texts import trainings as training_texts
from handlers import days, menu, owed
from rules.duties import duty
from rules.plan import DutyKind
from rules.reminders import tomorrow
from storage import duties, reminders


def status_command(turn: Turn, _args: str) -> Reply:
    menu.refresh(turn)
    return owed.status(turn)


def status_pressed(turn: Turn, _argument: str) -> Reply:
    return owed.status(turn)


def later_pressed(turn: Turn, _argument: str) -> Reply:
    """[Để sau]: nothing more until tomorrow."""
    local = turn.now.astimezone(turn.world.zone)
    reminders.put_off(turn.conn, turn.person_id, turn.plan.code, tomorrow(turn.plan.reminders, local))
    return Reply(texts.SNOOZED, replaces=False)


class Step(StrEnum):
    DAY = "day"


class Draft(BaseModel):
    unit: int
    duty: str


_QUESTIONS = {
    DutyKind.PARTICIPATION: report_texts.WHEN_PLANNED,
    DutyKind.SESSION: session_texts.WHEN_PLANNED,
    DutyKind.DOCUMENT: document_texts.WHEN_PLANNED,
    DutyKind.TRAINING: training_texts.WHEN_PLANNED,
}
# [Đã có lịch] asks for the day and is silent until its evening.
flow = Conversation("planned", Draft, first=Step.DAY)


def planned_pressed(turn: Turn, argument: str) -> Answer:
    for post in turn.acting_posts:
        for one in duties.of_unit(turn.conn, turn.plan, post):
            if one.report_id is None and one.duty.remind and f"{post.unit_id}" == argument:
                return Start(flow.name, Draft(unit=post.unit_id, duty=one.duty.code), post.unit_id)
    return owed.status(turn)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Lịch học của {turn.unit(draft.unit).name}"


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    question = _QUESTIONS[duty(turn.plan, draft.duty).kind]
    return Reply(question, [Button(report_texts.NO_DAY_YET, days.NO_DAY)])


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return days.record_planned_day(turn, event, draft.duty, draft.unit)
