from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.texts import say

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (402, 437, "92%"),
        (18_230, 20_410, "89,3%"),
        (0, 4, "0%"),
        (4, 4, "100%"),
        (9_999, 10_000, "99,9%"),
        (1, 10_000, "0,1%"),
        (1, 10, "10%"),
        (0, 0, "chưa ghi"),
    ],
)
def test_a_share_is_whole_only_when_nothing_is_missing(part: int, whole: int, told: str) -> None:
    assert say.percent(part, whole) == told


@pytest.mark.parametrize(
    ("hour", "minute", "told"),
    [(10, 0, "17 giờ ngày 12/12"), (10, 5, "17 giờ 05 ngày 12/12"), (18, 0, "01 giờ ngày 13/12")],
)
def test_the_moment_of_figures(hour: int, minute: int, told: str) -> None:
    assert say.as_of(datetime(2018, 12, 12, hour, minute, tzinfo=UTC), ZONE) == told


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Chi đoàn thôn 3", "Chi đoàn thôn 3"),
        ("Chi đoàn Trường Trung học phổ thông Hoằng Hóa 4", "Chi đoàn Trường Trung học…g Hoằng Hóa 4"),
        ("x" * 60, "x" * 26 + "…" + "x" * 13),
    ],
)
def test_a_long_name_of_a_unit_keeps_both_ends(name: str, label: str) -> None:
    assert say.both_ends(name) == label
    assert len(label) <= 40


@pytest.mark.parametrize(
    ("people", "labels"),
    [
        ([("Lê Thị Mai", "Bí thư"), ("Lê Văn Nam", "Phó bí thư")], ["Lê Thị Mai", "Lê Văn Nam"]),
        (
            [("Lê Thị Mai", "Bí thư"), ("Lê Thị Mai", "Ủy viên")],
            ["Lê Thị Mai, Bí thư", "Lê Thị Mai, Ủy viên"],
        ),
        ([("Lê Mai", "Ủy viên")] * 2, ["Lê Mai, Ủy viên (1)", "Lê Mai, Ủy viên (2)"]),
        (
            [("Nguyễn Thị Phương Thảo", "Bí thư"), ("Nguyễn Thị Phượng Thảo", "Phó bí thư")],
            ["Nguyễn Thị Phương Thảo, Bí thư", "Nguyễn Thị Phượng Thảo, Phó bí thư"],
        ),
    ],
    ids=["different", "by role", "by number", "alike when short"],
)
def test_people_are_told_apart(people: list[tuple[str, str]], labels: list[str]) -> None:
    assert say.told_apart(people) == labels


def test_the_first_letter_of_an_abbreviation_stays() -> None:
    assert say.lower_first("Kế hoạch") == "kế hoạch"
    assert say.lower_first("KH kiểm tra") == "KH kiểm tra"
    assert say.lower_first("Ô") == "ô"
