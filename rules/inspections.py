"""Where a team of inspectors might go, and why: what does not fit, what came late, and chance."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from rules.contradictions import Finding, Kind
from rules.counting import Count

REST = timedelta(days=30)  # after a visit, in which nobody is sent there again
BY_FINDINGS, BY_LATENESS = 3, 1  # of the places suggested; chance has the rest


class Why(StrEnum):
    HALL_DIFFERS = "hall_differs"
    OVER_ROSTER = "over_roster"
    FAR_FROM_LAST = "far_from_last"
    SPEAKER_ELSEWHERE = "speaker_elsewhere"
    PHOTO_BEFORE = "photo_before"
    LATE = "late"
    CHANCE = "chance"


# Few who came is not among them: an honest low number costs nobody a visit.
_WORTH_A_VISIT = {
    Kind.HALL_DIFFERS: Why.HALL_DIFFERS,
    Kind.OVER_ROSTER: Why.OVER_ROSTER,
    Kind.FAR_FROM_LAST: Why.FAR_FROM_LAST,
    Kind.SPEAKER_ELSEWHERE: Why.SPEAKER_ELSEWHERE,
    Kind.PHOTO_BEFORE: Why.PHOTO_BEFORE,
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    unit: int
    reasons: tuple[Why, ...]


def reasons_in(found: Iterable[Finding], *, hosts: bool) -> tuple[Why, ...]:
    """`hosts`: of a session's report. A hall that differs sends somebody to its host, not to every branch."""
    kinds = {one.kind for one in found if hosts or one.kind is not Kind.HALL_DIFFERS}
    return tuple(why for kind, why in _WORTH_A_VISIT.items() if kind in kinds)


def resting_since(today: date) -> date:
    """Whoever was visited on that day or later is left alone today."""
    return today - REST


def suggest(
    plan: str,
    day: date,
    units: Collection[int],
    found: Mapping[int, tuple[Why, ...]],
    late: Collection[int],
    most: int,
) -> list[Suggestion]:
    """At most so many of `units`, each once; the same whenever it is asked on that day.

    Those of which most does not fit come first, then the late; what is left of the places chance gives.
    """
    free, behind = set(units), set(late)

    def draw(unit: int) -> bytes:
        return sha256(f"{plan}:{day}:{unit}".encode()).digest()

    def ordered(some: Iterable[int]) -> list[int]:
        return sorted(free.intersection(some), key=lambda unit: (-len(found.get(unit, ())), draw(unit)))

    chosen = dict.fromkeys(ordered(found)[: min(BY_FINDINGS, most)])
    late_left = [unit for unit in ordered(behind) if unit not in chosen]
    chosen |= dict.fromkeys(late_left[: min(BY_LATENESS, most - len(chosen))])
    by_chance = [unit for unit in sorted(free, key=draw) if unit not in chosen][: most - len(chosen)]
    return [
        Suggestion(unit, (*found.get(unit, ()), *([Why.LATE] if unit in behind else [])) or (Why.CHANCE,))
        for unit in (*chosen, *by_chance)
    ]


def cadres_exceed(cadres: Count, members: Count | None) -> bool:
    """More cadres than members, of whom they are some."""
    return members is not None and (cadres.attended > members.attended or cadres.expected > members.expected)
