"""[Đổi bí thư]: somebody takes over from a day on; drafts, reminders and rights follow the position.

▸ [Đổi bí thư]
  Bí thư mới của Chi đoàn thôn 3 là ai? Hiện nay: Lê Thị Mai.   [Trần Văn Hùng] [Phạm Thu Hà] [Người khác]
▸ Trần Văn Hùng
  Đồng chí Trần Văn Hùng làm bí thư từ ngày nào?   [Hôm nay]
▸ Hôm nay
  Chi đoàn thôn 3, từ ngày 14/11: …   [Xác nhận] [Huỷ]
▸ Xác nhận
  Đã ghi: đồng chí Trần Văn Hùng là Bí thư Chi đoàn thôn 3 từ ngày 14/11.   [Lời mời] [Về đơn vị]
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import positions as texts
from bot.texts import say
from handlers import days, newcomer
from handlers.newcomer import Newcomer
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit
from rules.rights import acting_roles
from storage import people, positions
from storage.positions import Seat
from storage.units import Unit

OTHER = "other"
SHOWN = 8


class Step(StrEnum):
    WHO = "who"
    NAME = "name"
    PHONE = "phone"
    SAME = "same"
    DAY = "day"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    who: Newcomer = Newcomer()
    day: date | None = None


flow = Conversation("handover", Draft, first=Step.WHO, for_superiors=True)


def handover_pressed(turn: Turn, argument: str) -> Answer:
    unit = managed_unit(turn, argument)
    return unit if isinstance(unit, Reply) else Start(flow.name, Draft(unit=unit.id), unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Đổi {say.lower_first(_role(turn))} {turn.unit(draft.unit).name}"


@flow.asks(Step.WHO)
def ask_who(turn: Turn, draft: Draft) -> Reply:
    lead = _lead(turn)
    now = [one.full_name for one in people.holders(turn.conn, draft.unit, turn.today, [lead])]
    others = _others(turn, draft)
    text = texts.who_takes_over(turn.unit(draft.unit).name, _role(turn), now, people=bool(others))
    labels = turn.labels_of(list(others.values()))
    buttons = [Button(label, str(person_id)) for person_id, label in zip(others, labels, strict=True)]
    return Reply(text, [*buttons, Button(texts.OTHER_PERSON, OTHER)] if buttons else [])


@flow.receives(Step.WHO)
def receive_who(turn: Turn, draft: Draft, event: Event) -> Outcome:
    others = _others(turn, draft)
    match event:
        case Press(choice="other"):
            return Step.NAME
        case Press(choice=choice) if any(choice == str(one) for one in others):
            draft.who = Newcomer(name=others[int(choice)].full_name, person=int(choice))
            return Step.DAY
        case Press():
            return None
    # Whoever types the name instead of pressing it.
    return receive_name(turn, draft, event)


@flow.asks(Step.NAME)
def ask_name(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.name_of_successor(_role(turn)))


@flow.receives(Step.NAME, prose=True)
def receive_name(turn: Turn, draft: Draft, event: Event) -> Outcome:
    name = newcomer.read_name(event)
    if not isinstance(name, str):
        return name
    draft.who = Newcomer(name=name)
    return Step.PHONE


@flow.asks(Step.PHONE)
def ask_phone(turn: Turn, draft: Draft) -> Reply:
    return newcomer.ask_phone(draft.who)


@flow.receives(Step.PHONE, prose=True)
def receive_phone(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return newcomer.receive_phone(
        turn, draft.unit, draft.who, event, Step.SAME, lambda: _unless_leading(turn, draft)
    )


@flow.asks(Step.SAME)
def ask_same(turn: Turn, draft: Draft) -> Reply:
    return newcomer.ask_same(turn, turn.unit(draft.unit), draft.who)


@flow.receives(Step.SAME)
def receive_same(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return newcomer.receive_same(turn, draft.unit, draft.who, event, lambda: _unless_leading(turn, draft))


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    text = texts.over_from_which_day(draft.who.name, _role(turn))
    return days.ask_any_day(text)


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return days.receive_any_day(turn, draft, event, lambda: _why_not(turn, draft), Step.SUMMARY)


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    assert draft.day is not None
    relieved = [
        texts.relieved(seat.full_name, newcomer.role_name(turn, seat.role))
        for seat in _relieved(turn, draft)
        if seat.role != _lead(turn) or seat.person_id != draft.who.person
    ]
    text = texts.handover_summary(
        turn.unit(draft.unit).name,
        _role(turn),
        draft.who.name,
        newcomer.shown_phone(turn, draft.who),
        draft.day,
        turn.today,
        relieved,
        *newcomer.notes(turn, draft.who),
    )
    return Reply(text, confirm_buttons())


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    assert draft.day is not None
    refusal = _why_not(turn, draft)
    if refusal:
        return Refusal(refusal)
    person_id = newcomer.settle(turn, unit.id, draft.who)
    lead, day, today = _lead(turn), draft.day, turn.today
    positions.hand_over(turn.conn, unit.id, lead, person_id, day, acting_roles(turn.plan), turn.sender)
    turn.tell(person_id, Reply(texts.told_newcomer(_role(turn), unit.name, day, today)))
    text = texts.handed_over(draft.who.name, _role(turn), unit.name, day, today)
    return Done(Reply(text, newcomer.what_next(turn, unit, person_id)))


def _lead(turn: Turn) -> str:
    """The highest role that acts for a unit: the secretary."""
    return acting_roles(turn.plan)[0]


def _role(turn: Turn) -> str:
    return newcomer.role_name(turn, _lead(turn))


def _others(turn: Turn, draft: Draft) -> dict[int, people.Holder]:
    """The unit's people who do not lead it yet."""
    lead, roles = _lead(turn), newcomer.all_roles(turn)
    found = [one for one in people.holders(turn.conn, draft.unit, turn.today, roles) if one.role != lead]
    return {one.id: one for one in found[:SHOWN]}


def _relieved(turn: Turn, draft: Draft) -> list[Seat]:
    assert draft.day is not None
    acts = acting_roles(turn.plan)
    return positions.relieved(turn.conn, draft.unit, _lead(turn), draft.who.person, draft.day, acts)


def _unless_leading(turn: Turn, draft: Draft) -> Outcome:
    return Refusal(_leads_already(turn, draft)) if _leads(turn, draft) else Step.DAY


def _leads(turn: Turn, draft: Draft) -> bool:
    """Today already; who was to take over later may do so earlier."""
    seat = newcomer.holds(turn, draft.unit, draft.who.person, _lead(turn))
    return seat is not None and seat.begun(turn.today)


def _leads_already(turn: Turn, draft: Draft) -> str:
    return texts.already_held(draft.who.name, _role(turn), turn.unit(draft.unit).name)


def _why_not(turn: Turn, draft: Draft) -> str | None:
    """Nobody is relieved before they began; what was only given ahead is taken back instead."""
    if _leads(turn, draft):
        return _leads_already(turn, draft)
    assert draft.day is not None
    for seat in _relieved(turn, draft):
        if seat.begun(turn.today) and not seat.begun(draft.day) and seat.valid_from is not None:
            return texts.before_it_began(seat.full_name, seat.valid_from, turn.today)
    return None
