"""Lists that are longer than a message."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from bot import callbacks
from bot.engine.replies import Button
from bot.engine.turn import go
from bot.texts import units_desk as texts

T = TypeVar("T")


class Page(Generic[T]):
    """One page of `count` things, `size` a page; a number that was made up is the nearest page."""

    def __init__(self, count: int, size: int, wanted: str) -> None:
        self.pages = max(1, -(-count // size))
        self.number = min(callbacks.read_id(wanted) or 0, self.pages - 1)
        self.first = self.number * size
        self.size = size

    def of(self, things: Sequence[T]) -> Sequence[T]:
        return things[self.first : self.first + self.size]

    def buttons(self, action: str, argument: str) -> list[Button]:
        """To the pages before and behind; the page's number is added to `argument`."""
        found = []
        if self.number > 0:
            found.append(go(texts.PREVIOUS, action, f"{argument}.{self.number - 1}"))
        if self.number + 1 < self.pages:
            found.append(go(texts.NEXT, action, f"{argument}.{self.number + 1}"))
        return found
