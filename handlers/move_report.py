"""[Chuyển báo cáo]: a report that was made for the wrong unit goes to the right one.

▸ [Chuyển báo cáo]
  Chi đoàn thôn 3: báo cáo nào ghi nhầm đơn vị?   [Mã 0412, Báo cáo kết quả học tập]
▸ Mã 0412, Báo cáo kết quả học tập
  Báo cáo mã 0412 đúng ra của đơn vị nào?
▸ thôn 5
  Chuyển báo cáo mã 0412 …: từ Chi đoàn thôn 3 sang Chi đoàn thôn 5 …   [Xác nhận] [Huỷ]
▸ Xác nhận
  Đã chuyển báo cáo mã 0412 sang Chi đoàn thôn 5.   [Về đơn vị]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import unit_changes as texts
from bot.texts.help import STATUS
from handlers import unit_naming
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit, still_managed, to_card
from rules.plan import Duty, DutyKind
from storage import moving, reports, unit_cards
from storage.unit_cards import CardReport
from storage.units import Unit

SHOWN = 8


class Step(StrEnum):
    WHICH = "which"
    TO = "to"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    report: int | None = None
    offered: list[int] = []
    to: int | None = None


flow = Conversation("move_report", Draft, first=Step.WHICH, for_superiors=True)


def move_pressed(turn: Turn, argument: str) -> Answer:
    unit = managed_unit(turn, argument)
    if isinstance(unit, Reply):
        return unit
    if not _movable(turn, unit.id):
        return Reply(texts.NOTHING_TO_MOVE, [to_card(unit)])
    return Start(flow.name, Draft(unit=unit.id), unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Chuyển báo cáo của {turn.unit(draft.unit).name}"


@flow.asks(Step.WHICH)
def ask_which(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button(texts.report_label(report.id, duty.title), str(report.id))
        for report, duty in list(_movable(turn, draft.unit).values())[:SHOWN]
    ]
    return Reply(texts.which_report(turn.unit(draft.unit).name), buttons)


@flow.receives(Step.WHICH)
def receive_which(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if any(choice == str(one) for one in _movable(turn, draft.unit)):
            draft.report = int(choice)
            return Step.TO
    return None


@flow.asks(Step.TO)
def ask_to(turn: Turn, draft: Draft) -> Reply:
    assert draft.report is not None
    if draft.offered:
        return Reply(texts.WHICH_UNIT, unit_naming.buttons(turn, draft.offered))
    return Reply(texts.which_is_right(draft.report))


@flow.receives(Step.TO)
def receive_to(turn: Turn, draft: Draft, event: Event) -> Outcome:
    named = unit_naming.read_unit(turn, event, draft.offered, ())
    if isinstance(named, unit_naming.Offers):
        draft.offered = named.units
        return Step.TO
    if not isinstance(named, Unit):
        return named
    chosen = _chosen(turn, draft)
    if chosen is None:
        return Done(Reply(texts.MOVED_MEANWHILE))
    refusal = _why_not(turn, draft, chosen[1], named)
    if refusal:
        return Refusal(refusal)
    draft.to = named.id
    return Step.SUMMARY


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    chosen = _chosen(turn, draft)
    if chosen is None or draft.to is None:
        return Reply(texts.MOVED_MEANWHILE)
    report, duty = chosen
    text = texts.move_summary(report.id, duty.title, turn.unit(draft.unit).name, turn.unit(draft.to).name)
    return Reply(text, confirm_buttons())


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    assert draft.to is not None
    to = still_managed(turn, draft.to)
    if isinstance(to, Done):
        return to
    chosen = _chosen(turn, draft)
    if chosen is None:
        return Done(Reply(texts.MOVED_MEANWHILE, [to_card(unit)]))
    report, duty = chosen
    refusal = _why_not(turn, draft, duty, to)
    if refusal:
        return Refusal(refusal)
    moving.move_report(turn.conn, report.id, to, several=_several(duty), by=turn.sender)
    status = [go(STATUS, "status")]
    turn.tell_acting(unit.id, Reply(texts.told_it_left(report.id, unit.name, duty.title), status))
    turn.tell_acting(to.id, Reply(texts.told_it_came(report.id, to.name, duty.title), status))
    return Done(Reply(texts.moved(report.id, to.name), [to_card(to)]))


def _movable(turn: Turn, unit_id: int) -> dict[int, tuple[CardReport, Duty]]:
    """By code; a session that a branch held for itself goes along with its participation."""
    duties = {duty.code: duty for duty in turn.plan.duties}
    return {
        one.id: (one, duties[one.duty])
        for one in unit_cards.reports_of(turn.conn, turn.plan.code, unit_id)
        if one.duty in duties and not one.own
    }


def _chosen(turn: Turn, draft: Draft) -> tuple[CardReport, Duty] | None:
    """None: it is not this unit's any more."""
    return _movable(turn, draft.unit).get(draft.report or 0)


def _several(duty: Duty) -> bool:
    """A host may have held more than one session."""
    return duty.kind is DutyKind.SESSION


def _why_not(turn: Turn, draft: Draft, duty: Duty, to: Unit) -> str | None:
    if to.id == draft.unit:
        return texts.ITSELF
    if turn.locked(draft.unit) or turn.locked(to.id):
        return texts.LOCKED
    if to.duty_level not in duty.levels:
        return texts.has_no_such_duty(to.name, duty.title)
    if not _several(duty) and reports.find(turn.conn, turn.plan.code, duty.code, to.id):
        return texts.has_one_already(to.name, duty.title)
    return None
