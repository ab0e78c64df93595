"""Where a team is sent: what does not fit, the late, chance; the same all day, nobody twice."""

from datetime import date

import pytest

from rules.contradictions import Finding, Kind
from rules.counting import Count
from rules.inspections import Why, cadres_exceed, reasons_in, resting_since, suggest

DAY = date(2018, 11, 14)
HALL, OVER, LATE, CHANCE = (Why.HALL_DIFFERS,), (Why.OVER_ROSTER,), (Why.LATE,), (Why.CHANCE,)


@pytest.mark.parametrize(
    ("label", "kinds", "hosts", "reasons"),
    [
        ("nothing", [], True, ()),
        ("few who came cost nobody a visit", [Kind.CADRES_BELOW, Kind.ROSTER_DIFFERS], True, ()),
        ("what is only to be known", [Kind.ON_BEHALF, Kind.SAMPLED, Kind.ASKED_BEFORE], True, ()),
        ("a hall, of its host", [Kind.HALL_DIFFERS], True, HALL),
        ("a hall, of a branch that attended", [Kind.HALL_DIFFERS], False, ()),
        (
            "several, each once",
            [Kind.OVER_ROSTER, Kind.PHOTO_BEFORE, Kind.PHOTO_BEFORE],
            False,
            (Why.OVER_ROSTER, Why.PHOTO_BEFORE),
        ),
    ],
)
def test_what_is_worth_a_visit(label: str, kinds: list[Kind], hosts: bool, reasons: tuple[Why, ...]) -> None:
    assert reasons_in([Finding(kind) for kind in kinds], hosts=hosts) == reasons, label


@pytest.mark.parametrize(
    ("label", "units", "found", "late", "expected"),
    [
        ("nobody below", [], {1: HALL}, [1], {}),
        ("chance alone", [1, 2], {}, [], {1: CHANCE, 2: CHANCE}),
        ("one that does not fit", [1], {1: HALL}, [], {1: HALL}),
        ("both reasons are told", [1], {1: HALL}, [1], {1: (*HALL, *LATE)}),
        ("late alone", [1], {}, [1], {1: LATE}),
        ("who rests is left alone", [1], {1: HALL, 2: OVER}, [2, 3], {1: HALL}),
    ],
)
def test_why_somebody_is_sent(
    label: str, units: list[int], found: dict[int, tuple[Why, ...]], late: list[int], expected: object
) -> None:
    chosen = suggest("p", DAY, units, found, late, 5)
    assert {one.unit: one.reasons for one in chosen} == expected, label


def test_chance_keeps_a_place_beside_many_reasons() -> None:
    units = range(1, 101)
    found = {unit: (*HALL, *OVER) if unit == 40 else HALL for unit in range(1, 50)}
    chosen = suggest("p", DAY, units, found, range(50, 90), 5)
    assert len({one.unit for one in chosen}) == 5
    assert chosen[0].unit == 40  # where most does not fit
    assert [one.reasons for one in chosen[1:4]] == [HALL, HALL, LATE]


def test_the_same_all_day_and_another_the_next() -> None:
    def units(plan: str, day: date) -> list[int]:
        return [one.unit for one in suggest(plan, day, range(1, 1001), {}, [], 5)]

    assert units("p", DAY) == units("p", DAY)
    assert units("p", DAY) != units("p", date(2018, 11, 15))
    assert units("p", DAY) != units("q", DAY)


def test_never_more_than_asked_for() -> None:
    assert len(suggest("p", DAY, range(1, 50), dict.fromkeys(range(1, 20), HALL), range(20, 30), 2)) == 2


def test_thirty_days_of_rest() -> None:
    assert resting_since(DAY) == date(2018, 10, 15)


@pytest.mark.parametrize(
    ("cadres", "members", "exceed"),
    [
        (Count(3, 3), Count(38, 50), False),
        (Count(3, 3), None, False),
        (Count(3, 3), Count(2, 50), True),
        (Count(1, 60), Count(38, 50), True),
        (Count(38, 50), Count(38, 50), False),
    ],
)
def test_cadres_are_among_the_members(cadres: Count, members: Count | None, exceed: bool) -> None:
    assert cadres_exceed(cadres, members) is exceed
