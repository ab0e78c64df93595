"""[Thôi chức vụ]: a position ends; from the day that is named it is not held any more.

▸ [Thôi chức vụ]
  Chi đoàn thôn 3: đồng chí nào thôi chức vụ?   [Lê Thị Mai, Bí thư] …
▸ Lê Thị Mai, Bí thư
  Đồng chí Lê Thị Mai thôi Bí thư từ ngày nào?   [Hôm nay]
▸ 20/11
  Đồng chí Lê Thị Mai thôi Bí thư Chi đoàn thôn 3 từ ngày 20/11. …   [Xác nhận] [Huỷ]
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import positions as texts
from bot.texts import say
from handlers import days, newcomer
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit, to_card
from rules.rights import acting_roles
from storage import positions
from storage.positions import Seat
from storage.units import Unit

SHOWN = 12


class Step(StrEnum):
    WHICH = "which"
    DAY = "day"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    person: int | None = None  # only this person's positions are offered
    seat: int | None = None
    day: date | None = None


flow = Conversation("end_position", Draft, first=Step.WHICH, for_superiors=True)


def end_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>`, or `<unit>.<person>`."""
    number, _, person = argument.partition(".")
    unit = managed_unit(turn, number)
    if isinstance(unit, Reply):
        return unit
    draft = Draft(unit=unit.id, person=callbacks.read_id(person))
    if not _seats(turn, draft):
        return Reply(texts.NOTHING_TO_END, [to_card(unit)])
    return Start(flow.name, draft, unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Thôi chức vụ ở {turn.unit(draft.unit).name}"


@flow.asks(Step.WHICH)
def ask_which(turn: Turn, draft: Draft) -> Reply:
    seats = _seats(turn, draft)[:SHOWN]
    if draft.person is not None and seats:
        labels = [f"{_role(turn, seat)}, {seat.unit_name}" for seat in seats]
        text = texts.which_of_theirs(seats[0].full_name)
    else:
        labels = [f"{seat.full_name}, {_role(turn, seat)}" for seat in seats]
        text = texts.which_position(turn.unit(draft.unit).name)
    return Reply(
        text,
        [Button(say.beginning(label, 40), str(seat.id)) for label, seat in zip(labels, seats, strict=True)],
    )


@flow.receives(Step.WHICH)
def receive_which(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if any(choice == str(seat.id) for seat in _seats(turn, draft)):
            draft.seat = int(choice)
            return Step.DAY
    return None


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    seat = _seat(turn, draft)
    text = texts.end_from_which_day(seat.full_name, _role(turn, seat)) if seat else texts.HELD_NO_MORE
    return days.ask_any_day(text)


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return days.receive_any_day(turn, draft, event, lambda: _why_not(turn, draft), Step.SUMMARY)


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    seat = _seat(turn, draft)
    if seat is None or draft.day is None:
        return Reply(texts.HELD_NO_MORE)
    acts = acting_roles(turn.plan)
    nobody = seat.role in acts and not positions.somebody_stays(turn.conn, seat, draft.day, acts)
    text = texts.end_summary(seat, _role(turn, seat), draft.day, turn.today, nobody_left=nobody)
    return Reply(text, confirm_buttons())


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    assert draft.day is not None
    seat = _seat(turn, draft)
    if seat is None or not turn.manages(seat.unit_id):
        return Done(Reply(texts.HELD_NO_MORE, [to_card(unit)]))
    refusal = _why_not(turn, draft)
    if refusal:
        return Refusal(refusal)
    positions.end(turn.conn, seat, draft.day, turn.sender)
    told = texts.ended(seat.full_name, _role(turn, seat), seat.unit_name, draft.day, turn.today)
    return Done(Reply(told, [to_card(turn.unit(seat.unit_id))]))


def _seats(turn: Turn, draft: Draft) -> list[Seat]:
    """Those that may be ended here: of the unit, or the person's in units that this one manages."""
    if draft.person is None:
        return positions.of_unit(turn.conn, draft.unit, turn.today, newcomer.all_roles(turn))
    theirs = positions.of_person(turn.conn, draft.person, turn.today)
    return [seat for seat in theirs if turn.manages(seat.unit_id)]


def _seat(turn: Turn, draft: Draft) -> Seat | None:
    return next((seat for seat in _seats(turn, draft) if seat.id == draft.seat), None)


def _why_not(turn: Turn, draft: Draft) -> str | None:
    seat, day = _seat(turn, draft), draft.day
    if seat is None or day is None:
        return texts.HELD_NO_MORE
    if not seat.begun(day) and seat.valid_from is not None:
        return texts.before_it_began(seat.full_name, seat.valid_from, turn.today)
    acts = acting_roles(turn.plan)
    at_the_top = turn.unit(seat.unit_id).parent_id is None
    if at_the_top and seat.role in acts and not positions.somebody_stays(turn.conn, seat, day, acts):
        return texts.LAST_AT_THE_TOP
    return None


def _role(turn: Turn, seat: Seat) -> str:
    return newcomer.role_name(turn, seat.role)
