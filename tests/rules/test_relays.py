"""What is to be explained before a sum of the units below goes upward."""

import pytest

from rules.contradictions import Kind
from rules.relays import to_explain

CASES = {
    "nothing": ((3, 3), 100, [], []),
    "nobody said how many cadres came": ((0, 0), 100, [], []),
    "one cadre short": ((2, 3), 100, [], [Kind.CADRES_BELOW]),
    "enough for the plan": ((9, 10), 90, [], []),
    "a doubt": ((3, 3), 100, [Kind.PHOTO_BEFORE], [Kind.PHOTO_BEFORE]),
    "asked once": ((2, 3), 100, [Kind.CADRES_BELOW], [Kind.CADRES_BELOW]),
    "in the order of the kinds": (
        (2, 3),
        100,
        [Kind.PHOTO_BEFORE, Kind.OVER_ROSTER],
        [Kind.OVER_ROSTER, Kind.CADRES_BELOW, Kind.PHOTO_BEFORE],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_to_be_explained(case: str) -> None:
    cadres, target, doubts, asked = CASES[case]
    assert to_explain(cadres, target, doubts) == asked
