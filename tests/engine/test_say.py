import pytest

from bot.texts import say


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
