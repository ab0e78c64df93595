"""[Lời mời]: a code for one person, to be forwarded.

▸ [Lời mời]
  Cấp lời mời cho đồng chí nào ở Chi đoàn thôn 3? …   [Trần Văn Hùng] [Phạm Thu Hà]
▸ Trần Văn Hùng
  Cấp lời mời cho đồng chí Trần Văn Hùng, Phó Bí thư Chi đoàn thôn 3? …   [Cấp lời mời] [Huỷ]
▸ Cấp lời mời
  Mời đồng chí Trần Văn Hùng … /start abcd… hoặc gõ mã: abcd efgh …
  Đồng chí chuyển tiếp tin trên cho người được mời. …   [Về đơn vị]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import invites as texts
from handlers import newcomer
from handlers.unit_rights import confirm_buttons, confirmed, managed_unit, to_card
from rules.deadlines import local_date
from storage import invites, inviting
from storage.positions import Seat
from storage.units import Unit

SHOWN = 12


class Step(StrEnum):
    WHO = "who"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    person: int | None = None


flow = Conversation("invite", Draft, first=Step.WHO, for_superiors=True)


def invite_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>`, or `<unit>.<person>`."""
    number, _, person = argument.partition(".")
    unit = managed_unit(turn, number)
    if isinstance(unit, Reply):
        return unit
    offered = _invitable(turn, unit.id)
    if not person:
        if not offered:
            return Reply(texts.EVERYBODY_IS_CONNECTED, [to_card(unit)])
        return Start(flow.name, Draft(unit=unit.id), unit.id)
    chosen = callbacks.read_id(person)
    if chosen not in offered:
        return Reply(texts.ISSUED_ELSEWHERE, [to_card(unit)])
    return Start(flow.name, Draft(unit=unit.id, person=chosen), unit.id, Step.SUMMARY)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Lời mời ở {turn.unit(draft.unit).name}"


@flow.asks(Step.WHO)
def ask_who(turn: Turn, draft: Draft) -> Reply:
    offered = list(_invitable(turn, draft.unit).values())[:SHOWN]
    labels = turn.labels_of(offered)
    buttons = [Button(label, str(seat.person_id)) for seat, label in zip(offered, labels, strict=True)]
    return Reply(texts.whom(turn.unit(draft.unit).name), buttons)


@flow.receives(Step.WHO)
def receive_who(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if callbacks.read_id(choice) in _invitable(turn, draft.unit):
            draft.person = int(choice)
            return Step.SUMMARY
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    seat = _chosen(turn, draft)
    if seat is None:
        return Reply(texts.ISSUED_ELSEWHERE)
    post = f"{newcomer.role_name(turn, seat.role)} {seat.unit_name}"
    out = invites.out(turn.conn, seat.person_id, turn.now)
    return Reply(
        texts.issue_summary(seat.full_name, post, out),
        confirm_buttons(texts.ISSUE),
    )


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    seat = _chosen(turn, draft)
    if seat is None:
        return Done(Reply(texts.ISSUED_ELSEWHERE, [to_card(unit)]))
    (token,) = invites.issue(
        turn.conn, [seat.person_id], turn.now, by_person_id=turn.person_id, unit_id=unit.id
    )
    # A message of its own, without buttons: it is forwarded.
    turn.say(Reply(texts.to_forward(seat.full_name, token), replaces=False))
    until = local_date(turn.now + invites.VALID_FOR, turn.world.zone)
    return Done(Reply(texts.issued(until, turn.today), [to_card(unit)], replaces=False))


def _invitable(turn: Turn, unit_id: int) -> dict[int, Seat]:
    found = inviting.of_unit(turn.conn, turn.plan, turn.posts, unit_id, turn.today)
    return {seat.person_id: seat for seat in found}


def _chosen(turn: Turn, draft: Draft) -> Seat | None:
    return _invitable(turn, draft.unit).get(draft.person or 0)
