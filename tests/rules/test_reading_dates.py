import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.reading import read_date, read_day, read_number, read_planned_date
from rules.reasons import Reason, ReasonCode

TODAY = date(2018, 11, 14)
START = date(2018, 9, 25)
NOV_12 = date(2018, 11, 12)

HELD = {
    "slash": ("12/11", NOV_12),
    "point": ("12.11", NOV_12),
    "dash": ("12-11", NOV_12),
    "typographic dash": ("12–11", NOV_12),
    "spaces": ("12 / 11", NOV_12),
    "full year": ("12/11/2018", NOV_12),
    "short year": ("12/11/18", NOV_12),
    "year after a space": ("12/11 2018", NOV_12),
    "as a machine writes it": ("2018-11-12", NOV_12),
    "in words": ("ngày 12 tháng 11", NOV_12),
    "in words without diacritics": ("ngay 12 thang 11 nam 2018", NOV_12),
    "shortened": ("12 thg 11", NOV_12),
    "with the word day": ("Ngày 12/11", NOV_12),
    "part of the day": ("sáng 12/11", NOV_12),
    "hour": ("8h30 sáng ngày 12/11", NOV_12),
    "hour before the day": ("8h 12/11", NOV_12),
    "hour behind": ("12/11/2018 lúc 8h", NOV_12),
    "weekday": ("thứ 2 ngày 12/11", NOV_12),
    "weekday in letters": ("Thứ hai, 12/11", NOV_12),
    "courtesies": ("Dạ, hôm 12/11 rồi ạ", NOV_12),
    "today": ("hôm nay", TODAY),
    "today shortened": ("hnay", TODAY),
    "this morning": ("Sáng nay", TODAY),
    "yesterday": ("hom qua", TODAY - timedelta(1)),
    "yesterday evening": ("tối hôm qua", TODAY - timedelta(1)),
    "the day before": ("hôm kia", NOV_12),
    "the first day": ("25/9", START),
}

NOT_HELD = {
    "to come": ("31/12", ReasonCode.DATE_IN_FUTURE),
    "tomorrow": ("ngày mai", ReasonCode.DATE_IN_FUTURE),
    "this day of next year": ("12/11/2019", ReasonCode.DATE_IN_FUTURE),
    "before the plan": ("1/9", ReasonCode.DATE_BEFORE_PLAN),
    "a year ago": ("12/11/2017", ReasonCode.DATE_BEFORE_PLAN),
    "no such day": ("31/11", ReasonCode.UNREADABLE_DATE),
    "no such month": ("45/13", ReasonCode.UNREADABLE_DATE),
    "no leap year": ("29/2/2018", ReasonCode.UNREADABLE_DATE),
    "day zero": ("0/11", ReasonCode.UNREADABLE_DATE),
    "a day alone": ("12", ReasonCode.UNREADABLE_DATE),
    "two days": ("12/11-13/11", ReasonCode.UNREADABLE_DATE),
    "a range of days": ("12/11 - 13", ReasonCode.UNREADABLE_DATE),
    "a count behind": ("12/11 45/50", ReasonCode.UNREADABLE_DATE),
    "not that day": ("không phải 12/11", ReasonCode.UNREADABLE_DATE),
    "before that day": ("trước 12/11", ReasonCode.UNREADABLE_DATE),
    "talk": ("chưa học", ReasonCode.UNREADABLE_DATE),
    "nothing": ("", ReasonCode.UNREADABLE_DATE),
    "a long text": ("12/11" + " ạ" * 100, ReasonCode.UNREADABLE_DATE),
}


@pytest.mark.parametrize(("text", "day"), HELD.values(), ids=HELD)
def test_a_day_that_has_been_is_read(text: str, day: date) -> None:
    assert read_date(text, TODAY, START) == day
    assert read_date(unicodedata.normalize("NFD", text), TODAY, START) == day


@pytest.mark.parametrize(("text", "code"), NOT_HELD.values(), ids=NOT_HELD)
def test_a_day_that_cannot_have_been_is_refused(text: str, code: ReasonCode) -> None:
    read = read_date(text, TODAY, START)
    assert isinstance(read, Reason)
    assert read.code is code


def test_a_year_left_out_is_the_latest_such_day_that_has_been() -> None:
    january = date(2019, 1, 3)
    assert read_date("28/12", january, START) == date(2018, 12, 28)
    assert read_date("2/1", january, START) == date(2019, 1, 2)
    assert read_date("29/2", date(2021, 1, 5), date(2020, 1, 1)) == date(2020, 2, 29)


def test_a_refused_day_is_told() -> None:
    assert read_date("31/12", TODAY, START) == Reason(ReasonCode.DATE_IN_FUTURE, {"day": date(2018, 12, 31)})
    assert read_date("1/9", TODAY, START) == Reason(
        ReasonCode.DATE_BEFORE_PLAN, {"day": date(2018, 9, 1), "start": START}
    )


AHEAD = {
    "a day": ("20/12", date(2018, 12, 20)),
    "today": ("hôm nay", TODAY),
    "tonight": ("tối nay", TODAY),
    "tomorrow": ("mai", TODAY + timedelta(1)),
    "tomorrow morning": ("sáng mai", TODAY + timedelta(1)),
    "the day after": ("ngày kia", TODAY + timedelta(2)),
    "over the new year": ("5/1", date(2019, 1, 5)),
    "expected on": ("Dự kiến 20/12 ạ", date(2018, 12, 20)),
}

NOT_AHEAD = {
    "two days ago": ("12/11", ReasonCode.DATE_IN_PAST),
    "yesterday": ("hôm qua", ReasonCode.DATE_IN_PAST),
    "last year": ("20/12/2017", ReasonCode.DATE_IN_PAST),
    "no such day": ("31/11", ReasonCode.UNREADABLE_DATE),
    "talk": ("tuần sau", ReasonCode.UNREADABLE_DATE),
    "past the latest": ("2/1/2019", ReasonCode.UNREADABLE_DATE),
}


@pytest.mark.parametrize(("text", "day"), AHEAD.values(), ids=AHEAD)
def test_a_day_to_come_is_read(text: str, day: date) -> None:
    assert read_planned_date(text, TODAY, None) == day


@pytest.mark.parametrize(("text", "code"), NOT_AHEAD.values(), ids=NOT_AHEAD)
def test_a_day_not_to_come_is_refused(text: str, code: ReasonCode) -> None:
    read = read_planned_date(text, TODAY, date(2018, 12, 31))
    assert isinstance(read, Reason)
    assert read.code is code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/11", NOV_12),
        ("20/12", date(2018, 12, 20)),
        ("05/01", date(2019, 1, 5)),
        ("31/12/2017", date(2017, 12, 31)),
        ("hôm nay", TODAY),
        ("từ mai", None),
        ("ngày mai", TODAY + timedelta(1)),
        ("hôm qua", TODAY - timedelta(1)),
        ("29/02", None),
        ("khi nào rảnh", None),
        ("", None),
    ],
)
def test_any_day_is_the_nearest_of_its_kind(text: str, day: date | None) -> None:
    read = read_day(text, TODAY)
    assert read == (day if day is not None else Reason(ReasonCode.UNREADABLE_DATE))


def test_a_leap_day_is_the_nearest_there_is() -> None:
    assert read_day("29/02", date(2020, 11, 14)) == date(2020, 2, 29)


def test_a_year_typed_wrongly_is_asked_about() -> None:
    told = Reason(ReasonCode.DATE_TOO_FAR, {"day": date(2081, 11, 12)})
    assert read_day("12/11/2081", TODAY) == told


@given(st.text(max_size=90))
def test_whatever_is_typed_is_a_day_near_or_a_reason(text: str) -> None:
    read = read_day(text, TODAY)
    assert isinstance(read, Reason) or abs((read - TODAY).days) <= 3 * 366


def test_numbers_have_a_limit() -> None:
    assert read_number("1.200 người", 5000) == 1200
    assert read_number("6000", 5000) == Reason(ReasonCode.NUMBER_TOO_LARGE, {"limit": 5000})
    assert read_number("nhiều", 5000) == Reason(ReasonCode.UNREADABLE_NUMBER)


@given(
    st.dates(START, TODAY),
    st.sampled_from(["{0.day}/{0.month}", "{0:%d.%m.%Y}", "ngày {0.day} tháng {0.month}"]),
)
def test_every_day_of_the_plan_is_read_in_every_form(day: date, form: str) -> None:
    assert read_date(form.format(day), TODAY, START) == day


@given(st.text(max_size=90))
def test_whatever_is_typed_is_a_day_of_the_plan_or_a_reason(text: str) -> None:
    read = read_date(text, TODAY, START)
    assert isinstance(read, Reason) or START <= read <= TODAY
    planned = read_planned_date(text, TODAY, None)
    assert isinstance(planned, Reason) or planned >= TODAY
