"""A list that is longer than a message, a page at a time."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from bot import callbacks
from bot.engine.replies import Button
from bot.engine.turn import go
from bot.texts import engine as texts

T = TypeVar("T")


class Page(Generic[T]):
    """One page of `count` things, `size` a page. `wanted`: its number as a button carries it, the first being
    0; one that was made up is the nearest page.
    """

    def __init__(self, count: int, size: int, wanted: str) -> None:
        self.pages = max(1, -(-count // size))
        self.number = min(callbacks.read_id(wanted) or 0, self.pages - 1)
        self.first = self.number * size
        self.size = size

    def of(self, things: Sequence[T]) -> Sequence[T]:
        return things[self.first : self.first + self.size]

    def buttons(self, action: str, prefix: str = "") -> list[Button]:
        """To the pages before and behind: `action` gets `prefix` and the page's number."""
        found = []
        if self.number > 0:
            found.append(go(texts.PAGE_BEFORE, action, f"{prefix}{self.number - 1}"))
        if self.number + 1 < self.pages:
            found.append(go(texts.PAGE_AFTER, action, f"{prefix}{self.number + 1}"))
        return found
