"""The list for the year-end rating: which facts count for a unit, and what they come to.

Only what the plan names counts. What is not known is neither won nor lost: a grade is told as soon as
nothing that is still open could change it. How early somebody was, and how many of the members came, is no fact.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.duties import duty
from rules.plan import FactKind, Grade, Plan, Rating, RatingFact


class Standing(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"  # not reported, not said
    EXEMPT = "exempt"  # not asked of this unit


CONTESTABLE = (Standing.NOT_MET, Standing.UNKNOWN)


class Verdict(StrEnum):
    """On what a unit contests."""

    ACCEPTED = "accepted"
    KEPT = "kept"  # the figures stand


@dataclass(frozen=True, slots=True)
class Points:
    won: int = 0
    lost: int = 0
    open: int = 0  # of facts that are not known

    @property
    def total(self) -> int:
        return self.won + self.lost + self.open


def levels_of(plan: Plan, fact: RatingFact) -> tuple[str, ...]:
    """Whose units it counts for."""
    assert plan.rating is not None
    if fact.duty is None:
        return plan.rating.levels
    owed = duty(plan, fact.duty)
    dated = owed.held_before if fact.kind is FactKind.HELD_ON_TIME else owed.levels
    return tuple(level for level in plan.rating.levels if level in owed.levels and level in dated)


def facts_of(plan: Plan, level: str) -> tuple[RatingFact, ...]:
    """In the order of the plan."""
    facts = plan.rating.facts if plan.rating is not None else ()
    return tuple(fact for fact in facts if level in levels_of(plan, fact))


def complete(some: int, of: int, target_percent: int = 100) -> Standing:
    """Of people: so many of those who were to."""
    if of == 0:
        return Standing.EXEMPT
    return Standing.MET if some * 100 >= of * target_percent else Standing.NOT_MET


def after_inspections(to_mend: int, waiting: int, closed: int) -> Standing:
    """Of a unit's recorded visits, `waiting` for the team to look at what was mended: that costs nobody."""
    if to_mend:
        return Standing.NOT_MET
    if waiting:
        return Standing.UNKNOWN
    return Standing.MET if closed else Standing.EXEMPT


def decided(figures: Standing, verdict: Verdict | None) -> Standing:
    return Standing.MET if verdict is Verdict.ACCEPTED else figures


def meets_everything(standings: Iterable[Standing]) -> bool:
    """Of what is asked of it, if anything is."""
    asked = [one for one in standings if one is not Standing.EXEMPT]
    return bool(asked) and all(one is Standing.MET for one in asked)


def points(facts: Sequence[RatingFact], standings: Mapping[str, Standing]) -> Points | None:
    """None: the plan gives no points."""
    if not facts or any(fact.weight is None for fact in facts):
        return None
    sums: Counter[Standing] = Counter()
    for fact in facts:
        sums[standings[fact.code]] += fact.weight or 0
    return Points(sums[Standing.MET], sums[Standing.NOT_MET], sums[Standing.UNKNOWN])


def grades_within(rating: Rating, got: Points) -> tuple[Grade, Grade] | None:
    """The worst and the best that it can still be: the same where nothing open changes it. None: not graded."""
    if not rating.grades or got.total == 0:
        return None
    return _grade(rating.grades, got.won, got.total), _grade(rating.grades, got.won + got.open, got.total)


def _grade(grades: Sequence[Grade], won: int, total: int) -> Grade:
    reached = [grade for grade in grades if won * 100 >= grade.least_percent * total]
    return max(reached, key=lambda grade: grade.least_percent)


def tally(standings: Iterable[tuple[Mapping[str, Standing], int]]) -> dict[str, Counter[Standing]]:
    """How many units stand how, by fact; `standings`: of so many units."""
    counts: dict[str, Counter[Standing]] = {}
    for one, units in standings:
        for code, standing in one.items():
            counts.setdefault(code, Counter())[standing] += units
    return counts


def is_over(rating: Rating, today: date) -> bool:
    """Nothing can be contested any more."""
    return rating.contest_before is not None and today >= rating.contest_before
