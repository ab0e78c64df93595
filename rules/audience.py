"""To whom a broadcast goes: said once, worked out when it is sent."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from rules.deadlines import remind_deadline
from rules.duties import file_roles, main_duty
from rules.plan import Duty, DutyKind, Plan
from rules.rights import acting_roles


class Owing(StrEnum):
    REPORT = "report"  # the unit has not reported
    LATE = "late"  # nor had it by its last day
    ESSAY = "essay"  # the person has not handed in


class Audience(BaseModel):
    """Empty `units`, `levels` and `roles`: the whole subtree, every level, whoever acts for a unit."""

    model_config = ConfigDict(frozen=True)

    desk: int  # the unit from which it is sent: nobody outside its subtree
    units: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    owing: Owing | None = None


def main_duties(plan: Plan) -> list[Duty]:
    """Those by which a unit has "reported": its participation, or the session that it hosts."""
    return [duty for duty in plan.duties if duty.kind in (DutyKind.PARTICIPATION, DutyKind.SESSION)]


def levels_asked(plan: Plan, audience: Audience, today: date) -> list[tuple[str, list[str], list[str]]]:
    """(level, roles, the duties one of which its unit has not reported): who is asked at each level.

    Without levels "has not reported" is what progress counts; of a level that is named, its own report. No duties: the unit need not owe anything. A level that cannot owe what is asked about is left out.
    """
    asked = []
    for level in plan.levels:
        if audience.levels and level.code not in audience.levels:
            continue
        roles = list(audience.roles) or acting_roles(plan)
        duties: list[str] = []
        if audience.owing is Owing.ESSAY:
            roles = [role for role in file_roles(plan, level.code) if role in roles or not audience.roles]
        elif audience.owing is not None:
            measured = main_duty(plan)
            duties = [
                duty.code
                for duty in (main_duties(plan) if audience.levels or measured is None else [measured])
                if level.code in duty.levels
                and (audience.owing is Owing.REPORT or _over(duty, level.code, today))
            ]
            if not duties:
                continue
        if roles:
            asked.append((level.code, roles, duties))
    return asked


def _over(duty: Duty, level: str, today: date) -> bool:
    before = remind_deadline(duty, level)
    return before is not None and before <= today
