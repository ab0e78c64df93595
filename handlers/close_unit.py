"""[Sáp nhập], [Đóng đơn vị]: a unit is no more from a day on; what is below it goes to the one that takes it in.

▸ [Sáp nhập]
  Đoàn xã Hoằng Quỳ sáp nhập vào đơn vị nào, cùng cấp? …
▸ Hoằng Kim
  Đoàn xã Hoằng Quỳ sáp nhập vào Đoàn xã Hoằng Kim từ ngày nào?   [Hôm nay]
▸ 01/12
  Sáp nhập Đoàn xã Hoằng Quỳ vào Đoàn xã Hoằng Kim từ ngày 01/12: …   [Xác nhận] [Huỷ]
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts import unit_changes as texts
from handlers import days, newcomer, unit_naming
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit, still_managed, to_card
from rules.rights import acting_roles
from storage import people, positions, unit_changes
from storage.people import Holder
from storage.units import Unit


class Step(StrEnum):
    INTO = "into"
    DAY = "day"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    merges: bool
    into: int | None = None
    offered: list[int] = []
    day: date | None = None


flow = Conversation("close_unit", Draft, first=Step.INTO, for_superiors=True)


def merge_pressed(turn: Turn, argument: str) -> Answer:
    unit = managed_unit(turn, argument)
    if isinstance(unit, Reply):
        return unit
    if unit.parent_id is None:
        return Reply(texts.THE_TOP_STAYS, [to_card(unit)])
    return Start(flow.name, Draft(unit=unit.id, merges=True), unit.id)


def close_pressed(turn: Turn, argument: str) -> Answer:
    unit = managed_unit(turn, argument)
    if isinstance(unit, Reply):
        return unit
    if unit.parent_id is None:
        return Reply(texts.THE_TOP_STAYS, [to_card(unit)])
    below = unit_changes.open_below(turn.conn, unit.id, turn.today)
    if below:
        return Reply(texts.units_below(below), [to_card(unit)])
    return Start(flow.name, Draft(unit=unit.id, merges=False), unit.id, Step.DAY)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"{'Sáp nhập' if draft.merges else 'Đóng'} {turn.unit(draft.unit).name}"


@flow.asks(Step.INTO)
def ask_into(turn: Turn, draft: Draft) -> Reply:
    if draft.offered:
        return Reply(texts.WHICH_UNIT, unit_naming.buttons(turn, draft.offered))
    return Reply(texts.merge_into_which(turn.unit(draft.unit).name))


@flow.receives(Step.INTO)
def receive_into(turn: Turn, draft: Draft, event: Event) -> Outcome:
    named = unit_naming.read_unit(turn, event, draft.offered, [turn.unit(draft.unit).duty_level])
    if isinstance(named, unit_naming.Offers):
        draft.offered = named.units
        return Step.INTO
    if not isinstance(named, Unit):
        return named
    refusal = _why_not_into(draft, turn.unit(draft.unit), named)
    if refusal:
        return Refusal(refusal)
    draft.into = named.id
    return Step.DAY


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    name, into = turn.unit(draft.unit).name, _into(turn, draft)
    text = texts.merge_from_which_day(name, into.name) if into else texts.close_from_which_day(name)
    return days.ask_any_day(text)


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return days.receive_any_day(
        turn, draft, event, lambda: _why_not(turn, draft, turn.unit(draft.unit)), Step.SUMMARY
    )


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    assert draft.day is not None
    unit, into = turn.unit(draft.unit), _into(turn, draft)
    seats = len(positions.of_unit(turn.conn, unit.id, draft.day, newcomer.all_roles(turn)))
    if into is None:
        text = texts.close_summary(unit.name, draft.day, turn.today, seats)
    else:
        below = unit_changes.open_below(turn.conn, unit.id, draft.day)
        text = texts.merge_summary(unit.name, into.name, draft.day, turn.today, seats, below)
    return Reply(text, confirm_buttons())


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    assert draft.day is not None
    into = still_managed(turn, draft.into) if draft.into is not None else None
    if isinstance(into, Done):
        return into
    refusal = _why_not(turn, draft, unit)
    if refusal:
        return Refusal(refusal)
    told = [*_people(turn, unit), *(_people(turn, into) if into else ())]
    unit_changes.close(turn.conn, unit, draft.day, into, newcomer.all_roles(turn), turn.sender)
    if into is not None and draft.day <= turn.today:
        unit_changes.move_below(turn.conn, unit.id, turn.now)
    news = texts.told_of_closing(unit.name, into.name if into else None, draft.day, turn.today)
    for person_id in dict.fromkeys(one.id for one in told):
        if person_id != turn.account.person_id:
            turn.tell(person_id, Reply(news))
    if into is None:
        return Done(Reply(texts.closed(unit.name, draft.day, turn.today), [to_card(unit)]))
    return Done(Reply(texts.merged(unit.name, into.name, draft.day, turn.today), [to_card(into)]))


def _into(turn: Turn, draft: Draft) -> Unit | None:
    return turn.unit(draft.into) if draft.into is not None else None


def _people(turn: Turn, unit: Unit) -> list[Holder]:
    return people.holders(turn.conn, unit.id, turn.today, acting_roles(turn.plan))


def _why_not(turn: Turn, draft: Draft, unit: Unit) -> str | None:
    assert draft.day is not None
    if unit.valid_from is not None and draft.day <= unit.valid_from:
        return texts.before_it_existed(unit.valid_from, turn.today)
    into = _into(turn, draft)
    if into is not None:
        return _why_not_into(draft, unit, into)
    below = unit_changes.open_below(turn.conn, unit.id, draft.day)
    return texts.units_below(below) if below else None


def _why_not_into(draft: Draft, unit: Unit, into: Unit) -> str | None:
    if into.id == draft.unit:
        return texts.ITSELF
    if into.level != unit.level:
        return texts.no_such_unit(into.name)
    return texts.CLOSES_TOO if into.valid_to is not None else None
