"""Whose rating somebody sees, and of which fact a button is: asked afresh at every press."""

from bot import callbacks
from bot.engine.turn import Turn
from rules.plan import RatingFact
from rules.rating import facts_of
from storage import rating, units
from storage.progress import Scope
from storage.rating import Rated
from storage.units import Unit

LIST = "rating"
FACT = "ratefact"
CONTEST = "ratecontest"
DECIDE = "ratedecide"
MEND = "ratemend"
WITHDRAW = "ratedrop"


def rated_levels(turn: Turn) -> tuple[str, ...]:
    return turn.plan.rating.levels if turn.plan.rating is not None else ()


def leads(turn: Turn, level: str) -> bool:
    """Whether units below one of this level are rated."""
    codes = [one.code for one in turn.plan.levels]
    return not set(codes[codes.index(level) + 1 :]).isdisjoint(rated_levels(turn))


def seen_unit(turn: Turn, number: str) -> Unit | None:
    """None: outside the person's subtree, no such unit, or a plan without a rating; nobody is told which."""
    unit_id = callbacks.read_id(number)
    if unit_id is None or turn.plan.rating is None or not turn.sees(unit_id):
        return None
    return turn.unit(unit_id)


def seen_fact(turn: Turn, argument: str) -> tuple[Unit, Rated, RatingFact] | None:
    """`argument`: `<unit>.<code>`."""
    number, _, code = argument.partition(".")
    unit = seen_unit(turn, number)
    one = rated(turn, unit) if unit is not None else None
    if unit is None or one is None or code not in one.figures:
        return None
    return unit, one, next(fact for fact in facts_of(turn.plan, unit.duty_level) if fact.code == code)


def scope_of(turn: Turn, unit: Unit) -> Scope:
    return Scope(turn.plan, unit, turn.today, turn.world.zone)


def rated(turn: Turn, unit: Unit) -> Rated | None:
    """None: units of its level are not rated, or it is no more."""
    found = rating.rate(turn.conn, scope_of(turn, unit), [unit.id])
    return found[0] if found else None


def above(turn: Turn, unit: Unit) -> Unit:
    """Who decides what the unit contests; a plan cannot rate the top."""
    parent = units.parent(turn.conn, unit)
    return unit if parent is None else parent
