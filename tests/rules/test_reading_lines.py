import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.counting import Count
from rules.reading import LineReport, read_line
from rules.reasons import Reason, ReasonCode

TODAY = date(2018, 11, 14)
START = date(2018, 9, 25)
NOV_12 = date(2018, 11, 12)
ALL = Count(45, 50)

REPORTS = {
    "the example": ("12/11 45/50, đủ tài liệu", LineReport(ALL, NOV_12, materials=True)),
    "the other way round": ("đủ tài liệu, 45/50 12/11", LineReport(ALL, NOV_12, materials=True)),
    "points": ("12.11 45 trên 50", LineReport(ALL, NOV_12)),
    "in words": ("Ngày 12 tháng 11 năm 2018, 45/50", LineReport(ALL, NOV_12)),
    "dashes": ("12-11 - 45/50", LineReport(ALL, NOV_12)),
    "yesterday": ("hôm qua 45/50", LineReport(ALL, date(2018, 11, 13))),
    "no day": ("45/50", LineReport(ALL)),
    "a number of the roster": ("12/11 45", LineReport(ALL, NOV_12)),
    "a sentence": ("ngày 12/11 có 45 đoàn viên tham dự ạ", LineReport(ALL, NOV_12)),
    "present beside a day": ("12/11 có mặt 45", LineReport(ALL, NOV_12)),
    "present of": ("12/11 có mặt 45/50", LineReport(ALL, NOV_12)),
    "materials lacking": ("12/11 45/50 thiếu tài liệu", LineReport(ALL, NOV_12, materials=False)),
    "materials not enough": ("12/11 45/50 không đủ tài liệu", LineReport(ALL, NOV_12, materials=False)),
    "materials, said behind": ("45/50, tài liệu đủ", LineReport(ALL, materials=True)),
    "materials only named": ("45/50, tài liệu", LineReport(ALL)),
    "everything": (
        "12/11, 45/50, cán bộ 2/3, thanh niên 12, có mặt tại địa phương 48, thiếu tài liệu",
        LineReport(ALL, NOV_12, Count(2, 3), 12, 48, False),
    ),
    "everything, short": ("45/50 cb 3/3 tn 12 12/11", LineReport(ALL, NOV_12, Count(3, 3), 12)),
    "youth, said behind": ("45/50, 12 thanh niên", LineReport(ALL, youth=12)),
    "two possible days, the first is it": ("12/11 12/12", LineReport(Count(12, 12), NOV_12)),
    "a name before": ("Chi đoàn thôn 3 45/50", LineReport(ALL)),
    "a day to come": (
        "31/12 45/50",
        LineReport(ALL, Reason(ReasonCode.DATE_IN_FUTURE, {"day": date(2018, 12, 31)})),
    ),
    "no such day": ("31/11 45/50", LineReport(ALL, Reason(ReasonCode.UNREADABLE_DATE))),
    "more than expected": (
        "12/11 52/50",
        LineReport(Reason(ReasonCode.MORE_THAN_EXPECTED, {"attended": 52, "expected": 50}), NOV_12),
    ),
    "more cadres than there are": (
        "45/50 cb 5/3",
        LineReport(Reason(ReasonCode.MORE_THAN_EXPECTED, {"attended": 5, "expected": 3})),
    ),
}

NO_REPORT = {
    "talk": "Chào đồng chí, hôm nay thôn 7 chưa học",
    "a day": "12/11",
    "a day with its year": "12/11/2018",
    "a day and talk": "Đề nghị ngày 12/11 cấp thêm 45 cuốn",
    "a number": "45",
    "cadres only": "cb 2/3",
    "nothing": "",
    "a long text": "12/11 45/50 " + "đoàn viên tham gia nhiệt tình " * 10,
}


@pytest.mark.parametrize(("text", "report"), REPORTS.values(), ids=REPORTS)
def test_a_report_in_one_line(text: str, report: LineReport) -> None:
    assert read_line(text, TODAY, START, 50) == report
    assert read_line(unicodedata.normalize("NFD", text).upper(), TODAY, START, 50) == report


@pytest.mark.parametrize("text", NO_REPORT.values(), ids=NO_REPORT)
def test_no_report(text: str) -> None:
    assert read_line(text, TODAY, START, 50) is None


def test_what_the_roster_says_tells_a_count_from_a_day() -> None:
    assert read_line("10/12", TODAY, START, 12) == LineReport(Count(10, 12))
    assert read_line("10/12", TODAY, START, 50) is None
    assert read_line("10/12 8/11", TODAY, START, 12) == LineReport(Count(10, 12), date(2018, 11, 8))
    assert read_line("10/12 ngày 8/11", TODAY, START, 50) == LineReport(Count(10, 12), date(2018, 11, 8))


def test_a_number_alone_needs_a_roster() -> None:
    assert read_line("12/11 45", TODAY, START, None) == LineReport(
        Reason(ReasonCode.EXPECTED_NEEDED, {"attended": 45}), NOV_12
    )


@given(st.text(max_size=250) | st.text("0123456789/.,- dđuhôma", max_size=40))
def test_whatever_is_typed_never_breaks_it(text: str) -> None:
    report = read_line(text, TODAY, START, 50)
    if report is not None:
        for count in (report.members, report.cadres):
            assert not isinstance(count, Count) or count.attended <= count.expected
        assert not isinstance(report.held_on, date) or START <= report.held_on <= TODAY


@given(st.dates(START, TODAY), st.integers(0, 50))
def test_any_day_and_any_count_in_either_order(day: date, attended: int) -> None:
    said, count = f"{day.day}/{day.month}", f"{attended}/50"
    expected = LineReport(Count(attended, 50), day)
    assert read_line(f"{said} {count}", TODAY, START, 50) == expected
    assert read_line(f"{count}, {said}", TODAY, START, 50) == expected
