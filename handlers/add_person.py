"""[Thêm người]: somebody gets a position in a unit.

▸ [Thêm người]
  Thêm người vào Chi đoàn thôn 3. Họ tên đồng chí ấy là gì?
▸ Nguyễn Thị Hoa
  Đồng chí Nguyễn Thị Hoa giữ chức vụ gì?   [Bí thư] [Phó Bí thư] …
▸ Phó Bí thư
  Số điện thoại của đồng chí Nguyễn Thị Hoa?   [Chưa có]
▸ 0912 345 678
  Thêm vào Chi đoàn thôn 3: …   [Xác nhận] [Huỷ]
▸ Xác nhận
  Đã ghi: đồng chí Nguyễn Thị Hoa là Phó Bí thư Chi đoàn thôn 3.   [Lời mời] [Về đơn vị]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import positions as texts
from handlers import newcomer
from handlers.newcomer import Newcomer
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit
from rules.rights import acting_roles
from storage import people, positions
from storage.units import Unit


class Step(StrEnum):
    NAME = "name"
    ROLE = "role"
    PHONE = "phone"
    SAME = "same"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    who: Newcomer = Newcomer()
    role: str = ""


flow = Conversation("add_person", Draft, first=Step.NAME, for_superiors=True)


def add_pressed(turn: Turn, argument: str) -> Answer:
    unit = managed_unit(turn, argument)
    return unit if isinstance(unit, Reply) else Start(flow.name, Draft(unit=unit.id), unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Thêm người vào {turn.unit(draft.unit).name}"


@flow.asks(Step.NAME)
def ask_name(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.what_name(turn.unit(draft.unit).name))


@flow.receives(Step.NAME, prose=True)
def receive_name(turn: Turn, draft: Draft, event: Event) -> Outcome:
    name = newcomer.read_name(event)
    if not isinstance(name, str):
        return name
    draft.who.name = name
    return Step.ROLE


@flow.asks(Step.ROLE)
def ask_role(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(role.name, role.code) for role in turn.plan.roles]
    return Reply(texts.which_role(draft.who.name), buttons)


@flow.receives(Step.ROLE)
def receive_role(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if any(choice == role.code for role in turn.plan.roles):
            draft.role = choice
            return Step.PHONE
    return None


@flow.asks(Step.PHONE)
def ask_phone(turn: Turn, draft: Draft) -> Reply:
    return newcomer.ask_phone(draft.who)


@flow.receives(Step.PHONE, prose=True)
def receive_phone(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return newcomer.receive_phone(
        turn, draft.unit, draft.who, event, Step.SAME, lambda: _unless_held(turn, draft)
    )


@flow.asks(Step.SAME)
def ask_same(turn: Turn, draft: Draft) -> Reply:
    return newcomer.ask_same(turn, turn.unit(draft.unit), draft.who)


@flow.receives(Step.SAME)
def receive_same(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return newcomer.receive_same(turn, draft.unit, draft.who, event, lambda: _unless_held(turn, draft))


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    text = texts.add_summary(
        turn.unit(draft.unit).name,
        _name(turn, draft),
        newcomer.role_name(turn, draft.role),
        newcomer.shown_phone(turn, draft.who),
        *newcomer.notes(turn, draft.who),
        _second_lead(turn, draft),
    )
    return Reply(text, confirm_buttons())


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    person_id = newcomer.settle(turn, unit.id, draft.who)
    if _held_already(turn, draft):
        return Refusal(_already_held(turn, draft))
    positions.give(turn.conn, person_id, unit.id, draft.role, turn.today, turn.sender)
    role = newcomer.role_name(turn, draft.role)
    turn.tell(person_id, Reply(texts.told_newcomer(role, unit.name, turn.today, turn.today)))
    return Done(
        Reply(texts.added(_name(turn, draft), role, unit.name), newcomer.what_next(turn, unit, person_id))
    )


def _name(turn: Turn, draft: Draft) -> str:
    """As the roster spells it already, where it does."""
    return draft.who.name if draft.who.person is None else people.get(turn.conn, draft.who.person).full_name


def _unless_held(turn: Turn, draft: Draft) -> Outcome:
    return Refusal(_already_held(turn, draft)) if _held_already(turn, draft) else Step.SUMMARY


def _held_already(turn: Turn, draft: Draft) -> bool:
    return newcomer.holds(turn, draft.unit, draft.who.person, draft.role) is not None


def _already_held(turn: Turn, draft: Draft) -> str:
    role = newcomer.role_name(turn, draft.role)
    return texts.already_held(_name(turn, draft), role, turn.unit(draft.unit).name)


def _second_lead(turn: Turn, draft: Draft) -> str | None:
    lead = acting_roles(turn.plan)[0]
    holders = people.holders(turn.conn, draft.unit, turn.today, [lead])
    if draft.role != lead or not holders:
        return None
    return texts.second_lead(newcomer.role_name(turn, lead), holders[0].full_name)
