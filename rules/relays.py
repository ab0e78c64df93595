"""The report by which a unit sums up those below it: its parts, and what is to be explained before it goes.

Its figures are the system's and are never typed; what the officer writes stands beside them.
"""

from collections.abc import Collection

from rules.contradictions import Kind
from rules.reviewing import RELAY_PARTS, Field

RATE = Field.RATE
WRITTEN = tuple(part for part in RELAY_PARTS if part is not RATE)
# What the officer writes takes the place of what was collected; elsewhere it stands below what is recorded.
REPLACED = frozenset({Field.PROPOSALS})


def to_explain(cadres: tuple[int, int], target: int, doubts: Collection[Kind]) -> list[Kind]:
    """In order. `cadres`: (attended, expected) of the units that said it; `doubts`: found in their reports."""
    attended, expected = cadres
    below = attended * 100 < expected * target
    return [kind for kind in Kind if kind in doubts or (below and kind is Kind.CADRES_BELOW)]
