"""Whom and what a button of the desk may show or change: asked afresh at every press."""

from bot import callbacks
from bot.engine.conversation import Done
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import say
from bot.texts import units_desk as texts
from rules.rights import may_see
from storage import people, positions, units
from storage.positions import Seat
from storage.units import Unit

CARD = "unit"
PERSON = "person"
_YES = "yes"
NOT_YOURS = Reply(engine_texts.NOT_YOURS)


def tops(turn: Turn) -> list[str]:
    """The paths of the person's desks, without those that lie below another."""
    paths = [desk.path for desk in turn.desks]
    return [path for path in paths if not any(path != one and path.startswith(one) for one in paths)]


def seen_unit(turn: Turn, argument: str) -> Unit | None:
    """None: outside the person's subtree, or no such unit; nobody is told which."""
    unit_id = callbacks.read_id(argument)
    return turn.unit(unit_id) if unit_id is not None and turn.sees(unit_id) else None


def managed_unit(turn: Turn, argument: object) -> Unit | Reply:
    """A unit whose people the person may change; otherwise what to answer."""
    unit = seen_unit(turn, str(argument))
    if unit is None or not turn.manages(unit.id):
        return NOT_YOURS
    return explained(turn, unit) if unit.closed(turn.today) else unit


def still_managed(turn: Turn, unit_id: int) -> Unit | Done:
    """The same at the end of a conversation, during which much may have happened."""
    unit = managed_unit(turn, unit_id)
    return Done(unit) if isinstance(unit, Reply) else unit


def confirm_buttons(label: str = texts.CONFIRM) -> list[Button]:
    return [Button(label, _YES), Button(engine_texts.CANCEL_SHORT, callbacks.CANCEL)]


def confirmed(turn: Turn, unit_id: int, event: Event) -> Unit | Done | None:
    """The unit, where the first of these buttons was pressed and the person still manages it."""
    return still_managed(turn, unit_id) if event == Press(_YES) else None


def explained(turn: Turn, unit: Unit) -> Reply:
    """To whoever presses an old button of a unit that is no more."""
    buttons = [to_card(unit)]
    if unit.successor_id is not None and turn.sees(unit.successor_id):
        successor = turn.unit(unit.successor_id)
        buttons.insert(0, go(say.both_ends(successor.name), CARD, successor.id))
    return Reply(closing_line(turn, unit) or "", buttons)


def closing_line(turn: Turn, unit: Unit) -> str | None:
    successor = unit.successor_id
    name = turn.unit(successor).name if successor is not None and turn.sees(successor) else None
    return texts.closing(unit, name, successor is not None, turn.today)


def to_card(unit: Unit) -> Button:
    return go(texts.TO_UNIT, CARD, unit.id)


def seen_seats(turn: Turn, person_id: int) -> list[Seat]:
    """The person's positions in units that this one sees; none: nothing of the person is shown."""
    seats = positions.of_person(turn.conn, person_id, turn.today)
    return [seat for seat in seats if may_see(turn.plan, turn.posts, seat.path)]


def known_name(turn: Turn, person_id: int | None) -> str | None:
    """Of somebody who did something, where they belong or belonged to a unit that this one sees."""
    if person_id is None:
        return None
    paths = positions.paths_ever(turn.conn, person_id)
    seen = any(may_see(turn.plan, turn.posts, path) for path in paths)
    return people.get(turn.conn, person_id).full_name if seen else None


def place_of(turn: Turn, unit: Unit) -> list[str]:
    """The names of the units above, the nearest first, the top left out."""
    return [one.name for one in units.ancestors(turn.conn, unit)][:0:-1]
