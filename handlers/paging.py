"""A long list of standing buttons, a page at a time."""

from collections.abc import Sequence
from typing import TypeVar

from bot.engine.replies import Button
from bot.engine.turn import go
from bot.texts import engine as texts

PAGE = 6

T = TypeVar("T")


def page_of(
    items: Sequence[T], number: int, action: str, prefix: str = ""
) -> tuple[Sequence[T], list[Button]]:
    """What stands on this page, the first being 0, and the buttons to those beside it.

    They start `action` with `prefix` and the page's number. A page behind the last is the last.
    """
    last = max(0, len(items) - 1) // PAGE
    number = min(number, last)
    beside = [
        (number > 0, texts.PAGE_BEFORE, number - 1),
        (number < last, texts.PAGE_AFTER, number + 1),
    ]
    buttons = [go(label, action, f"{prefix}{there}") for exists, label, there in beside if exists]
    return items[number * PAGE : (number + 1) * PAGE], buttons
