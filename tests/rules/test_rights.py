import pytest

from rules.rights import Held, essay_reader, may_act_for, may_invite, may_read_essay, may_review, may_see
from tests.rules.plans import plan_66

PROVINCE, DISTRICT, COMMUNE, BRANCH = "/1/", "/1/5/", "/1/5/77/", "/1/5/77/300/"
ELSEWHERE, ALIKE = "/1/5/78/", "/1/5/770/"

TABLE = {
    "own unit": ("secretary", COMMUNE, COMMUNE, (True, True, False)),
    "below": ("deputy", COMMUNE, BRANCH, (False, True, True)),
    "two below": ("officer", DISTRICT, BRANCH, (False, True, False)),
    "above": ("secretary", BRANCH, COMMUNE, (False, False, False)),
    "beside": ("secretary", COMMUNE, ELSEWHERE, (False, False, False)),
    "a number that begins alike": ("secretary", COMMUNE, ALIKE, (False, False, False)),
    "the top": ("officer", PROVINCE, BRANCH, (False, True, False)),
    "a member acts for nobody": ("member", BRANCH, BRANCH, (False, False, False)),
    "a role the plan does not know": ("treasurer", COMMUNE, COMMUNE, (False, False, False)),
}


@pytest.mark.parametrize(("role", "own", "other", "rights"), TABLE.values(), ids=TABLE)
def test_rights_follow_the_tree(role: str, own: str, other: str, rights: tuple[bool, bool, bool]) -> None:
    plan, held = plan_66(), [Held(own, role)]
    assert (
        may_act_for(plan, held, other),
        may_see(plan, held, other),
        may_review(plan, held, other),
    ) == rights


def test_any_position_is_enough_and_none_is_not() -> None:
    both = [Held(ELSEWHERE, "member"), Held(BRANCH, "secretary")]
    assert may_act_for(plan_66(), both, BRANCH)
    assert not may_see(plan_66(), [], BRANCH)
    assert not may_review(plan_66(), [Held(PROVINCE, "officer")], PROVINCE)


INVITES = {
    "whose branch is below": (COMMUNE, [Held(BRANCH, "secretary")], True),
    "who only owes an essay there": (COMMUNE, [Held(BRANCH, "member")], True),
    "who acts above as well": (COMMUNE, [Held(BRANCH, "deputy"), Held(DISTRICT, "officer")], False),
    "who acts beside as well": (COMMUNE, [Held(BRANCH, "deputy"), Held(ELSEWHERE, "deputy")], False),
    "who is a plain member elsewhere": (COMMUNE, [Held(BRANCH, "deputy"), Held(ELSEWHERE, "member")], True),
    "a colleague": (COMMUNE, [Held(COMMUNE, "deputy")], False),
    "a colleague at the top, who has nobody above": (PROVINCE, [Held(PROVINCE, "deputy")], True),
    "of another commune": (COMMUNE, [Held(ELSEWHERE, "secretary")], False),
    "without a position": (COMMUNE, [], False),
}


@pytest.mark.parametrize(("own", "theirs", "allowed"), INVITES.values(), ids=INVITES)
def test_a_code_opens_everything_its_person_may(own: str, theirs: list[Held], allowed: bool) -> None:
    assert may_invite(plan_66(), [Held(own, "secretary")], theirs) == allowed


@pytest.mark.parametrize(
    ("route", "path", "reader"),
    [
        ("superior", "/1/5/77/", "/1/5/"),
        ("superior", "/1/5/", "/1/"),
        ("superior", "/1/", "/1/"),  # nobody is above
        ("province", "/1/5/77/", "/1/"),
        ("province", "/1/", "/1/"),
    ],
)
def test_who_reads_an_essay(route: str, path: str, reader: str) -> None:
    assert essay_reader(route, path) == reader
    for held in ("/1/", "/1/5/", "/1/5/77/", "/1/6/", "/2/"):
        assert may_read_essay(plan_66(), [Held(held, "secretary")], route, path) is (held == reader)
        assert not may_read_essay(plan_66(), [Held(held, "member")], route, path)
