"""What in a report does not fit the roster, the hall, its own earlier sending or another report.

Nothing here is an accusation: it is what a superior looks at before accepting.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rules.reviewing import sampled

HALL_SHARE, HALL_LEAST = 0.2, 5  # of the hall's count; people
JUMP_SHARE = 0.3  # of the expected


class Kind(StrEnum):
    OVER_ROSTER = "over_roster"  # attended, roster
    ROSTER_DIFFERS = "roster_differs"  # expected, roster
    CADRES_BELOW = "cadres_below"  # attended, expected, target
    HALL_DIFFERS = "hall_differs"  # branches, hall
    FAR_FROM_LAST = "far_from_last"  # before, now
    SPEAKER_ELSEWHERE = "speaker_elsewhere"  # name, where (None: a unit that the reader does not see)
    SPEAKER_OUTSIDE = "speaker_outside"  # name
    PHOTO_BEFORE = "photo_before"  # report, unit (None both: not for the reader)
    SAMPLED = "sampled"
    ASKED_BEFORE = "asked_before"  # field, kept: the unit stands by what it sent
    ON_BEHALF = "on_behalf"
    CHECKED_IN = "checked_in"  # checked_in, reported (None: not said), hall: whether that is the whole hall's


# Check-in is optional: that fewer pressed than came says nothing about anybody.
INFORMATION = frozenset({Kind.ON_BEHALF, Kind.CHECKED_IN})


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hall:
    """A session's head count, and what the branches together report of it."""

    counted: int
    branches: int
    all_reported: bool  # every branch that was called has reported


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one report; None is not said, or not known."""

    report_id: int
    members: tuple[int, int] | None = None  # attended, expected
    members_before: int | None = None  # attended, as the last sending but this one said
    roster: int | None = None
    cadres: tuple[int, int] | None = None
    halls: tuple[Hall, ...] = ()
    hall: int | None = None  # of a session's own report
    hall_before: int | None = None
    speakers_elsewhere: tuple[tuple[str, str | None], ...] = ()  # name, where
    speakers_outside: tuple[str, ...] = ()
    photos: int = 0
    photos_before: tuple[tuple[int | None, str | None], ...] = ()  # report, unit
    on_behalf: bool = False
    asked: tuple[str, bool] | None = None  # the field returned last, and whether the unit stands by it
    checked_in: int | None = None  # None: no check-in was opened


def findings(facts: Facts, plan: str, *, cadre_target: int, sampled_share: float) -> tuple[Finding, ...]:
    """In the order in which they are read."""
    return (
        *_asked(facts),
        *_numbers(facts, cadre_target),
        *_halls(facts.halls),
        *_jumps(facts),
        *_speakers(facts),
        *_photos(facts.photos_before),
        *_chance(facts, plan, sampled_share),
        *([Finding(Kind.ON_BEHALF)] if facts.on_behalf else []),
        *_checked_in(facts),
    )


def needs_a_look(found: Iterable[Finding]) -> bool:
    """Not to be accepted with many others at one press."""
    return any(one.kind not in INFORMATION for one in found)


def _asked(facts: Facts) -> Iterator[Finding]:
    if facts.asked is not None:
        name, kept = facts.asked
        yield Finding(Kind.ASKED_BEFORE, {"field": name, "kept": kept})


def _numbers(facts: Facts, cadre_target: int) -> Iterator[Finding]:
    if facts.members is not None and facts.roster is not None:
        attended, expected = facts.members
        if attended > facts.roster:
            yield Finding(Kind.OVER_ROSTER, {"attended": attended, "roster": facts.roster})
        elif expected != facts.roster:
            yield Finding(Kind.ROSTER_DIFFERS, {"expected": expected, "roster": facts.roster})
    if facts.cadres is not None:
        attended, expected = facts.cadres
        if attended * 100 < expected * cadre_target:
            told = {"attended": attended, "expected": expected, "target": cadre_target}
            yield Finding(Kind.CADRES_BELOW, told)


def _halls(halls: Iterable[Hall]) -> Iterator[Finding]:
    """Fewer than the hall held says something only once every branch has reported."""
    for hall in halls:
        apart = hall.branches - hall.counted
        far = abs(apart) > HALL_LEAST and abs(apart) > HALL_SHARE * hall.counted
        if far and (apart > 0 or hall.all_reported):
            yield Finding(Kind.HALL_DIFFERS, {"branches": hall.branches, "hall": hall.counted})


def _jumps(facts: Facts) -> Iterator[Finding]:
    if facts.members is not None and facts.members_before is not None:
        attended, expected = facts.members
        if abs(attended - facts.members_before) > JUMP_SHARE * expected:
            yield Finding(Kind.FAR_FROM_LAST, {"before": facts.members_before, "now": attended})
    if facts.hall is not None and facts.hall_before is not None:
        apart = abs(facts.hall - facts.hall_before)
        if apart > HALL_LEAST and apart > JUMP_SHARE * facts.hall_before:
            yield Finding(Kind.FAR_FROM_LAST, {"before": facts.hall_before, "now": facts.hall})


def _speakers(facts: Facts) -> Iterator[Finding]:
    for name, where in facts.speakers_elsewhere:
        yield Finding(Kind.SPEAKER_ELSEWHERE, {"name": name, "where": where})
    for name in facts.speakers_outside:
        yield Finding(Kind.SPEAKER_OUTSIDE, {"name": name})


def _photos(before: Iterable[tuple[int | None, str | None]]) -> Iterator[Finding]:
    for report, unit in before:
        yield Finding(Kind.PHOTO_BEFORE, {"report": report, "unit": unit})


def _chance(facts: Facts, plan: str, share: float) -> Iterator[Finding]:
    """A participation that chance chose is asked for the signed list; photos answer it."""
    if facts.members is not None and not facts.photos and sampled(plan, facts.report_id, share):
        yield Finding(Kind.SAMPLED)


def _checked_in(facts: Facts) -> Iterator[Finding]:
    if facts.checked_in is not None:
        hall = facts.members is None
        reported = facts.hall if facts.members is None else facts.members[0]
        told = {"checked_in": facts.checked_in, "reported": reported, "hall": hall}
        yield Finding(Kind.CHECKED_IN, told)
