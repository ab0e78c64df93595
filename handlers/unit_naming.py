"""Naming another unit of one's own subtree, typed: which takes in a merged one, or a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import callbacks
from bot.engine.conversation import Refusal
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button
from bot.engine.turn import Turn
from bot.texts import say
from bot.texts import unit_changes as texts
from handlers.unit_rights import tops
from storage import search
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Offers:
    """Several may have been meant."""

    units: list[int]


def read_unit(
    turn: Turn, event: Event, offered: Sequence[int], levels: Sequence[str]
) -> Unit | Offers | Refusal | None:
    """A unit whose duties are of these levels, and that the person manages; one of those `offered` before may
    be pressed.
    """
    match event:
        case Press(choice=choice):
            number = callbacks.read_id(choice)
            if number in offered and number is not None and turn.manages(number):
                return turn.unit(number)
            return None
        case Text(text=words):
            matches = [search.find_units(turn.conn, top, words, turn.today, levels) for top in tops(turn)]
            exact = {one.exact.id for one in matches if one.exact is not None}
            likely = exact or {offer.id for one in matches for offer in one.offers}
            found = sorted(one for one in likely if turn.manages(one))
            if not found:
                return Refusal(texts.no_such_unit(words))
            return turn.unit(found[0]) if len(found) == 1 and exact else Offers(found[: search.OFFERS])
    return None


def buttons(turn: Turn, offered: Sequence[int]) -> list[Button]:
    named = []
    for one in offered:
        unit = turn.unit(one)
        above = f", {turn.unit(unit.parent_id).name}" if unit.parent_id is not None else ""
        named.append(Button(say.both_ends(f"{unit.name}{above}"), str(one)))
    return named
