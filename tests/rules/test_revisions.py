from datetime import date
from typing import Any

import pytest

from rules.numbered import Numbered
from rules.revisions import Figure, changed, figures

LINE: dict[str, Any] = {
    "held_on": "2018-11-12", "members": 45, "members_expected": 50, "cadres": 3, "cadres_expected": 3,
    "youth": None, "at_home": None, "materials": None, "proposal": None, "absent": [],
}  # fmt: skip
SESSION: dict[str, Any] = {
    "level": "grassroots", "held_on": "2018-11-12", "place": "nhà văn hoá", "hall_count": 120,
    "materials": False, "speakers": [{"name": "An"}], "groups": [{"group": "x", "attended": 4, "expected": 5}],
}  # fmt: skip


def test_the_figures_of_a_participation() -> None:
    assert figures({"lines": [LINE]}) == {
        Figure.DAY: date(2018, 11, 12),
        Figure.MEMBERS: (45, 50),
        Figure.CADRES: (3, 3),
    }


def test_make_ups_add() -> None:
    make_up = LINE | {"members": 4, "cadres": 1, "cadres_expected": 1, "youth": 2}
    found = figures({"lines": [LINE | {"cadres": 2}, make_up]})
    assert (found[Figure.MEMBERS], found[Figure.CADRES]) == ((49, 50), (3, 3))
    assert (found[Figure.YOUTH], found[Figure.MAKE_UPS]) == (2, 1)


def test_the_figures_of_a_session() -> None:
    assert figures(SESSION) == {
        Figure.DAY: date(2018, 11, 12),
        Figure.PLACE: "nhà văn hoá",
        Figure.SPEAKERS: ("An",),
        Figure.HALL: 120,
        Figure.GROUPS: (("x", 4, 5),),
        Figure.MATERIALS: False,
    }


@pytest.mark.parametrize("content", [{}, {"lines": []}, {"files": [1]}])
def test_a_document_has_none(content: dict[str, Any]) -> None:
    assert figures(content) == {}


def test_but_the_number_that_was_asked_for() -> None:
    before = figures({"files": [1], "number": None, "issued_on": None})
    after = figures({"files": [1], "number": "12-KH/ĐTN", "issued_on": "2018-10-05"})
    assert before == {Figure.NUMBER: Numbered()}
    assert after == {Figure.NUMBER: Numbered("12-KH/ĐTN", date(2018, 10, 5))}
    assert changed(before, after) == [Figure.NUMBER]


@pytest.mark.parametrize(
    ("after", "figure"),
    [
        ({"members": 47}, [Figure.MEMBERS]),
        ({"cadres": 2, "absent": [{"name": "Hùng", "reason": None}]}, [Figure.CADRES, Figure.ABSENT]),
        ({"youth": 0}, [Figure.YOUTH]),
        ({"cadres": None}, [Figure.CADRES]),
        ({"materials": False}, [Figure.MATERIALS]),
        ({}, []),
    ],
)
def test_what_changed(after: dict[str, Any], figure: list[Figure]) -> None:
    assert changed(figures({"lines": [LINE]}), figures({"lines": [LINE | after]})) == figure
