import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.phones import normalise

MAI = "+84912345678"

NUMBERS = {
    "as written": ("0912 345 678", MAI),
    "points": ("0912.345.678", MAI),
    "international": ("+84 912 345 678", MAI),
    "international without plus": ("84912345678", MAI),
    "international with zeros": ("0084 912345678", MAI),
    "both prefixes": ("+84 (0) 912345678", MAI),
    "a spreadsheet's": ("912345678", MAI),
    "a spreadsheet's number": ("912345678.0", MAI),
    "with a remark": ("0912345678 (Zalo)", MAI),
    "a number of before 2018": ("0162 123 4567", "+84321234567"),
    "a spreadsheet's of before 2018": ("1621234567", "+84321234567"),
    "a landline": ("0237 3852 123", "+842373852123"),
    "beginning like the country": ("0841234567", "+84841234567"),
    "beginning like the country, a spreadsheet's": ("841234567", "+84841234567"),
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.values(), ids=NUMBERS)
def test_a_number(text: str, number: str) -> None:
    assert normalise(text) == number
    assert normalise(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không có",
        "113",
        "091234567",
        "0912345678 / 0988777666",
        "+33612345678",
        "+123456789",
        "0٩12345678",
        "0000000000",
    ],
    ids=[
        "empty",
        "none",
        "short",
        "a digit lost",
        "two",
        "foreign",
        "foreign and short",
        "other digits",
        "zeros",
    ],
)
def test_no_number(text: str) -> None:
    assert normalise(text) is None


@given(st.text(max_size=20))
def test_a_number_is_in_one_form(text: str) -> None:
    number = normalise(text)
    assert number is None or (number.isascii() and number[:3] == "+84" and 12 <= len(number) <= 13)
