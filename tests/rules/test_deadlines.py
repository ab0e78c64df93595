from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.deadlines import (
    held_on_time,
    last_day,
    local_date,
    locked,
    remind_deadline,
    reported_on_time,
)
from rules.duties import duty
from tests.rules.plans import plan_66, two_levels

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    """A moment of the server, given as Vietnam's."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def test_before_the_30th_is_until_the_end_of_the_29th() -> None:
    before = date(2018, 12, 30)
    assert last_day(before) == date(2018, 12, 29)


def test_the_day_is_vietnam_s() -> None:
    assert local_date(datetime(2018, 12, 29, 17, 0, tzinfo=UTC), ZONE) == date(2018, 12, 30)


@pytest.mark.parametrize(
    ("code", "level", "held", "on_time"),
    [
        ("session", "district", date(2018, 11, 14), True),
        ("session", "district", date(2018, 11, 15), False),
        ("session", "grassroots", date(2018, 12, 29), True),
        ("session", "grassroots", date(2018, 12, 30), False),
        ("participation", "branch", date(2018, 12, 30), False),
        ("media", "district", date(2018, 12, 30), None),
    ],
)
def test_held_on_time_is_the_session_s_day(code: str, level: str, held: date, on_time: bool | None) -> None:
    assert held_on_time(duty(plan_66(), code), level, held) is on_time


REPORTED = {
    "the last second of the fixed deadline": ("final_report", None, "2019-01-04T23:59:59", True),
    "a second later": ("final_report", None, "2019-01-05T00:00:00", False),
    "three days after the session": ("participation", date(2018, 11, 12), "2018-11-15T23:59:59", True),
    "the fourth day": ("participation", date(2018, 11, 12), "2018-11-16T00:00:00", False),
    "held late, reported at once": ("participation", date(2019, 1, 10), "2019-01-10T20:00:00", True),
    "day not known": ("participation", None, "2018-11-15T12:00:00", None),
    "no deadline of its own": ("summary", None, "2019-02-01T12:00:00", None),
}


@pytest.mark.parametrize(("code", "held", "arrived", "on_time"), REPORTED.values(), ids=REPORTED)
def test_reported_on_time_is_the_arrival(
    code: str, held: date | None, arrived: str, on_time: bool | None
) -> None:
    assert reported_on_time(duty(plan_66(), code), held, at(arrived), ZONE) is on_time


@pytest.mark.parametrize(
    ("code", "level", "before"),
    [
        ("participation", "branch", date(2018, 12, 30)),
        ("session", "district", date(2018, 11, 15)),
        ("final_report", "district", date(2019, 1, 5)),
        ("summary", "grassroots", date(2019, 1, 3)),
        ("media", "district", None),
        ("implementation_plan", "district", date(2018, 11, 10)),
        ("implementation_plan", "grassroots", date(2018, 12, 1)),
        ("inspection_plan", "district", date(2018, 11, 30)),
    ],
)
def test_what_reminders_count_down_to(code: str, level: str, before: date | None) -> None:
    assert remind_deadline(duty(plan_66(), code), level) == before


def test_a_plan_without_a_lock_is_never_locked() -> None:
    assert not locked(plan_66(), at("2030-01-01T00:00:00"), ZONE)
    assert not locked(two_levels(), at("2026-04-30T23:59:59"), ZONE)
    assert locked(two_levels(), at("2026-05-01T00:00:00"), ZONE)
