"""An answer to a proposal, or one to all that say the same; whoever asked is told.

▸ Trả lời
  Đồng chí trả lời thế nào? Câu trả lời được gửi ngay về đơn vị.
▸ Tỉnh đoàn gửi thêm tuần sau.
  Đã gửi câu trả lời tới Chi đoàn thôn 3.   [Các kiến nghị]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Text
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import proposals as texts
from handlers.proposals import LIST, MOST_TOGETHER, answers_as, card, is_owner, name_of, named, tell_asker
from rules.names import clean
from storage import proposal_lists, proposals
from storage.proposals import Proposal


class Step(StrEnum):
    ANSWER = "answer"


class Draft(BaseModel):
    which: str
    text: str  # as the officer read it
    together: bool = False


flow = Conversation("proposal", Draft, first=Step.ANSWER)


def answer_pressed(turn: Turn, argument: str) -> Answer:
    return _start(turn, argument, together=False)


def together_pressed(turn: Turn, argument: str) -> Answer:
    return _start(turn, argument, together=True)


def _start(turn: Turn, argument: str, *, together: bool) -> Answer:
    one = named(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if (why := _why_not(turn, one, one.text, together=together)) is not None:
        return card(turn, one, why)
    return Start(flow.name, Draft(which=name_of(one), text=one.text, together=together))


def _why_not(turn: Turn, one: Proposal, text: str, *, together: bool) -> str | None:
    """None: the person may answer what they read."""
    if one.text != text:
        return texts.CHANGED
    if one.answer is not None:
        return texts.ANSWERED_ALREADY
    may = is_owner(turn, one) if together else answers_as(turn, one) is not None
    return None if may else texts.MOVED


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.ANSWER


@flow.asks(Step.ANSWER)
def ask_answer(turn: Turn, draft: Draft) -> Reply:
    one = named(turn, draft.which) if draft.together else None
    if one is None:
        return Reply(texts.WHICH_ANSWER)
    return Reply(texts.which_answer_to_all([other.unit_name for other in _alike(turn, one)]))


def _alike(turn: Turn, one: Proposal) -> list[Proposal]:
    return proposal_lists.alike(turn.conn, turn.plan, one, MOST_TOGETHER)


@flow.receives(Step.ANSWER, prose=True)
def receive_answer(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Text(text=text) if len(clean(text)) > texts.LIMIT:
            return Refusal(texts.TOO_LONG)
        case Text(text=text) if clean(text):
            return _answer(turn, draft, clean(text))
    return None


def _answer(turn: Turn, draft: Draft, text: str) -> Outcome:
    one = named(turn, draft.which)
    if one is None:
        return Done(Reply(texts.GONE, [go(texts.LIST, LIST)]))
    if (why := _why_not(turn, one, draft.text, together=draft.together)) is not None:
        return Done(card(turn, one, why))
    level = answers_as(turn, one)
    assert level is not None
    these = _alike(turn, one) if draft.together else [one]
    proposals.answer(turn.conn, these, level, text, turn.sender)
    by = one.owner if is_owner(turn, one) else one.above[-1]
    told = [
        (other, tell_asker(turn, other, Reply(texts.answered(other.text, by.name, text)))) for other in these
    ]
    if draft.together:
        said = texts.sent_to_all(len(these), [other.unit_name for other, reached in told if not reached])
    else:
        said = texts.sent(one.unit_name, told=told[0][1])
    return Done(Reply(said, [go(texts.LIST, LIST)]))
