"""The year-end rating: what counts for whom, and that points and grades are just."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plan import FactKind, Grade, PlanError, Rating, RatingFact, parse_plan
from rules.rating import (
    Points,
    Standing,
    Verdict,
    after_inspections,
    complete,
    decided,
    facts_of,
    grades_within,
    is_over,
    meets_everything,
    points,
    tally,
)
from tests import hypothesis_profile
from tests.rules.plans import PLAN_66, plan_66, two_levels

hypothesis_profile.load()

TEXT_66 = PLAN_66.read_text(encoding="utf-8")


def fact(code: str, weight: int | None) -> RatingFact:
    return RatingFact(code=code, kind=FactKind.ESSAYS_COMPLETE, title=code, weight=weight)


def test_plan_66_counts_what_it_names_and_gives_no_points() -> None:
    plan = plan_66()
    assert plan.rating is not None
    assert [fact.code for fact in facts_of(plan, "branch")] == ["studied", "cadres", "essays"]
    assert [fact.code for fact in facts_of(plan, "grassroots")] == ["session", "essays"]
    assert [fact.code for fact in facts_of(plan, "district")] == ["session", "essays"]
    assert facts_of(plan, "province") == facts_of(two_levels(), "branch") == ()
    assert plan.rating.grades == ()
    assert (
        points(facts_of(plan, "branch"), dict.fromkeys(("studied", "cadres", "essays"), Standing.MET)) is None
    )


@pytest.mark.parametrize(
    ("some", "of", "target", "standing"),
    [
        (3, 3, 100, Standing.MET),
        (2, 3, 100, Standing.NOT_MET),
        (2, 3, 60, Standing.MET),
        (0, 0, 100, Standing.EXEMPT),
        (0, 3, 100, Standing.NOT_MET),
    ],
)
def test_complete(some: int, of: int, target: int, standing: Standing) -> None:
    assert complete(some, of, target) is standing


def test_an_inspection_costs_only_whom_it_found_something_to_mend() -> None:
    assert after_inspections(0, 0, 0) is Standing.EXEMPT
    assert after_inspections(0, 0, 2) is Standing.MET
    assert after_inspections(0, 1, 2) is Standing.UNKNOWN
    assert after_inspections(1, 1, 2) is Standing.NOT_MET


def test_a_decision_stands_over_the_figures() -> None:
    assert decided(Standing.NOT_MET, Verdict.ACCEPTED) is Standing.MET
    assert decided(Standing.NOT_MET, Verdict.KEPT) is Standing.NOT_MET
    assert decided(Standing.MET, Verdict.KEPT) is Standing.MET  # it reported afterwards
    assert decided(Standing.UNKNOWN, None) is Standing.UNKNOWN


def test_the_date_is_exclusive() -> None:
    rating = Rating(levels=("branch",), facts=(fact("essays", None),), contest_before=date(2019, 1, 16))
    assert not is_over(rating, date(2019, 1, 15))
    assert is_over(rating, date(2019, 1, 16))
    assert not is_over(rating.model_copy(update={"contest_before": None}), date(2030, 1, 1))


# -- points and grades

weights = st.lists(st.integers(1, 50), min_size=1, max_size=6)
standings = st.sampled_from(Standing)
GRADES = (
    Grade(name="Tốt", least_percent=90),
    Grade(name="Trung bình", least_percent=0),
    Grade(name="Khá", least_percent=60),
)


@st.composite
def units(draw: st.DrawFn) -> tuple[list[RatingFact], dict[str, Standing]]:
    facts = [fact(f"f{place}", weight) for place, weight in enumerate(draw(weights))]
    return facts, {one.code: draw(standings) for one in facts}


def graded(facts: list[RatingFact], stands: dict[str, Standing]) -> tuple[Points, tuple[Grade, Grade] | None]:
    got = points(facts, stands)
    assert got is not None
    return got, grades_within(Rating(levels=("branch",), facts=tuple(facts), grades=GRADES), got)


@given(units())
def test_points_add_up(unit: tuple[list[RatingFact], dict[str, Standing]]) -> None:
    facts, stands = unit
    got, within = graded(facts, stands)
    assert got.total == sum(one.weight or 0 for one in facts if stands[one.code] is not Standing.EXEMPT)
    assert (within is None) == (got.total == 0)
    if within is not None:
        assert within[0].least_percent <= within[1].least_percent
        assert got.open or within[0] == within[1]
    assert meets_everything(stands.values()) == (got.total > 0 and got.won == got.total)


@given(units(), st.data())
def test_one_more_that_is_met_never_lowers_a_grade(
    unit: tuple[list[RatingFact], dict[str, Standing]], data: st.DataObject
) -> None:
    facts, stands = unit
    code = data.draw(st.sampled_from([one.code for one in facts]))
    _before, was = graded(facts, stands)
    _after, now = graded(facts, {**stands, code: Standing.MET})
    assert now is not None
    if was is not None:
        assert [one.least_percent for one in now] >= [one.least_percent for one in was]
        assert now[0].least_percent >= was[0].least_percent
        assert now[1].least_percent >= was[1].least_percent


@given(units(), st.data())
def test_what_is_open_is_neither_won_nor_lost(
    unit: tuple[list[RatingFact], dict[str, Standing]], data: st.DataObject
) -> None:
    """However it turns out, the grade lies within what was told."""
    facts, stands = unit
    got, within = graded(facts, stands)
    open_ones = [code for code, standing in stands.items() if standing is Standing.UNKNOWN]
    out = {code: data.draw(st.sampled_from([Standing.MET, Standing.NOT_MET])) for code in open_ones}
    then, grade = graded(facts, {**stands, **out})
    assert (then.won >= got.won, then.lost >= got.lost, then.open) == (True, True, 0)
    if within is not None:
        assert grade is not None
        assert within[0].least_percent <= grade[0].least_percent <= within[1].least_percent


@given(st.lists(st.dictionaries(st.sampled_from("abc"), standings), max_size=8), st.randoms())
def test_the_order_of_units_is_irrelevant(some: list[dict[str, Standing]], chance: object) -> None:
    counts = tally((one, 1) for one in some)
    chance.shuffle(some)  # type: ignore[attr-defined]
    assert tally((one, 1) for one in some) == counts
    assert sum(sum(one.values()) for one in counts.values()) == sum(map(len, some))
    assert tally((one, 3) for one in some) == tally((one, 1) for one in some * 3)


# -- what is wrong with a plan

WRONG = {
    "the top": ('levels = ["district", "grassroots", "branch"]\n# Cài đặt nội bộ, không', 'levels = ["province"]\n#', "rating.levels[0]: "),
    "no such duty": ('kind = "held_on_time"\nduty = "participation"', 'kind = "reported"\nduty = "khac"', 'rating.facts[0].duty: "khac" không có'),
    "no duty": ('kind = "held_on_time"\nduty = "participation"', 'kind = "reported"', "rating.facts[0].duty: còn thiếu"),
    "no day": ('kind = "held_on_time"\nduty = "participation"', 'kind = "held_on_time"\nduty = "summary"', "rating.facts[0].duty: việc"),
    "no deadline": ('kind = "held_on_time"\nduty = "participation"', 'kind = "reported_on_time"\nduty = "summary"', "rating.facts[0].duty: việc"),
    "cadres of a session": ('kind = "cadres_complete"\nduty = "participation"', 'kind = "cadres_complete"\nduty = "session"', "rating.facts[2].duty: việc"),
    "no report": ('kind = "held_on_time"\nduty = "participation"', 'kind = "reported"\nduty = "media"', "rating.facts[0].duty: việc"),
    "a duty of essays": ('kind = "essays_complete"', 'kind = "essays_complete"\nduty = "session"', "rating.facts[3].duty: mục này"),
    "twice": ('code = "studied"', 'code = "essays"', 'rating.facts: "essays" có hai lần'),
    "some weights": ('code = "studied"', 'code = "studied"\nweight = 5', "rating.facts: hoặc mọi mục"),
    "grades without weights": ("[rating]", '[[rating.grades]]\nname = "Tốt"\nleast_percent = 0\n[rating]', "rating.grades: xếp loại cần"),
    "no lowest grade": ("[rating]", '[[rating.grades]]\nname = "Tốt"\nleast_percent = 50\n[rating]', "rating.grades: mỗi mức"),
    "before it began": ("contest_before = 2019-01-16", "contest_before = 2018-09-25", "rating.contest_before: phải sau"),
    "a long code": ('code = "studied"', f'code = "{"a" * 21}"', "rating.facts[0].code: chỉ gồm"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "problem"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_with_its_key(old: str, new: str, problem: str) -> None:
    assert old in TEXT_66
    with pytest.raises(PlanError) as raised:
        parse_plan(TEXT_66.replace(old, new, 1), "x")
    assert any(line.startswith(problem) for line in raised.value.problems), raised.value.problems


def test_the_old_key_is_told() -> None:
    with pytest.raises(PlanError) as raised:
        parse_plan('rating_basis = ["essays"]\n' + TEXT_66, "x")
    assert raised.value.problems == ["rating_basis: không có mục này; xem lại chính tả"]
