from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.counting import LIMIT, Count, add, number_in, read_count
from rules.reasons import Reason, ReasonCode

TAKEN = {
    "as told": ("45/50", 45, 50),
    "with spaces": (" 45 / 50 ", 45, 50),
    "a number alone is of the roster": ("45", 45, 50),
    "in words": ("45 trên 50", 45, 50),
    "without diacritics": ("45 tren 50", 45, 50),
    "shortened": ("45tr50", 45, 50),
    "a sentence": ("Dạ có 45 đồng chí trên tổng số 50 đồng chí ạ", 45, 50),
    "of": ("có mặt 45 trong 50", 45, 50),
    "yes is not absent": ("Vâng, 45 ạ", 45, 50),
    "there were": ("có 45", 45, 50),
    "unit shortened": ("45 đv", 45, 50),
    "unit glued on": ("45đv/50đv", 45, 50),
    "unit": ("45 đoàn viên", 45, 50),
    "label": ("Đoàn viên: 45/50", 45, 50),
    "full-width digits": ("４５／５０", 45, 50),
    "a full stop": ("45/50.", 45, 50),
    "everyone, with the number": ("đủ cả 50", 50, 50),
    "more than the roster, when said": ("52/52", 52, 52),
    "fewer than the roster, when said": ("40/45", 40, 45),
    "nobody": ("0/50", 0, 50),
    "a thousand with the Vietnamese point": ("1.200/1.300", 1200, 1300),
    "the largest": ("99999/99999", LIMIT, LIMIT),
}

REFUSED = {
    "in words only": ("bốn lăm", ReasonCode.UNREADABLE_NUMBER),
    "everyone, without a number": ("đủ cả", ReasonCode.UNREADABLE_NUMBER),
    "nothing": ("", ReasonCode.UNREADABLE_NUMBER),
    "emoji": ("👍", ReasonCode.UNREADABLE_NUMBER),
    "negative": ("-5", ReasonCode.UNREADABLE_NUMBER),
    "negative, with a typographic minus": ("−5", ReasonCode.UNREADABLE_NUMBER),
    "decimal point": ("45.5", ReasonCode.UNREADABLE_NUMBER),
    "decimal comma": ("45,5", ReasonCode.UNREADABLE_NUMBER),
    "exponent": ("1e3", ReasonCode.UNREADABLE_NUMBER),
    "percentage": ("90%", ReasonCode.UNREADABLE_NUMBER),
    "range": ("45-50", ReasonCode.UNREADABLE_NUMBER),
    "the absent are not the present": ("vắng 5", ReasonCode.UNREADABLE_NUMBER),
    "the absent, without diacritics": ("vang 5", ReasonCode.UNREADABLE_NUMBER),
    "a name is no number": ("Chi đoàn thôn 3", ReasonCode.UNREADABLE_NUMBER),
    "tens": ("4 chục", ReasonCode.UNREADABLE_NUMBER),
    "a date and a count": ("12/11 45/50", ReasonCode.UNREADABLE_NUMBER),
    "three numbers": ("45/50/60", ReasonCode.UNREADABLE_NUMBER),
    "too many": ("100000", ReasonCode.NUMBER_TOO_LARGE),
    "too many expected": ("5/100000", ReasonCode.NUMBER_TOO_LARGE),
    "more than expected": ("52/50", ReasonCode.MORE_THAN_EXPECTED),
    "alone, more than the roster": ("52", ReasonCode.MORE_THAN_EXPECTED),
    "a long text": ("45 " + "ạ " * 200, ReasonCode.UNREADABLE_NUMBER),
}


@pytest.mark.parametrize(("text", "attended", "expected"), TAKEN.values(), ids=TAKEN)
def test_a_count_is_read(text: str, attended: int, expected: int) -> None:
    assert read_count(text, 50) == Count(attended, expected)


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_a_count_is_refused(text: str, code: ReasonCode) -> None:
    read = read_count(text, 50)
    assert isinstance(read, Reason)
    assert read.code is code


def test_a_reason_carries_what_is_needed_to_explain_it() -> None:
    assert read_count("52/50", 40) == Reason(ReasonCode.MORE_THAN_EXPECTED, {"attended": 52, "expected": 50})
    assert read_count("45", None) == Reason(ReasonCode.EXPECTED_NEEDED, {"attended": 45})
    assert read_count("45/50", None) == Count(45, 50)


def test_only_a_lone_number_is_a_number() -> None:
    assert number_in("khoảng 120 người") == 120
    assert number_in("120 đến 130") is None


def test_rates_are_of_sums() -> None:
    both = add([Count(1, 1), Count(1, 9)])
    assert both == Count(2, 10)
    assert both.percent == Decimal("20.0")
    assert Count(2, 3).percent == Decimal("66.7")
    assert add([]).percent is None


@given(st.text(max_size=90), st.none() | st.integers(0, 200))
def test_whatever_is_typed_never_exceeds_what_was_expected(text: str, expected: int | None) -> None:
    read = read_count(text, expected)
    assert isinstance(read, Reason) or 0 <= read.attended <= read.expected <= LIMIT


@given(
    st.integers(0, LIMIT),
    st.integers(0, LIMIT),
    st.sampled_from(["/", " / ", " trên ", " tren ", "tr", "\\"]),
)
def test_every_pair_is_taken_or_refused_for_its_size(attended: int, expected: int, between: str) -> None:
    read = read_count(f"{attended}{between}{expected}", None)
    if attended <= expected:
        assert read == Count(attended, expected)
    else:
        assert isinstance(read, Reason)
        assert read.code is ReasonCode.MORE_THAN_EXPECTED
