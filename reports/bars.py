"""What a chart of progress shows: a bar a unit.

In the order of the tree, not worst first: whoever looks for a unit finds it where every list has it, today's
picture can be laid beside yesterday's, and it hangs on the wall without being a ranking. Where there are too
many, those where most is missing are shown, still in that order, and the rest as one bar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.texts import say

MOST = 30


class Kind(StrEnum):
    DONE = "done"  # reported, and not late
    LATE = "late"
    MISSING = "missing"


KINDS = tuple(Kind)
Counts = Mapping[Kind, int]  # every kind


@dataclass(frozen=True, slots=True)
class Bar:
    """`note` stands at its end, "12/15". `alone`: the one unit that reports, a mark instead of a bar."""

    name: str
    counts: Counts
    note: str
    alone: bool = False

    @property
    def due(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Words:
    """`of`: what each kind is called; an empty one is not in the legend."""

    title: str
    headline: str
    subtitle: str
    of: Mapping[Kind, str]
    footer: str


def shown(bars: Sequence[Bar], rest: str) -> list[Bar]:
    """At most `MOST`; `rest` names the sum of those left out, "{} đơn vị khác"."""
    if len(bars) <= MOST:
        return list(bars)
    worst = sorted(
        range(len(bars)),
        key=lambda place: (-bars[place].counts[Kind.MISSING], -bars[place].counts[Kind.LATE], place),
    )
    kept = set(worst[: MOST - 1])
    left = [bar for place, bar in enumerate(bars) if place not in kept]
    counts = {kind: sum(bar.counts[kind] for bar in left) for kind in KINDS}
    return [
        *(bar for place, bar in enumerate(bars) if place in kept),
        Bar(rest.format(say.number(len(left))), counts, note(counts)),
    ]


def note(counts: Counts) -> str:
    """ "12/15": reported, of those due."""
    due = sum(counts.values())
    return f"{say.number(due - counts[Kind.MISSING])}/{say.number(due)}"
