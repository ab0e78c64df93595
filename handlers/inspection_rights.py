"""Who inspects, what of it who sees, and who may do the next step: asked afresh at every press.

A team is the people who act for a unit of a level that the plan has inspect. It acts below its own unit only.
A visit that is still to come is seen by the team and those above it; once recorded, by everybody who acts for
the inspected unit or one above it.
"""

from bot import callbacks
from bot.engine.replies import Button
from bot.engine.turn import Turn, go
from bot.texts import inspections as texts
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import inspections
from storage.accounts import Post
from storage.inspections import Inspection, Seen
from storage.models import InspectionState
from storage.units import Unit

LIST = "inspect"
SUGGEST = "inspectsuggest"
CHOOSE = "inspectchoose"
RECORD = "inspectrec"
AGAIN = "inspectagain"
CORRECT = "inspectfix"


def in_plan(turn: Turn) -> bool:
    return duty_of(turn.plan, DutyKind.INSPECTION) is not None


def teams(turn: Turn) -> list[Post]:
    """Desks at units that inspect, in the order of the tree."""
    return [
        desk for desk in turn.desks if duty_of(turn.plan, DutyKind.INSPECTION, desk.duty_level) is not None
    ]


def team(turn: Turn, unit_id: int | None) -> Post | None:
    return next((post for post in teams(turn) if post.unit_id == unit_id), None)


def seen(turn: Turn) -> Seen:
    return Seen([post.path for post in turn.acting_posts])


def find(turn: Turn, argument: str) -> Inspection | None:
    """None: not for this person to see, or no such inspection; nobody is told which."""
    number = callbacks.read_id(argument)
    one = inspections.get(turn.conn, number) if number is not None and in_plan(turn) else None
    here = one is not None and one.plan == turn.plan.code and inspections.is_seen(one, seen(turn))
    return one if here else None


def is_below(path: str, post: Post) -> bool:
    return path.startswith(post.path) and path != post.path


def leads(turn: Turn, one: Inspection) -> bool:
    """One of the team, as long as the unit lies below it."""
    post = team(turn, one.by_unit_id)
    return post is not None and is_below(one.unit_path, post)


def led(turn: Turn, argument: str) -> Inspection | None:
    one = find(turn, argument)
    return one if one is not None and leads(turn, one) else None


def answers(turn: Turn, one: Inspection) -> bool:
    """One of the inspected unit."""
    return turn.post_for(one.unit_id) is not None


def may_inspect(turn: Turn, unit: Unit, post: Post) -> bool:
    return is_below(unit.path, post) and not unit.closed(turn.today)


def to_list() -> Button:
    return go(texts.TO_LIST, LIST)


STANDS = {
    InspectionState.PLANNED: texts.NOT_VISITED_YET,
    InspectionState.VISITED: texts.WITH_THE_UNIT,
    InspectionState.MENDED: texts.WITH_THE_TEAM,
    InspectionState.CLOSED: texts.OVER_ALREADY,
    InspectionState.CANCELLED: texts.CALLED_OFF,
}
