"""The phases of a season, in the order in which they are planned; and what is looked at in the end."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from tests.season.checks import Check
from tests.season.phases import (
    broadcasting,
    closing,
    connecting,
    documents,
    essays,
    inspecting,
    on_behalf,
    proposals,
    publishing,
    reminding,
    reports,
    reviewing,
    sessions,
)
from tests.season.stage import Season


class Phase(Protocol):
    """`NAME`: under which its time is told."""

    NAME: str

    def plan(self, season: Season) -> None: ...


PHASES: Sequence[Phase] = (
    connecting,
    sessions,
    reports,
    reviewing,
    essays,
    documents,
    publishing,
    inspecting,
    broadcasting,
    proposals,
    on_behalf,
    closing,
)
CHECKS: Sequence[Callable[[Season], Iterator[Check]]] = (
    closing.checks,
    broadcasting.checks,
    essays.checks,
    reminding.checks,
)
