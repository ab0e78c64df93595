import unicodedata
from datetime import date

import pytest

from rules.numbered import Numbered, Why, content_of, numbered_in, read_numbered

TODAY = date(2018, 11, 14)
ISSUED = date(2018, 9, 25)
FIFTH = date(2018, 10, 5)
PLAN_12 = Numbered("12-KH/ĐTN", FIFTH)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12-KH/ĐTN ngày 05/10/2018", PLAN_12),
        ("12-KH/ĐTN 5/10", PLAN_12),
        ("12-KH/ĐTN, 5.10.2018", PLAN_12),
        ("12-kh/đtn ngày 5-10-2018", PLAN_12),
        ("Số: 12 - KH/ĐTN, ngày 5 tháng 10 năm 2018", PLAN_12),
        ("Số 12-KH / ĐTN ngày 05 tháng 10", PLAN_12),
        ("ngày 05/10/2018 số 12-KH/ĐTN", PLAN_12),
        ("Kế hoạch số 12 – KH/ĐTN ngày 5/10/2018", PLAN_12),
        ("12KH/ĐTN ngày 5/10/2018", PLAN_12),
        ("12-KH/ĐTN\nHoằng Hóa, ngày 05 tháng 10 năm 2018", PLAN_12),
        ("Sô: l2-KH/ÐTN ngày O5 tháng 1O năm 2O18", PLAN_12),
        ("12-KH/ĐTN ngày 2018-10-05", PLAN_12),
        ("12-KH/DTN ngay 5/10/2018", Numbered("12-KH/DTN", FIFTH)),
        ("05/KH-ĐTN ngày 5/10/2018", Numbered("05/KH-ĐTN", FIFTH)),
        ("66 - KH/TĐTN-BTG ngày 5/10/2018", Numbered("66-KH/TĐTN-BTG", FIFTH)),
        ("12BC/ĐTN ngày 5/10/2018", Numbered("12-BC/ĐTN", FIFTH)),
        ("12a-KH/ĐTN ngày 5/10/2018", Numbered("12A-KH/ĐTN", FIFTH)),
        ("123/QĐ-UBND hôm qua", Numbered("123/QĐ-UBND", date(2018, 11, 13))),
        (
            "12-KH/ĐTN ngày 1/9/2018",
            Numbered("12-KH/ĐTN", date(2018, 9, 1)),
        ),  # before the plan: to be confirmed
        ("12-KH/ĐTN", Why.NO_DAY),
        ("ngày 5/10/2018", Why.NO_NUMBER),
        ("Số:    -KH/ĐTN, ngày 5 tháng 10 năm 2018", Why.NO_NUMBER),
        ("số 12 ngày 5/10/2018", Why.NO_NUMBER),
        ("12-KH/ĐTN ngày 31/2/2018", Why.NO_SUCH_DAY),
        ("12-KH/ĐTN ngày 20/11/2018", Why.IN_FUTURE),
        ("12-KH/ĐTN ngày 5/10/2081", Why.IN_FUTURE),
        ("đã có rồi", Why.NOTHING),
        ("", Why.NOTHING),
        ("12-KH/ĐTN ngày 5/10/2018 " + "x" * 150, Why.NOTHING),
        ("ﷺ" * 30, Why.NOTHING),
    ],
)
def test_a_number_and_a_day_in_one_line(typed: str, read: Numbered | Why) -> None:
    assert read_numbered(typed, TODAY, ISSUED) == read
    assert read_numbered(unicodedata.normalize("NFD", typed), TODAY, ISSUED) == read


def test_as_a_sending_keeps_it() -> None:
    for numbered in (PLAN_12, Numbered()):
        assert numbered_in({"files": [1], **content_of(numbered)}) == numbered
    assert numbered_in({"files": [1]}) is None
