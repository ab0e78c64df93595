from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.reminders import escalations_now, evening, quiet_until, stage_now, tomorrow
from tests.rules.plans import plan_66, two_levels

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEFORE = date(2018, 12, 30)  # the last day is the 29th
REMINDERS = plan_66().reminders


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


STAGES = {
    "too early": ("2018-12-22T07:29", None),
    "seven days before": ("2018-12-22T07:30", "week"),
    "still the week's": ("2018-12-27T07:29", "week"),
    "two days before": ("2018-12-27T07:30", "two_days"),
    "the last morning": ("2018-12-29T11:29", "two_days"),
    "the last noon": ("2018-12-29T11:30", "last_day"),
    "the last minute": ("2018-12-29T23:59", "last_day"),
    "nothing is left, not yet told": ("2018-12-30T00:00", None),
    "late": ("2018-12-30T07:30", "late"),
    "after a week of downtime": ("2019-01-05T12:00", "late"),
    "long past": ("2019-01-20T12:00", None),
}


@pytest.mark.parametrize(("now", "stage"), STAGES.values(), ids=STAGES)
def test_only_the_latest_stage_counts(now: str, stage: str | None) -> None:
    found = stage_now(REMINDERS, BEFORE, local(now))
    assert (found.code if found else None) == stage


def test_a_plan_that_says_nothing_when_late() -> None:
    reminders = two_levels().reminders
    found = stage_now(reminders, date(2026, 4, 1), local("2026-03-31T09:00"))
    assert found is not None
    assert found.code == "last_day"
    assert stage_now(reminders, date(2026, 4, 1), local("2026-04-01T09:00")) is None
    assert escalations_now(reminders, date(2026, 4, 1), local("2026-04-02T09:00")) == []


CALLS = {
    "not late": ("2018-12-29T23:00", []),
    "before seven": ("2018-12-30T06:59", []),
    "one day late": ("2018-12-30T07:00", ["grassroots"]),
    "three days late": ("2019-01-01T07:00", ["grassroots", "district"]),
    "the next day before seven": ("2018-12-31T06:45", []),
    "the next day": ("2018-12-31T07:00", ["grassroots"]),
    "long past": ("2019-02-01T07:00", []),
}


@pytest.mark.parametrize(("now", "levels"), CALLS.values(), ids=CALLS)
def test_then_people_act(now: str, levels: list[str]) -> None:
    assert [call.level for call in escalations_now(REMINDERS, BEFORE, local(now))] == levels


NIGHT = {
    "evening": ("2018-12-27T20:29", None),
    "night begins": ("2018-12-27T20:30", "2018-12-28T06:30"),
    "midnight": ("2018-12-28T00:00", "2018-12-28T06:30"),
    "before dawn": ("2018-12-28T06:29", "2018-12-28T06:30"),
    "morning": ("2018-12-28T06:30", None),
}


@pytest.mark.parametrize(("now", "until"), NIGHT.values(), ids=NIGHT)
def test_the_night_is_quiet(now: str, until: str | None) -> None:
    assert quiet_until(REMINDERS, local(now)) == (local(until) if until else None)


def test_later_is_tomorrow_morning_and_a_planned_day_is_asked_about_in_its_evening() -> None:
    now = local("2018-12-20T21:00")
    assert tomorrow(REMINDERS, now) == local("2018-12-21T07:00")
    assert evening(REMINDERS, date(2018, 12, 20), now) == local("2018-12-20T19:00")


@given(st.datetimes(datetime(2018, 12, 1), datetime(2019, 2, 1)))
def test_reminders_never_go_back_and_never_wake_anyone(moment: datetime) -> None:
    now = moment.replace(tzinfo=ZONE)
    order = [None, "week", "two_days", "last_day", "late"]
    found, later = (stage_now(REMINDERS, BEFORE, one) for one in (now, now + timedelta(minutes=30)))
    if found and later:
        assert order.index(found.code) <= order.index(later.code)
    until = quiet_until(REMINDERS, now)
    assert until is None or (until > now and quiet_until(REMINDERS, until) is None)
