"""Progress counted the plain way: unit by unit, in Python, by the rules. What the queries are held against."""

from collections import defaultdict

from sqlalchemy import Connection, select

from rules.deadlines import held_on_time, reported_on_time
from rules.duties import file_roles
from rules.plan import Duty
from storage import essays, people, reports, units
from storage.figures import Figures, total
from storage.models import ReportState, report, unit
from storage.progress import Scope
from storage.reports import Current
from storage.units import Unit


def of_duty(conn: Connection, scope: Scope, duty: Duty) -> dict[tuple[int | None, str], Figures]:
    """By (the unit directly below the top, level)."""
    found: dict[tuple[int | None, str], list[Figures]] = defaultdict(list)
    for unit_id in _subtree(conn, scope.top):
        one = units.get(conn, unit_id)
        sent = reports.all_of(conn, scope.plan.code, duty.code, unit_id)
        if one.duty_level in duty.levels and (sent or _exists(one, scope)):
            below = units.tree_order(one.path)[len(units.tree_order(scope.top.path)) :]
            found[below[0] if below else None, one.duty_level].append(_figures(conn, scope, duty, one, sent))
    return {key: total(figures) for key, figures in found.items()}


def _subtree(conn: Connection, top: Unit) -> list[int]:
    """The unit itself and everything below it, closed units too."""
    return list(conn.scalars(select(unit.c.id).where(unit.c.path.like(f"{top.path}%")).order_by(unit.c.id)))


def _exists(one: Unit, scope: Scope) -> bool:
    begun = one.valid_from is None or one.valid_from <= scope.today
    return begun and (one.valid_to is None or one.valid_to >= scope.today)


def _figures(conn: Connection, scope: Scope, duty: Duty, one: Unit, sent: list[Current]) -> Figures:
    if not sent:
        return Figures(due=1)
    first = next((each for each in sent if each.slot == 0), None)
    on_time = held = None
    if first is not None:
        day = first.lines[0].held_on if first.lines else first.held.held_on if first.held else None
        on_time = reported_on_time(duty, day, first.first_arrived, scope.zone)
        held = held_on_time(duty, one.duty_level, day) if day is not None else None
    accepted = all(each.state == ReportState.ACCEPTED for each in sent)
    behalf = conn.scalars(select(report.c.on_behalf).where(report.c.id.in_([each.id for each in sent])))
    lines = [line for each in sent for line in each.lines]
    told = [line.cadres for line in lines if line.cadres is not None]
    members = sum(line.members for line in lines)
    expected = max((line.members_expected for line in lines), default=0)
    return Figures(
        due=1,
        received=1,
        on_behalf=int(any(behalf)),
        accepted=int(accepted),
        on_time=int(on_time is True),
        late=int(on_time is False),
        held_on_time=int(held is True),
        held_late=int(held is False),
        members=members,
        members_expected=expected,
        members_accepted=members if accepted else 0,
        members_accepted_expected=expected if accepted else 0,
        cadres_told=int(bool(told)),
        cadres=sum(told),
        cadres_expected=max(
            (line.cadres_expected or 0 for line in lines if line.cadres is not None), default=0
        ),
    )


def essays_owed(conn: Connection, scope: Scope) -> tuple[int, int]:
    """(owed, received), each person once."""
    everybody: set[int] = set()
    missing: set[int] = set()
    for unit_id in _subtree(conn, scope.top):
        one = units.get(conn, unit_id)
        roles = file_roles(scope.plan, one.duty_level)
        if roles and _exists(one, scope):
            everybody |= {each.id for each in people.holders(conn, unit_id, scope.today, roles)}
            missing |= {
                each.person_id
                for each in essays.missing_in(conn, scope.plan.code, unit_id, roles, scope.today)
            }
    return len(everybody), len(everybody - missing)
