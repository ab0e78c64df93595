"""Whose a proposal is to answer, said by whoever writes it down: the unit directly above, unless another level
is pressed.
"""

from collections.abc import Sequence

from bot.engine.replies import Button
from bot.engine.turn import Turn
from bot.texts import proposals as texts
from bot.texts import say
from rules.proposals import place_of
from storage import units
from storage.units import Unit

_CHOICE = "level."


def owner_of(turn: Turn, unit_id: int, level: str | None) -> Unit:
    above = _above(turn, unit_id)
    levels = [one.code for one in turn.plan.levels]
    return above[place_of(level, levels, [one.duty_level for one in above])]


def buttons(turn: Turn, unit_id: int, level: str | None) -> list[Button]:
    """The other levels, the nearest first."""
    names = {one.code: one.name for one in turn.plan.levels}
    owner = owner_of(turn, unit_id, level)
    return [
        Button(
            texts.level_label(names.get(one.duty_level, say.lower_first(one.name))),
            f"{_CHOICE}{one.duty_level}",
        )
        for one in _above(turn, unit_id)
        if one.id != owner.id
    ]


def read(turn: Turn, unit_id: int, choice: str) -> str | None:
    """The level that was pressed; None: it is none of those above the unit."""
    level = choice.removeprefix(_CHOICE)
    offered = {one.duty_level for one in _above(turn, unit_id)}
    return level if choice.startswith(_CHOICE) and level in offered else None


def _above(turn: Turn, unit_id: int) -> Sequence[Unit]:
    """The nearest first; of the top, itself."""
    unit = turn.unit(unit_id)
    return list(reversed(units.ancestors(turn.conn, unit))) or [unit]
