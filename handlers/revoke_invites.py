"""[Khoá lời mời]: what was issued for a person opens nothing any more.

▸ [Khoá lời mời]
  Khoá 2 lời mời đang dùng được của đồng chí Trần Văn Hùng?   [Khoá lời mời] [Huỷ]
▸ Khoá lời mời
  Đã khoá 2 lời mời của đồng chí Trần Văn Hùng.   [Về đơn vị]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts import invites as texts
from handlers.unit_rights import NOT_YOURS, confirm_buttons, confirmed, managed_unit, seen_seats, to_card
from storage import invites, people
from storage.units import Unit


class Step(StrEnum):
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    person: int


flow = Conversation("revoke_invites", Draft, first=Step.SUMMARY, for_superiors=True)


def revoke_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<person>`"""
    number, _, person = argument.partition(".")
    unit, person_id = managed_unit(turn, number), callbacks.read_id(person)
    if isinstance(unit, Reply):
        return unit
    if person_id is None or not _belongs(turn, unit.id, person_id):
        return NOT_YOURS
    if not invites.out(turn.conn, person_id, turn.now):
        return Reply(texts.NOTHING_OUT, [to_card(unit)])
    return Start(flow.name, Draft(unit=unit.id, person=person_id), unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Khoá lời mời ở {turn.unit(draft.unit).name}"


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    out = invites.out(turn.conn, draft.person, turn.now)
    name = people.get(turn.conn, draft.person).full_name
    return Reply(
        texts.revoke_summary(name, out),
        confirm_buttons(texts.REVOKE),
    )


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = confirmed(turn, draft.unit, event)
    if not isinstance(unit, Unit):
        return unit
    if not _belongs(turn, unit.id, draft.person):
        return Done(NOT_YOURS)
    count = invites.revoke_all(
        turn.conn, draft.person, turn.now, by_person_id=turn.person_id, unit_id=unit.id
    )
    name = people.get(turn.conn, draft.person).full_name
    return Done(Reply(texts.revoked(name, count) if count else texts.NOTHING_OUT, [to_card(unit)]))


def _belongs(turn: Turn, unit_id: int, person_id: int) -> bool:
    return any(seat.unit_id == unit_id for seat in seen_seats(turn, person_id))
