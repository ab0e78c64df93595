"""The telephone list: who has not reported, and what came of each call.

▸ [Đơn vị chưa báo cáo]
  4 chi đoàn chưa báo cáo (31/35 đã báo cáo, 28 đúng hạn) …   [Đã gọi thôn 3] … [Soạn tin nhóm Zalo]
▸ Đã gọi thôn 3
  Chi đoàn thôn 3: kết quả cuộc gọi thế nào?   [Hẹn ngày…] [Không nghe máy] [Đã đổi bí thư] [Báo hộ]
▸ Hẹn ngày…
  Đơn vị hẹn học ngày nào?
▸ 20/12
  Đã ghi: Chi đoàn thôn 3 hẹn 20/12.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event
from bot.engine.phone_page import CALLED, LACKING, MISSING, NUDGE, ZALO, lacking_page, overview, phone_page
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import phone_list as texts
from bot.texts import say
from handlers import days
from handlers.unit_rights import explained
from rules.audience import main_duties
from rules.deadlines import last_day, remind_deadline
from rules.duties import main_duty
from rules.plan import Duty, DutyKind
from rules.reminders import quiet_until
from storage import calls, nudges, reports, submitting
from storage.models import CallResult
from storage.units import Unit

RESULT = "callres"
ON_BEHALF = "behalf"
HANDOVER = "handover"


def missing_pressed(turn: Turn, argument: str) -> Answer:
    unit, page = _unit_and_rest(turn, argument)
    if isinstance(unit, Reply):
        return unit
    shown = phone_page(turn.conn, turn.world, unit, page, turn.today)
    return shown or Reply(texts.nobody_missing(unit.name))


def lacking_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<duty>[.<page>]`: who has not handed in this document."""
    unit, rest = _unit_and_rest(turn, argument)
    if isinstance(unit, Reply):
        return unit
    code, _, page = rest.partition(".")
    for duty in turn.plan.duties:
        if duty.code == code and duty.kind is DutyKind.DOCUMENT:
            shown = lacking_page(turn.conn, turn.world, unit, duty, page, turn.today)
            return shown or Reply(texts.nobody_lacks(duty, unit.name))
    return Reply(engine_texts.NOT_YOURS)


def called_pressed(turn: Turn, argument: str) -> Answer:
    unit, _ = _unit_and_rest(turn, argument, below=True)
    if isinstance(unit, Reply):
        return unit
    duty = _duty(turn, unit)
    if duty is None:
        return Reply(engine_texts.NOT_YOURS)
    if reports.find(turn.conn, turn.plan.code, duty.code, unit.id):
        return Reply(texts.REPORTED_MEANWHILE, replaces=False)
    _note(turn, unit.id, CallResult.REACHED)
    return Reply(
        texts.what_came_of_it(unit.name),
        [
            go(texts.PROMISED, RESULT, f"{unit.id}.day"),
            go(texts.NO_ANSWER, RESULT, f"{unit.id}.none"),
            go(texts.NEW_SECRETARY, RESULT, f"{unit.id}.new"),
            go(texts.ON_BEHALF, ON_BEHALF, unit.id),
            go(texts.BACK_TO_LIST, MISSING, _desk_above(turn, unit)),
        ],
        replaces=False,
    )


def result_pressed(turn: Turn, argument: str) -> Answer:
    unit, result = _unit_and_rest(turn, argument, below=True)
    if isinstance(unit, Reply):
        return unit
    if _duty(turn, unit) is None:
        return Reply(engine_texts.NOT_YOURS)
    match result:
        case "day":
            return Start(flow.name, Draft(unit=unit.id), unit.id)
        case "none":
            _note(turn, unit.id, CallResult.NO_ANSWER)
            buttons = [
                go(texts.ON_BEHALF, ON_BEHALF, unit.id),
                go(texts.BACK_TO_LIST, MISSING, _desk_above(turn, unit)),
            ]
            return Reply(texts.NO_ANSWER_NOTED, buttons)
        case "new":
            _note(turn, unit.id, CallResult.NEW_SECRETARY)
            return Reply(texts.who_is_new(unit.name), [go(texts.NAME_NEW, HANDOVER, unit.id)])
    return Reply(engine_texts.NOT_YOURS)


def zalo_pressed(turn: Turn, argument: str) -> Answer:
    """A text for the group: how many have reported, nobody's name."""
    unit, _ = _unit_and_rest(turn, argument)
    if isinstance(unit, Reply):
        return unit
    duty = main_duty(turn.plan)
    seen = overview(turn.conn, turn.world, unit, turn.today)
    if duty is None or not seen.units:
        return Reply(texts.nobody_missing(unit.name))
    before = remind_deadline(duty, duty.levels[-1])
    until = say.until(last_day(before), turn.today) if before else ""
    text = texts.zalo(turn.plan.call_name, duty.title, until, seen.tally.received, seen.tally.due)
    return Reply(texts.zalo_to_copy(text), replaces=False)


def nudge_pressed(turn: Turn, argument: str) -> Answer:
    """[Đôn đốc ngay]: the reminders' tick writes the digests."""
    unit, _ = _unit_and_rest(turn, argument)
    if isinstance(unit, Reply):
        return unit
    seen = overview(turn.conn, turn.world, unit, turn.today)
    if not seen.units:
        return Reply(texts.nobody_missing(unit.name))
    before = nudges.record(
        turn.conn, turn.plan.code, unit.id, turn.today, by_person_id=turn.person_id, at=turn.now
    )
    if before is not None:
        return Reply(texts.nudged_already(before, turn.world.zone), replaces=False)
    asked = [one for one in seen.units if one.planned_on is None or one.planned_on < turn.today]
    until = quiet_until(turn.plan.reminders, turn.now.astimezone(turn.world.zone))
    return Reply(
        texts.nudged(len(asked), unit.name, say.hour(until.time()) if until else None), replaces=False
    )


def _unit_and_rest(turn: Turn, argument: str, *, below: bool = False) -> tuple[Unit | Reply, str]:
    """The unit that a button is about, where the person may look at it from a desk, or what to say to one that
    is old or not theirs; `below`: one that is led.
    """
    number, _, rest = argument.partition(".")
    unit_id = callbacks.read_id(number)
    if unit_id is None or not turn.desks or not (turn.is_above(unit_id) if below else turn.sees(unit_id)):
        return Reply(engine_texts.NOT_YOURS), ""
    unit = turn.unit(unit_id)
    return (explained(turn, unit) if unit.closed(turn.today) else unit), rest


def _desk_above(turn: Turn, unit: Unit) -> int:
    """The nearest desk of the person above the unit."""
    above = [desk for desk in turn.desks if unit.path.startswith(desk.path)]
    return max(above, key=lambda desk: len(desk.path)).unit_id


def _duty(turn: Turn, unit: Unit) -> Duty | None:
    return next((one for one in main_duties(turn.plan) if unit.duty_level in one.levels), None)


def _note(turn: Turn, unit_id: int, result: CallResult, day: date | None = None) -> None:
    calls.record(
        turn.conn, turn.plan.code, unit_id, result, by_person_id=turn.person_id, at=turn.now, day=day
    )


# -- a day that was promised on the telephone


class Step(StrEnum):
    DAY = "day"


class Draft(BaseModel):
    unit: int


flow = Conversation("promised", Draft, first=Step.DAY, for_superiors=True)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Lịch hẹn của {turn.unit(draft.unit).name}"


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_DAY)


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = days.read_day_ahead(turn, event)
    if not isinstance(day, date):
        return day
    unit = turn.unit(draft.unit)
    if unit.closed(turn.today):
        return Done(explained(turn, unit))
    duty = _duty(turn, unit)
    assert duty is not None
    submitting.record_planned(turn.conn, turn.plan.code, duty.code, unit.id, day, turn.sender)
    _note(turn, unit.id, CallResult.PROMISED, day)
    back = go(texts.BACK_TO_LIST, MISSING, _desk_above(turn, unit))
    return Done(Reply(texts.promised(unit.name, day), [back]))


BUTTONS = {
    MISSING: missing_pressed,
    LACKING: lacking_pressed,
    CALLED: called_pressed,
    RESULT: result_pressed,
    ZALO: zalo_pressed,
    NUDGE: nudge_pressed,
}
