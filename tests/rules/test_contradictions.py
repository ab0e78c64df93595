from dataclasses import replace

import pytest

from rules.contradictions import Facts, Finding, Hall, Kind, findings, needs_a_look
from rules.inspections import reasons_in
from rules.plan import DutyKind
from rules.reviewing import FIELDS, Field, sampled

PLAN = "ke-hoach-66"
FITS = Facts(1, members=(45, 50), roster=50, cadres=(3, 3), halls=(Hall(120, 118, False),))
CHOSEN = next(number for number in range(1, 1000) if sampled(PLAN, number, 0.05))


def kinds(facts: Facts, *, target: int = 100, share: float = 0.0) -> list[Kind]:
    return [one.kind for one in findings(facts, PLAN, cadre_target=target, sampled_share=share)]


TABLE: dict[str, tuple[Facts, list[Kind]]] = {
    "all fits": (FITS, []),
    "nothing is known": (Facts(1), []),
    "the roster is not known": (replace(FITS, roster=None), []),
    "more than the roster has": (replace(FITS, members=(52, 52)), [Kind.OVER_ROSTER]),
    "of fewer than the roster has": (replace(FITS, members=(45, 48)), [Kind.ROSTER_DIFFERS]),
    "of more, but no more came": (replace(FITS, members=(45, 52)), [Kind.ROSTER_DIFFERS]),
    "a cadre was absent": (replace(FITS, cadres=(2, 3)), [Kind.CADRES_BELOW]),
    "cadres were not said": (replace(FITS, cadres=None), []),
    "no cadres there": (replace(FITS, cadres=(0, 0)), []),
    "the branches say more than the hall held": (
        replace(FITS, halls=(Hall(100, 121, False),)),
        [Kind.HALL_DIFFERS],
    ),
    "exactly a fifth more": (replace(FITS, halls=(Hall(100, 120, False),)), []),
    "five more in a small room": (replace(FITS, halls=(Hall(10, 15, True),)), []),
    "six more in a small room": (replace(FITS, halls=(Hall(10, 16, True),)), [Kind.HALL_DIFFERS]),
    "fewer, while some have not reported": (replace(FITS, halls=(Hall(120, 45, False),)), []),
    "fewer, and all have reported": (replace(FITS, halls=(Hall(120, 90, True),)), [Kind.HALL_DIFFERS]),
    "two halls, one does not fit": (
        replace(FITS, halls=(Hall(120, 118, True), Hall(50, 70, True))),
        [Kind.HALL_DIFFERS],
    ),
    "as before": (replace(FITS, members_before=44), []),
    "up by thirty of the hundred": (replace(FITS, members=(45, 50), members_before=30), []),
    "up by more": (replace(FITS, members=(46, 50), members_before=30), [Kind.FAR_FROM_LAST]),
    "down by more": (replace(FITS, members=(26, 50), members_before=45), [Kind.FAR_FROM_LAST]),
    "the hall was counted again": (Facts(1, hall=130, hall_before=120), []),
    "the hall has doubled": (Facts(1, hall=240, hall_before=120), [Kind.FAR_FROM_LAST]),
    "a speaker at two places": (Facts(1, speakers_elsewhere=(("An", None),)), [Kind.SPEAKER_ELSEWHERE]),
    "a speaker the plan does not name": (Facts(1, speakers_outside=("An",)), [Kind.SPEAKER_OUTSIDE]),
    "a photo of another report": (replace(FITS, photos_before=((7, "X"),)), [Kind.PHOTO_BEFORE]),
    "it was returned": (replace(FITS, asked=("cadres", False)), [Kind.ASKED_BEFORE]),
    "on behalf": (replace(FITS, on_behalf=True), [Kind.ON_BEHALF]),
    "several at once": (
        replace(FITS, members=(52, 52), cadres=(2, 3), on_behalf=True),
        [Kind.OVER_ROSTER, Kind.CADRES_BELOW, Kind.ON_BEHALF],
    ),
}


@pytest.mark.parametrize(("facts", "expected"), TABLE.values(), ids=TABLE)
def test_what_does_not_fit(facts: Facts, expected: list[Kind]) -> None:
    found = findings(facts, PLAN, cadre_target=100, sampled_share=0.0)
    assert [one.kind for one in found] == expected
    assert needs_a_look(found) == any(kind is not Kind.ON_BEHALF for kind in expected)


def test_what_is_told_with_it() -> None:
    facts = replace(
        FITS, members=(52, 52), cadres=(2, 3), halls=(Hall(100, 160, False),), photos_before=((7, "X"),)
    )
    assert findings(facts, PLAN, cadre_target=90, sampled_share=0.0) == (
        Finding(Kind.OVER_ROSTER, {"attended": 52, "roster": 50}),
        Finding(Kind.CADRES_BELOW, {"attended": 2, "expected": 3, "target": 90}),
        Finding(Kind.HALL_DIFFERS, {"branches": 160, "hall": 100}),
        Finding(Kind.PHOTO_BEFORE, {"report": 7, "unit": "X"}),
    )


def test_the_plans_target_of_cadres() -> None:
    facts = replace(FITS, cadres=(9, 10))
    assert kinds(facts, target=90) == []
    assert kinds(facts, target=91) == [Kind.CADRES_BELOW]


def test_chance_asks_for_the_signed_list() -> None:
    chosen = replace(FITS, report_id=CHOSEN)
    assert kinds(chosen, share=0.05) == [Kind.SAMPLED]
    assert kinds(replace(chosen, photos=1), share=0.05) == []
    assert kinds(Facts(CHOSEN, hall=120), share=1.0) == []  # a session has no list of the branch


def test_chance_is_fair_and_always_says_the_same() -> None:
    chosen = [number for number in range(1, 10_001) if sampled(PLAN, number, 0.05)]
    assert 400 < len(chosen) < 600
    assert chosen == [number for number in range(1, 10_001) if sampled(PLAN, number, 0.05)]
    assert chosen != [number for number in range(1, 10_001) if sampled("other", number, 0.05)]
    assert not any(sampled(PLAN, number, 0.0) for number in range(1000))
    assert all(sampled(PLAN, number, 1.0) for number in range(1000))


def test_every_kind_of_duty_has_fields_of_its_own() -> None:
    assert FIELDS[DutyKind.DOCUMENT] == (Field.FILE, Field.NUMBER)
    assert Field.HALL not in FIELDS[DutyKind.PARTICIPATION]
    assert Field.MEMBERS not in FIELDS[DutyKind.SESSION]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (Facts(1, members=(45, 50), checked_in=20), {"checked_in": 20, "reported": 45, "hall": False}),
        (Facts(1, hall=120, checked_in=0), {"checked_in": 0, "reported": 120, "hall": True}),
        (Facts(1, checked_in=3), {"checked_in": 3, "reported": None, "hall": True}),
    ],
)
def test_a_check_in_is_told_and_nothing_is_made_of_it(facts: Facts, told: dict[str, object]) -> None:
    found = findings(facts, "plan", cadre_target=100, sampled_share=0)
    assert found == (Finding(Kind.CHECKED_IN, told),)
    assert not needs_a_look(found)
    assert reasons_in(found, hosts=True) == ()
