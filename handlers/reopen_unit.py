"""[Mở lại]: after the plan was closed one unit may report until a day.

▸ [Mở lại]
  Mở lại cho Chi đoàn thôn 3 báo cáo đến hết ngày nào?
▸ 20/01
  Mở lại Chi đoàn thôn 3 đến hết ngày 20/01. …   [Xác nhận] [Huỷ]
▸ Xác nhận
  Đã mở lại Chi đoàn thôn 3 đến hết ngày 20/01.   [Về đơn vị]
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event
from bot.engine.owed_buttons import START_REPORT
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import status as status_texts
from bot.texts import unit_changes as texts
from handlers import days
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit, to_card
from rules.deadlines import locked
from storage import reopenings
from storage.units import Unit


class Step(StrEnum):
    UNTIL = "until"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    until: date | None = None


flow = Conversation("reopen", Draft, first=Step.UNTIL, for_superiors=True)


def reopen_pressed(turn: Turn, argument: str) -> Answer:
    unit = managed_unit(turn, argument)
    if isinstance(unit, Reply):
        return unit
    if not locked(turn.plan, turn.arrived, turn.world.zone):
        return Reply(texts.NOT_LOCKED, [to_card(unit)])
    return Start(flow.name, Draft(unit=unit.id), unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Mở lại {turn.unit(draft.unit).name}"


@flow.asks(Step.UNTIL)
def ask_until(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.until_which_day(turn.unit(draft.unit).name, _open_until(turn, draft), turn.today))


@flow.receives(Step.UNTIL)
def receive_until(turn: Turn, draft: Draft, event: Event) -> Outcome:
    until = days.read_day_ahead(turn, event)
    if not isinstance(until, date):
        return until
    draft.until = until
    refusal = _why_not(turn, draft)
    return Refusal(refusal) if refusal else Step.SUMMARY


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    assert draft.until is not None
    text = texts.reopen_summary(turn.unit(draft.unit).name, draft.until, turn.today)
    return Reply(text, confirm_buttons())


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    assert draft.until is not None
    refusal = _why_not(turn, draft)
    if refusal:
        return Refusal(refusal)
    reopenings.reopen(
        turn.conn,
        turn.plan.code,
        unit.id,
        until=draft.until,
        by_person_id=turn.person_id,
        at=turn.arrived,
    )
    news = texts.told_of_reopening(unit.name, draft.until, turn.today)
    turn.tell_acting(unit.id, Reply(news, [go(status_texts.REPORT, START_REPORT, unit.id)]))
    return Done(Reply(texts.reopened(unit.name, draft.until, turn.today), [to_card(unit)]))


def _open_until(turn: Turn, draft: Draft) -> date | None:
    """None: not open now."""
    until = reopenings.open_until(turn.conn, turn.plan.code, draft.unit)
    return until if until is not None and until >= turn.today else None


def _why_not(turn: Turn, draft: Draft) -> str | None:
    already = _open_until(turn, draft)
    assert draft.until is not None
    if already is not None and draft.until <= already:
        return texts.open_longer_already(already, turn.today)
    if draft.until < turn.today:
        return texts.day_is_over(draft.until, turn.today)
    return None
