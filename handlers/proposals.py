"""/kiennghi: what the units below propose, and an answer to each.

▸ /kiennghi
  Kiến nghị của các đơn vị: 2 chờ trả lời, 1 đã trả lời
  Chi đoàn thôn 3
  1. Cần thêm tài liệu
  [1. Chi đoàn thôn 3] …
▸ 1. Chi đoàn thôn 3
  Kiến nghị của Chi đoàn thôn 3, 19 giờ 42 ngày 14/11: “Cần thêm tài liệu”   [Trả lời] [Các kiến nghị]
▸ Trả lời
  Đồng chí trả lời thế nào? Câu trả lời được gửi ngay về đơn vị.
▸ Tỉnh đoàn gửi thêm tuần sau.
  Đã gửi câu trả lời tới Chi đoàn thôn 3.   [Các kiến nghị]
"""

from enum import StrEnum
from itertools import groupby

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Text
from bot.engine.paging import Page
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import proposals as texts
from bot.texts.markup import lines
from rules.names import clean
from storage import proposals
from storage.proposals import Proposal, Source

LIST, OPEN, ANSWER = "proposals", "proposal", "answerto"
A_PAGE = 5


class Step(StrEnum):
    ANSWER = "answer"


class Draft(BaseModel):
    which: str
    text: str  # as the officer read it


flow = Conversation("proposal", Draft, first=Step.ANSWER)


# -- what there is


def proposals_command(turn: Turn, _args: str) -> Reply:
    return list_pressed(turn, "")


def list_pressed(turn: Turn, argument: str) -> Reply:
    if not turn.desks:
        return Reply(texts.NO_DESK)
    found = proposals.below(turn.conn, turn.plan.code, [desk.path for desk in turn.desks])
    if not found:
        return Reply(texts.NONE)
    page: Page[Proposal] = Page(len(found), A_PAGE, argument)
    numbered = list(enumerate(page.of(found), page.first + 1))
    waiting = sum(one.answer is None for one in found)
    parts = [
        texts.unit_part(unit, [(number, one.text, one.answer is not None) for number, one in told])
        for unit, told in groupby(numbered, lambda entry: entry[1].unit_name)
    ]
    buttons = [go(texts.label(number, one.unit_name), OPEN, _name(one)) for number, one in numbered]
    head = texts.title(waiting, len(found) - waiting, page.number, page.pages)
    return Reply(lines(head, *parts), [*buttons, *page.buttons(LIST)])


def _name(one: Proposal) -> str:
    return f"{one.source}.{one.id}.{one.ordinal}"


def _named(turn: Turn, name: str) -> Proposal | None:
    """None: no such proposal, or not of a unit below the person's."""
    source, *rest = name.split(".")
    ids = [callbacks.read_id(part) for part in rest]
    if source not in tuple(Source) or len(ids) != 2 or ids[0] is None or ids[1] is None:
        return None
    number, ordinal = ids[0], ids[1]
    one = proposals.get(turn.conn, Source(source), number, ordinal)
    return one if one is not None and turn.desks and turn.is_above(one.unit_id) else None


def open_pressed(turn: Turn, argument: str) -> Reply:
    one = _named(turn, argument)
    return _card(turn, one) if one is not None else Reply(engine_texts.NOT_YOURS)


def _card(turn: Turn, one: Proposal, opening: str | None = None) -> Reply:
    text = texts.card(one.unit_name, one.text, one.at, turn.world.zone, one.answer)
    buttons = [go(texts.ANSWER, ANSWER, _name(one))] if one.answer is None else []
    return Reply(lines(opening, text), [*buttons, go(texts.LIST, LIST)])


# -- an answer


def answer_pressed(turn: Turn, argument: str) -> Answer:
    one = _named(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.answer is not None:
        return _card(turn, one, texts.ANSWERED_ALREADY)
    return Start(flow.name, Draft(which=_name(one), text=one.text))


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.ANSWER


@flow.asks(Step.ANSWER)
def ask_answer(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_ANSWER)


@flow.receives(Step.ANSWER, prose=True)
def receive_answer(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Text(text=text) if len(clean(text)) > texts.LIMIT:
            return Refusal(texts.TOO_LONG)
        case Text(text=text) if clean(text):
            return _answer(turn, draft, clean(text))
    return None


def _answer(turn: Turn, draft: Draft, text: str) -> Outcome:
    one = _named(turn, draft.which)
    if one is None:
        return Done(Reply(texts.GONE, [go(texts.LIST, LIST)]))
    if one.text != draft.text:
        return Done(_card(turn, one, texts.CHANGED))
    if not proposals.answer(turn.conn, one, text, turn.sender):
        return Done(_card(turn, one, texts.ANSWERED_ALREADY))
    reply = Reply(texts.answered(one.text, text))
    told = one.person_id is not None and turn.tell(one.person_id, reply)
    told = told or turn.tell_acting(one.unit_id, reply)
    return Done(Reply(texts.sent(one.unit_name, told=told), [go(texts.LIST, LIST)]))
