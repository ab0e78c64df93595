"""The phases of a season, in the order in which they are planned; and what is looked at in the end."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from tests.season.checks import Check
from tests.season.phases import (
    acting,
    broadcasting,
    checking_in,
    closing,
    connecting,
    contesting,
    documents,
    essays,
    inspecting,
    inviting,
    on_behalf,
    proposals,
    publishing,
    relaying,
    reminding,
    reports,
    reviewing,
    sessions,
    speaking,
)
from tests.season.stage import Season


class Phase(Protocol):
    """`NAME`: under which its time is told."""

    NAME: str

    def plan(self, season: Season) -> None: ...


PHASES: Sequence[Phase] = (
    connecting,
    sessions,
    speaking,
    inviting,
    checking_in,
    reports,
    reviewing,
    essays,
    documents,
    relaying,
    publishing,
    acting,
    inspecting,
    broadcasting,
    proposals,
    on_behalf,
    contesting,
    closing,
)
CHECKS: Sequence[Callable[[Season], Iterator[Check]]] = (
    closing.checks,
    broadcasting.checks,
    essays.checks,
    inviting.checks,
    relaying.checks,
    reminding.checks,
)
