import pytest

from rules.duties import duties_of, duty, effective_level, essay_mode, essay_route
from tests.rules.plans import plan_66, two_levels

OWED = {
    "branch": {"participation"},
    "grassroots": {"implementation_plan", "session", "summary", "media", "activity"},
    "district": {
        "implementation_plan",
        "session",
        "inspection_plan",
        "inspection",
        "quick_report",
        "final_report",
        "media",
    },
    "province": {"session", "speaker_training", "media", "inspection"},
}


@pytest.mark.parametrize(("level", "codes"), OWED.items(), ids=OWED)
def test_what_each_level_owes(level: str, codes: set[str]) -> None:
    assert {one.code for one in duties_of(plan_66(), level)} == codes


@pytest.mark.parametrize(
    ("level", "parent", "as_level"),
    [
        ("branch", "grassroots", "branch"),
        ("branch", "district", "grassroots"),
        ("grassroots", "district", "grassroots"),
        ("district", "province", "district"),
        ("province", None, "province"),
    ],
)
def test_a_branch_directly_under_a_district_owes_what_a_grassroots_unit_does(
    level: str, parent: str | None, as_level: str
) -> None:
    assert effective_level(plan_66(), level, parent) == as_level


def test_another_plan_has_other_duties() -> None:
    assert effective_level(two_levels(), "branch", "province") == "branch"
    assert [one.code for one in duties_of(two_levels(), "branch")] == ["meeting"]
    assert duty(two_levels(), "sum_up").levels == ("province",)
    assert essay_mode(two_levels(), "leader", "branch") is None
    assert essay_route(two_levels(), [("leader", "province")]) == "superior"


@pytest.mark.parametrize(
    ("role", "level", "mode"),
    [
        ("secretary", "branch", "file"),
        ("committee_member", "branch", "file"),
        ("member", "branch", "number"),
        ("deputy", "district", "file"),
        ("committee_member", "province", "file"),
    ],
)
def test_how_an_essay_is_handed_in(role: str, level: str, mode: str | None) -> None:
    assert essay_mode(plan_66(), role, level) == mode


ROUTES = {
    "provincial committee": ([("committee_member", "province")], "province"),
    "district secretary": ([("secretary", "district")], "province"),
    "district deputy": ([("deputy", "district")], "province"),
    "district committee": ([("committee_member", "district")], "superior"),
    "branch secretary": ([("secretary", "branch")], "superior"),
    "the highest position decides": ([("secretary", "branch"), ("deputy", "district")], "province"),
    "nobody": ([], "superior"),
}


@pytest.mark.parametrize(("positions", "route"), ROUTES.values(), ids=ROUTES)
def test_where_an_essay_goes(positions: list[tuple[str, str]], route: str) -> None:
    assert essay_route(plan_66(), positions) == route
