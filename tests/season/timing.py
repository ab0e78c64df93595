"""What turns take."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot.engine.dialogue import Dialogue
from bot.engine.events import Command, Event, Press
from bot.engine.turn import Turn


@dataclass
class Timed:
    """The dialogue, and what each turn took: of the processor, where SQLite works too."""

    inner: Dialogue
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    total_s: float = 0
    turns: int = 0

    def handle(self, turn: Turn) -> None:
        began = time.thread_time()
        self.inner.handle(turn)
        took = time.thread_time() - began
        self.total_s += took
        self.turns += 1
        self.slowest[_kind_of(turn.event)] = max(self.slowest[_kind_of(turn.event)], took)

    def worst(self, most: int) -> list[tuple[str, float]]:
        return sorted(self.slowest.items(), key=lambda one: -one[1])[:most]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def _kind_of(event: Event) -> str:
    """ "/tiendo"; of a button without the ids in it."""
    match event:
        case Command(name=name):
            return f"/{name}"
        case Press(choice=choice):
            return "button " + ".".join(
                part for part in choice.split(".")[:3] if not part.strip("c").isdigit()
            )
    return type(event).__name__
