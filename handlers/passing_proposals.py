"""A proposal that is not the unit's to answer goes to the level above it, or back to the one below.

▸ Chuyển cấp trên
  Chuyển kiến nghị lên Huyện đoàn Hoằng Hóa. Đồng chí ghi thêm ý kiến gì không?   [Không ghi thêm]
▸ Xã không có kinh phí.
  Đã chuyển kiến nghị tới Huyện đoàn Hoằng Hóa.   [Các kiến nghị]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import proposals as texts
from handlers.proposals import LIST, OPEN, card, is_owner, name_of, named, tell_asker
from rules.names import clean
from storage import proposals
from storage.models import ProposalStep
from storage.proposals import Proposal
from storage.units import Unit


class Step(StrEnum):
    OPINION = "opinion"


class Draft(BaseModel):
    which: str
    text: str  # as the officer read it
    up: bool


flow = Conversation("proposal_passing", Draft, first=Step.OPINION)


def up_pressed(turn: Turn, argument: str) -> Answer:
    return _start(turn, argument, up=True)


def down_pressed(turn: Turn, argument: str) -> Answer:
    return _start(turn, argument, up=False)


def _start(turn: Turn, argument: str, *, up: bool) -> Answer:
    one = named(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    draft = Draft(which=name_of(one), text=one.text, up=up)
    to = _where_to(turn, one, draft)
    return card(turn, one, to) if isinstance(to, str) else Start(flow.name, draft)


def _where_to(turn: Turn, one: Proposal, draft: Draft) -> Unit | str:
    """Or why it cannot be passed on."""
    if one.text != draft.text:
        return texts.CHANGED
    if one.answer is not None:
        return texts.ANSWERED_ALREADY
    to = one.higher if draft.up else one.lower
    return to if to is not None and is_owner(turn, one) else texts.MOVED


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.UP if draft.up else texts.DOWN


@flow.asks(Step.OPINION)
def ask_opinion(turn: Turn, draft: Draft) -> Reply:
    one = named(turn, draft.which)
    to = _where_to(turn, one, draft) if one is not None else texts.GONE
    if isinstance(to, str):
        return Reply(to)
    return Reply(texts.which_opinion(to.name, up=draft.up), [Button(texts.NO_OPINION, "none")])


@flow.receives(Step.OPINION, prose=True)
def receive_opinion(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none"):
            return _pass_on(turn, draft, None)
        case Text(text=text) if len(clean(text)) > texts.LIMIT:
            return Refusal(texts.TOO_LONG)
        case Text(text=text) if clean(text):
            return _pass_on(turn, draft, clean(text))
    return None


def _pass_on(turn: Turn, draft: Draft, opinion: str | None) -> Outcome:
    one = named(turn, draft.which)
    if one is None:
        return Done(Reply(texts.GONE, [go(texts.LIST, LIST)]))
    to = _where_to(turn, one, draft)
    if isinstance(to, str):
        return Done(card(turn, one, to))
    kind = ProposalStep.UP if draft.up else ProposalStep.DOWN
    proposals.pass_on(turn.conn, one, kind, to, opinion, turn.sender)
    tell_asker(turn, one, Reply(texts.moved(one.text, to.name)))
    comes = texts.comes_to_you(one.unit_name, one.text, one.owner.name, to.name, opinion)
    told = turn.tell_acting(to.id, Reply(comes, [go(texts.OPEN, OPEN, name_of(one))]))
    return Done(Reply(texts.was_passed(to.name, told=told), [go(texts.LIST, LIST)]))
