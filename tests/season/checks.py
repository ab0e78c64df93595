"""A figure that somebody was told, beside the one that was counted."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.season.counting import Figures


@dataclass(frozen=True, slots=True)
class Check:
    """`where`: on which screen, of which unit."""

    where: str
    name: str
    told: object
    counted: object

    @property
    def agrees(self) -> bool:
        return self.told == self.counted


def each(where: str, told: Figures, counted: Figures) -> Iterator[Check]:
    """What is not told counts as nought: the screens leave noughts out."""
    for name in counted | told:
        yield Check(where, name, told.get(name, 0), counted.get(name, 0))
