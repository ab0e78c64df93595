"""Where an inspection is suggested: which units there are below, whose reports do not fit, whose are late."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from rules.contradictions import findings
from rules.duties import main_duty
from rules.inspections import Suggestion, Why, reasons_in, suggest
from rules.plan import Duty, DutyKind, Plan
from storage import inspections, progress, review_facts, reviews
from storage.models import unit
from storage.progress import Scope
from storage.units import valid_on

LOOKED_INTO = 1_000  # reports of a duty, the newest first: a turn must not last
_KINDS = (DutyKind.PARTICIPATION, DutyKind.SESSION)


def suggestions(conn: Connection, scope: Scope, most: int) -> list[Suggestion]:
    """Below the scope's top, the same all day."""
    duties = _duties(scope.plan)
    resting = inspections.left_alone(conn, scope.plan.code, scope.today)
    free = set(_units_below(conn, scope, duties)) - resting
    late = {one for duty in duties for one in progress.late_units(conn, scope, duty)}
    return suggest(scope.plan.code, scope.today, free, _found(conn, scope, duties), late, most)


def _duties(plan: Plan) -> list[Duty]:
    """What a team can look at: who studied; in a plan without that, what its progress is measured by."""
    main = main_duty(plan)
    return [one for one in plan.duties if one.kind in _KINDS] or ([main] if main is not None else [])


def _units_below(conn: Connection, scope: Scope, duties: Sequence[Duty]) -> list[int]:
    """Those that owe one of these duties."""
    levels = {level for duty in duties for level in duty.levels}
    return list(
        conn.scalars(
            select(unit.c.id).where(
                unit.c.path.like(f"{scope.top.path}_%"),
                unit.c.duty_level.in_(levels),
                valid_on(unit, scope.today),
            )
        )
    )


def _found(conn: Connection, scope: Scope, duties: Sequence[Duty]) -> dict[int, tuple[Why, ...]]:
    plan = scope.plan
    hosting = {duty.code for duty in duties if duty.kind is DutyKind.SESSION}
    standing = [
        one
        for duty in duties
        for one in reviews.newest_below(conn, plan.code, scope.top.path, duty.code, LOOKED_INTO)
    ]
    facts = review_facts.gather(conn, plan, standing, scope.today)
    found: dict[int, tuple[Why, ...]] = {}
    for one in standing:
        read = findings(facts[one.id], plan.code, cadre_target=plan.cadre_target_percent, sampled_share=0)
        reasons = reasons_in(read, hosts=one.duty in hosting)
        if reasons:
            found[one.unit_id] = tuple(dict.fromkeys((*found.get(one.unit_id, ()), *reasons)))
    return found
