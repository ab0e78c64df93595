"""How a conversation is written down: its steps, its draft, and what each step asks and receives.

    class Step(StrEnum): ...
    class Draft(BaseModel): ...
    flow = Conversation("participation", Draft, first=Step.TOOK_PART)

    @flow.asks(Step.MEMBERS)
    def ask_members(turn, draft) -> Reply: ...

    @flow.receives(Step.MEMBERS)
    def receive_members(turn, draft, event) -> Outcome: ...

A step's answer is the next step, a reason or a refusal (said, and asked again), `Done`, `Start` of another
conversation, or None: not understood, which the engine answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.engine.events import Event
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from rules.reasons import Reason

D = TypeVar("D", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Said to the person in front of the same question."""

    text: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Taken, and nothing to say: the rest of an album whose first picture was answered."""


@dataclass(frozen=True, slots=True)
class Done:
    """The conversation is over; `reply` is its last word."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a conversation."""

    flow: str
    draft: BaseModel
    unit_id: int | None = None
    step: StrEnum | None = None  # the flow's first, where none is named


Outcome = StrEnum | Reason | Refusal | Silent | Done | Start | None
# What a command, a standing button or a message outside any conversation comes to; None: not mine.
Answer = Reply | Start | None

Ask = Callable[[Turn, D], Reply]
Receive = Callable[[Turn, D, Event], Outcome]


class Conversation(Generic[D]):
    """`open_to_strangers`: for people whom the bot does not know yet. `for_superiors`: may be about a unit
    below those in which the person holds a position. `cancelled_text`: what is said when it is cancelled,
    where something has been done already.
    """

    def __init__(
        self,
        name: str,
        draft: type[D],
        *,
        first: StrEnum,
        open_to_strangers: bool = False,
        for_superiors: bool = False,
        cancelled_text: str | None = None,
    ) -> None:
        self.name = name
        self.draft = draft
        self.first = first
        self.steps = type(first)
        self.open_to_strangers = open_to_strangers
        self.for_superiors = for_superiors
        self.cancelled_text = cancelled_text
        self.ask: dict[str, Ask[D]] = {}
        self.receive: dict[str, Receive[D]] = {}
        self.title: Callable[[Turn, D], str] = lambda _turn, _draft: ""
        self.cancelled: Callable[[Turn, D], None] = lambda _turn, _draft: None
        self.kept: Callable[[D, D], None] = lambda _found, _fresh: None
        self.prose: set[str] = set()

    def asks(self, step: StrEnum) -> Callable[[Ask[D]], Ask[D]]:
        def register(function: Ask[D]) -> Ask[D]:
            self.ask[step] = function
            return function

        return register

    def receives(self, step: StrEnum, *, prose: bool = False) -> Callable[[Receive[D]], Receive[D]]:
        """`prose`: whatever is typed is the answer, even if it reads like a report in one line."""

        def register(function: Receive[D]) -> Receive[D]:
            self.receive[step] = function
            if prose:
                self.prose.add(step)
            return function

        return register

    def titled(self, function: Callable[[Turn, D], str]) -> Callable[[Turn, D], str]:
        """What the draft is called when it waits: "Báo cáo Chi đoàn thôn 3"."""
        self.title = function
        return function

    def on_cancel(self, function: Callable[[Turn, D], None]) -> Callable[[Turn, D], None]:
        """Called when the person cancels it."""
        self.cancelled = function
        return function

    def on_keep(self, function: Callable[[D, D], None]) -> Callable[[D, D], None]:
        """Called when work found unfinished is gone on with: (what was found, what was about to begin)."""
        self.kept = function
        return function
