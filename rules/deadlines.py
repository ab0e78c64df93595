"""Two facts about time, never mixed: held on time, by the session's day against the plan; reported on time,
by when the report arrived against the report's own deadline. Lateness is marked, not refused.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.plan import Duty, Plan

DAY = timedelta(days=1)


def last_day(before: date) -> date:
    """ "Trước ngày 30/12" is "chậm nhất hết ngày 29/12"."""
    return before - DAY


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def held_on_time(duty: Duty, level: str, held_on: date) -> bool | None:
    """None: the plan sets no day for it."""
    before = duty.held_before.get(level)
    return None if before is None else held_on < before


def late_from(duty: Duty, held_on: date | None, zone: ZoneInfo) -> datetime | None:
    """The first moment at which its report is late; a count in the database compares with this very moment.

    None: no deadline of its own, or it counts from a session whose day is not known.
    """
    if duty.report_before is not None:
        before = duty.report_before
    elif duty.report_days_after is not None and held_on is not None:
        before = held_on + (duty.report_days_after + 1) * DAY
    else:
        return None
    return datetime.combine(before, time(), zone)


def reported_on_time(
    duty: Duty, held_on: date | None, first_arrived: datetime, zone: ZoneInfo
) -> bool | None:
    """None: as of `late_from`."""
    late = late_from(duty, held_on, zone)
    return None if late is None else first_arrived < late


def remind_deadline(duty: Duty, level: str) -> date | None:
    """The exclusive date that reminders count down to."""
    return duty.report_before or duty.remind_before_at(level) or duty.held_before.get(level)


def locked(plan: Plan, now: datetime, zone: ZoneInfo) -> bool:
    return plan.lock_on is not None and local_date(now, zone) >= plan.lock_on
