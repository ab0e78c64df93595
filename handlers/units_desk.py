"""/donvi: a unit or a person of one's own subtree is found, and shown with what may be done there.

▸ /donvi
  Đồng chí tìm đơn vị hay người nào? …   [Đoàn xã Hoằng Quỳ]
▸ thôn 3
  Chi đoàn thôn 3 (mã THON3) …   [Thêm người] [Đổi bí thư] …
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import say
from bot.texts import units_desk as texts
from handlers import person_card, unit_card
from handlers.unit_rights import CARD, PERSON, tops
from storage import search
from storage.search import FoundPerson, FoundUnit

OFFERS = 8
LABEL = 40  # characters: a row to itself


class Step(StrEnum):
    WORDS = "words"


class Draft(BaseModel):
    pass


flow = Conversation("find_unit", Draft, first=Step.WORDS)


def units_command(turn: Turn, words: str) -> Answer:
    if not turn.desks:
        return Reply(texts.NO_DESK)
    if not words.strip():
        return Start(flow.name, Draft())
    return _found(turn, words) or Reply(texts.nothing_found(words))


@flow.asks(Step.WORDS)
def ask_words(turn: Turn, _draft: Draft) -> Reply:
    buttons = [go(say.both_ends(desk.unit_name, LABEL), CARD, desk.unit_id) for desk in turn.desks[:3]]
    return Reply(texts.WHAT_TO_FIND, buttons)


@flow.receives(Step.WORDS)
def receive_words(turn: Turn, _draft: Draft, event: Event) -> Outcome:
    if not turn.desks:
        return Done(Reply(texts.NO_DESK))
    if not isinstance(event, Text):
        return None
    found = _found(turn, event.text)
    return Done(found) if found is not None else Refusal(texts.nothing_found(event.text))


def _found(turn: Turn, words: str) -> Reply | None:
    """The card of whatever was surely meant, otherwise what to choose from; None: nothing."""
    units, people = _units(turn, words), _people(turn, words)
    sure: list[FoundUnit | FoundPerson] = [*units[0], *people[0]]
    offers = sure or [*units[1], *people[1]]
    if len(sure) == 1:
        one = sure[0]
        if isinstance(one, FoundUnit):
            return unit_card.card(turn, turn.unit(one.id))
        return person_card.card(turn, one.id)
    return Reply(texts.WHICH_ONE, [_button(one) for one in offers[:OFFERS]]) if offers else None


def _units(turn: Turn, words: str) -> tuple[list[FoundUnit], list[FoundUnit]]:
    """(those that were surely meant, one a desk at most; those that may have been)."""
    matches = [search.find_units(turn.conn, top, words, turn.today) for top in tops(turn)]
    return [one.exact for one in matches if one.exact], [offer for one in matches for offer in one.offers]


def _people(turn: Turn, words: str) -> tuple[list[FoundPerson], list[FoundPerson]]:
    """The same; somebody may be found from two desks."""
    matches = [search.find_people(turn.conn, top, words, turn.today) for top in tops(turn)]
    exact = {one.exact.id: one.exact for one in matches if one.exact}
    offers = {offer.id: offer for one in matches for offer in one.offers}
    return list(exact.values()), list(offers.values())


def _button(found: FoundUnit | FoundPerson) -> Button:
    if isinstance(found, FoundUnit):
        label = f"{found.name}, {found.parent}" if found.parent else found.name
        return go(say.both_ends(label, LABEL), CARD, found.id)
    return go(say.both_ends(f"{found.full_name}, {found.unit}", LABEL), PERSON, found.id)
