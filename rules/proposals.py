"""Whose a proposal is: the level that it concerns, of the units above the one that proposes."""

import re
from collections.abc import Sequence

from rules.names import plain

DAYS_TO_ANSWER = 7  # then those whose it is are told once that it waits
_WORDS = re.compile(r"\w+")


def place_of(level: str | None, levels: Sequence[str], above: Sequence[str]) -> int:
    """The place in `above` (levels of the units above, the nearest first) of the one whose it is.

    `levels` are the plan's, the top first. None, or a level that the plan does not know: the nearest. Where
    no unit above is of that level (a branch right under its district, a level that was abolished), the next
    one higher.
    """
    if level not in levels:
        return 0
    wanted = levels.index(level)
    for place, one in enumerate(above):
        if one in levels and levels.index(one) <= wanted:
            return place
    return len(above) - 1


def likeness(text: str) -> str:
    """Two proposals are alike where this is equal: letters and digits, whatever the case and diacritics."""
    return " ".join(_WORDS.findall(plain(text)))
