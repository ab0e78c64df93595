"""Which units owe what, and who owes an essay, how, and where it goes."""

from collections.abc import Iterable
from typing import Literal

from rules.plan import Duty, DutyKind, Plan

# Duties that a unit fulfils in the bot by itself.
REPORTED = (DutyKind.PARTICIPATION, DutyKind.SESSION, DutyKind.DOCUMENT, DutyKind.TRAINING)
# Of these, what is reported is that something was held on some day.
HELD = (DutyKind.SESSION, DutyKind.TRAINING)


def effective_level(plan: Plan, level: str, parent_level: str | None) -> str:
    """Whose duties a unit has: a chi đoàn cơ sở, directly under a district, has a grassroots unit's."""
    for candidate in plan.levels:
        if any(one.level == level and one.under == parent_level for one in candidate.also):
            return candidate.code
    return level


def duties_of(plan: Plan, level: str) -> tuple[Duty, ...]:
    return tuple(duty for duty in plan.duties if level in duty.levels)


def duty(plan: Plan, code: str) -> Duty:
    return next(one for one in plan.duties if one.code == code)


def duty_of(plan: Plan, kind: DutyKind, level: str | None = None) -> Duty | None:
    """The duty of this kind, at this level or (None) at any; None: the plan has none."""
    return next(
        (one for one in plan.duties if one.kind is kind and (level is None or level in one.levels)), None
    )


def records_activities(plan: Plan, level: str) -> bool:
    """Whether a unit with the duties of this level may record any, be it that it owes none."""
    return any(
        one.kind is DutyKind.ACTIVITY and level in (*one.levels, *one.optional_levels) for one in plan.duties
    )


def main_duty(plan: Plan) -> Duty | None:
    """What progress is measured by: the participation; in a plan without one, the first thing that the lowest
    level which owes something reports. None: nothing is reported.
    """
    participation = duty_of(plan, DutyKind.PARTICIPATION)
    if participation is not None:
        return participation
    owed = (duty for level in reversed(plan.levels) for duty in duties_of(plan, level.code))
    return next((duty for duty in owed if duty.kind in REPORTED), None)


def levels_from(plan: Plan, level: str) -> set[str]:
    """This level and those below it."""
    codes = [one.code for one in plan.levels]
    return set(codes[codes.index(level) :])


def has_duty(plan: Plan, level: str, kind: DutyKind) -> bool:
    """Whether units of this level, or of one below it, owe anything of this kind."""
    here = levels_from(plan, level)
    return any(one.kind is kind and here.intersection(one.levels) for one in plan.duties)


def writes_report(plan: Plan, level: str) -> bool:
    """Whether units of this level write the official report: the top, and those whose own report the plan
    sets a day for.
    """
    return level == plan.levels[0].code or any(
        one.kind is DutyKind.DOCUMENT and one.report_before is not None for one in duties_of(plan, level)
    )


def sums_up(duty: Duty) -> bool:
    """Whether it may be drafted from the figures of the units below."""
    return duty.kind is DutyKind.QUICK_REPORT or duty.relay is not None


def relays_of(plan: Plan, level: str) -> tuple[Duty, ...]:
    """What a unit of this level sends upward as a sum of the units below it."""
    return tuple(one for one in duties_of(plan, level) if sums_up(one))


def relays_below(plan: Plan, level: str) -> tuple[Duty, ...]:
    """What units of the levels below this one send upward in that way."""
    below = levels_from(plan, level) - {level}
    return tuple(one for one in plan.duties if sums_up(one) and below.intersection(one.levels))


def relays_in(plan: Plan, level: str) -> tuple[Duty, ...]:
    """What units of this level and of those below it send upward in that way."""
    here = levels_from(plan, level)
    return tuple(one for one in plan.duties if sums_up(one) and here.intersection(one.levels))


def noun(plan: Plan, levels: Iterable[str]) -> str | None:
    """What a unit of these levels is called: "xã"; None: they are of several kinds, or of none."""
    codes = set(levels)
    called = {level.one for level in plan.levels if level.code in codes}
    return called.pop() if len(called) == 1 else None


def level_name(plan: Plan, code: str) -> str:
    return next((level.name for level in plan.levels if level.code == code), code)


def essay_mode(plan: Plan, role: str, level: str) -> Literal["file", "number"] | None:
    """None: nobody in this role at this level owes one."""
    for rule in plan.essays.rules if plan.essays else ():
        if role in rule.roles and level in rule.levels:
            return rule.mode
    return None


def file_roles(plan: Plan, level: str) -> list[str]:
    """Whose essays at this level are handed in as files."""
    return [role.code for role in plan.roles if essay_mode(plan, role.code, level) == "file"]


def essay_route(plan: Plan, positions: Iterable[tuple[str, str]]) -> Literal["superior", "province"]:
    """`positions`: (role, level); the highest decides, which is whichever goes to the province."""
    held = list(positions)
    for rule in plan.essays.rules if plan.essays else ():
        if rule.route == "province" and any(
            role in rule.roles and level in rule.levels for role, level in held
        ):
            return "province"
    return "superior"
