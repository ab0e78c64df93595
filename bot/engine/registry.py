"""Everything that the handlers offer to the engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.engine.conversation import Answer, Conversation
from bot.engine.events import Event
from bot.engine.turn import Turn


@dataclass(slots=True)
class Registry:
    """`fallback` answers whatever nobody else did; `stranger` speaks with people who are not known yet."""

    fallback: Callable[[Turn], Answer]
    stranger: Callable[[Turn], Answer]
    conversations: dict[str, Conversation[Any]] = field(default_factory=dict)
    commands: dict[str, Callable[[Turn, str], Answer]] = field(default_factory=dict)
    # Answered in the middle of a conversation, which goes on afterwards.
    asides: set[str] = field(default_factory=set)
    standing: dict[str, Callable[[Turn, str], Answer]] = field(default_factory=dict)
    # Messages outside any conversation, each asked in turn.
    unprompted: list[Callable[[Turn, Event], Answer]] = field(default_factory=list)
    # The same, asked even in the middle of one: must only speak up when it is sure.
    interrupts: list[Callable[[Turn, Event], Answer]] = field(default_factory=list)

    def add(self, flow: Conversation[Any]) -> None:
        missing = [step for step in flow.steps if step not in flow.ask or step not in flow.receive]
        if missing:
            raise ValueError(f"{flow.name}: steps without a question or an answer: {missing}")
        self.conversations[flow.name] = flow
