"""Whose a proposal is, and which ones say the same."""

import pytest

from rules.proposals import likeness, place_of

LEVELS = ("province", "district", "grassroots", "branch")
UP = ("grassroots", "district", "province")


@pytest.mark.parametrize(
    ("level", "above", "place"),
    [
        (None, UP, 0),
        ("grassroots", UP, 0),
        ("district", UP, 1),
        ("province", UP, 2),
        ("grassroots", ("district", "province"), 0),  # a branch right under its district
        ("district", ("grassroots", "province"), 1),  # the districts are no more
        ("branch", UP, 0),
        ("made up", UP, 0),
        ("district", ("province",), 0),
    ],
)
def test_whose_it_is(level: str | None, above: tuple[str, ...], place: int) -> None:
    assert place_of(level, LEVELS, above) == place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cần thêm tài liệu", "can THÊM  tài liệu.", True),
        ("Cần thêm tài liệu", "Cần thêm kinh phí", False),
        ("Cần 2 lớp", "Cần 3 lớp", False),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    assert (likeness(one) == likeness(other)) is same
