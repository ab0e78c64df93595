"""When to remind. Pure: which stage a deadline is in now, when it is night.

Only the latest stage that has come counts, so that a week of downtime gives one message, not seven.
"""

from datetime import date, datetime, time, timedelta

from rules.deadlines import last_day
from rules.plan import Escalation, Reminders, Stage

LATE_FOR_DAYS = 14  # after that the machine has nothing to say any more: people act


def stage_now(reminders: Reminders, before: date, local: datetime) -> Stage | None:
    """The stage that `before` (exclusive) is in at the local time; None: too early, or long past."""
    day = last_day(before)
    come = [(moment, stage) for stage in reminders.stages if (moment := _moment(day, stage, local)) <= local]
    if not come:
        return None
    moment, stage = max(come, key=lambda one: one[0])
    over = local.date() > day
    if over and stage.days >= 0:
        return None  # the late stage has not come yet, and "2 days left" is no longer true
    if over and local - moment > timedelta(days=LATE_FOR_DAYS):
        return None
    return stage


def escalations_now(reminders: Reminders, before: date, local: datetime) -> list[Escalation]:
    """Whose people are to be told by now who has not reported."""
    day = last_day(before)
    return [call for call in reminders.escalations if _just_come(day, call, local)]


def _moment(day: date, stage: Stage, local: datetime) -> datetime:
    return datetime.combine(day - timedelta(days=stage.days), stage.at, local.tzinfo)


def _just_come(day: date, call: Escalation, local: datetime) -> bool:
    since = local - datetime.combine(day + timedelta(days=call.days), call.at, local.tzinfo)
    # On every later day too, what changed over night waits for the hour.
    return timedelta() <= since <= timedelta(days=LATE_FOR_DAYS) and local.time() >= call.at


def quiet_until(reminders: Reminders, local: datetime) -> datetime | None:
    """When sending may begin again; None: it is no quiet hour."""
    if local.time() >= reminders.quiet_from:
        return datetime.combine(local.date() + timedelta(days=1), reminders.quiet_until, local.tzinfo)
    if local.time() < reminders.quiet_until:
        return datetime.combine(local.date(), reminders.quiet_until, local.tzinfo)
    return None


def tomorrow(reminders: Reminders, local: datetime) -> datetime:
    """[Để sau]: until the morning after."""
    return datetime.combine(local.date() + timedelta(days=1), time(7, 0), local.tzinfo)


def evening(reminders: Reminders, day: date, local: datetime) -> datetime:
    """Of a day on which something was to be held."""
    return datetime.combine(day, reminders.session_evening or time(19, 0), local.tzinfo)
