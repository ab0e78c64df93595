"""Sessions that are still to be held: who is convened to them, and until when one may answer. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.plan import Convened, Group, Plan

# No plan gives an hour: until then one may still say that one comes. By `storage.models.HalfDay`.
BEGINS = {"morning": time(7, 30), "afternoon": time(13, 30), "evening": time(19, 0)}
REMIND_AT = time(19, 0)  # of the evening before


def groups_at(plan: Plan, level: str) -> list[Group]:
    """Those convened to the sessions of this level that the roster names."""
    return [group for group in plan.convened if group.session_level == level and group.people]


def convened_at(plan: Plan, level: str) -> list[Convened]:
    return [some for group in groups_at(plan, level) for some in group.people]


def is_convened(plan: Plan, level: str, held: Iterable[tuple[str, str]]) -> bool:
    """`held`: (role, level of its unit) of the positions by which a person may have been invited."""
    return any(
        role in some.roles and at == some.level for role, at in held for some in convened_at(plan, level)
    )


def begins(day: date, half: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, BEGINS[half], zone)


def days_to_remind(local: datetime) -> list[date]:
    """On which days meetings are that are to be reminded of now: tomorrow's from the evening on, and today's,
    for a program that was down.
    """
    today = local.date()
    return [today, today + timedelta(days=1)] if local.time() >= REMIND_AT else [today]
