"""Who reads and who keeps a register of speakers: asked afresh at every press."""

from bot import callbacks
from bot.engine.replies import Button
from bot.engine.turn import Turn, go
from bot.texts import progress as progress_texts
from rules.duties import duty_of
from rules.plan import DutyKind, Plan
from storage.units import Unit, children

HOME = "speakers"
LIST = "speakerlist"
BELOW = "speakerbelow"
CARD = "speaker"
ADD = "speakeradd"
UNREGISTERED = "speakernew"
TAKE_IN = "speakerin"
JUDGE = "speakerjudge"
GRADE = "speakergrade"
NOTE = "speakernote"
TRAININGS = "trainings"
TRAINING = "training"


def in_plan(plan: Plan) -> bool:
    return bool(plan.speakers) or duty_of(plan, DutyKind.TRAINING) is not None


def opened(turn: Turn, argument: str) -> tuple[Unit | None, str]:
    """`<unit>.<rest>`: the unit, where the person may read its register, and the rest."""
    head, _, rest = argument.partition(".")
    unit_id = callbacks.read_id(head)
    if unit_id is None or not in_plan(turn.plan) or not turn.desks or not turn.sees(unit_id):
        return None, rest
    unit = turn.unit(unit_id)
    return (unit if _has_register(turn, unit) else None), rest


def _has_register(turn: Turn, unit: Unit) -> bool:
    """Whoever leads others: units of every level but the lowest."""
    return unit.level != turn.plan.levels[-1].code


def keeps(turn: Turn, unit: Unit) -> bool:
    """The desk of the unit, and whoever is above it."""
    return _has_register(turn, unit) and (turn.desk(unit.id) is not None or turn.is_above(unit.id))


def leaders(turn: Turn, unit: Unit) -> list[Unit]:
    """Units directly below that keep a register."""
    return [one for one in children(turn.conn, unit.id, turn.today) if _has_register(turn, one)]


def highest(turn: Turn, unit: Unit) -> Unit:
    """Of the person's own desks, the highest at or above this unit; without one, the unit itself."""
    above = [desk for desk in turn.desks if unit.path.startswith(desk.path)]
    return turn.unit(min(above, key=lambda desk: len(desk.path)).unit_id) if above else unit


def back_home(unit: Unit) -> Button:
    return go(progress_texts.back_to(unit.name), HOME, unit.id)
