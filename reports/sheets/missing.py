"""Units that still owe something, and whom to call: their own people first, then whoever is above."""

from collections.abc import Iterator
from typing import Any

from bot.texts import export as texts
from bot.texts import say
from reports.scope import UNIT_COLUMNS, Scope, above_columns, lowest
from reports.table import Cell, Column, Kind, Sheet
from rules.deadlines import last_day, remind_deadline
from rules.plan import Duty
from rules.rights import acting_roles
from storage import exporting_people
from storage.models import CallResult
from storage.people import Holder

_OWN = 2  # people of the unit whom to call


def missing_sheet(scope: Scope) -> Sheet:
    above = scope.levels_above(lowest(scope, scope.reported_duties))
    return Sheet(
        name="Chưa báo cáo",
        title="ĐƠN VỊ CHƯA BÁO CÁO VÀ NGƯỜI LIÊN HỆ",
        columns=[
            *above_columns(above),
            *UNIT_COLUMNS,
            Column("Việc còn thiếu", 34),
            Column("Chậm nhất hết ngày", 11, Kind.DAY),
            Column("Dự kiến", 11, Kind.DAY),
            *(
                column
                for group in ("Gọi trước", "Gọi tiếp", "Cấp trên trực tiếp")
                for column in _contact_columns(group)
            ),
            Column("Gọi gần nhất", 16, Kind.MOMENT),
            Column("Kết quả", 14),
        ],
        rows=(
            [*scope.names_above(unit, above), unit.name, unit.code, *cells] for unit, cells in _cells(scope)
        ),
    )


def _contact_columns(group: str) -> list[Column]:
    titles = (("Họ tên", 20), ("Chức vụ", 11), ("Điện thoại", 13))
    return [Column(title, width, group=group) for title, width in titles]


def _cells(scope: Scope) -> Iterator[tuple[Any, list[Cell]]]:
    people = exporting_people.contacts(scope.conn, scope.top, acting_roles(scope.plan), scope.today, _OWN)
    calls = exporting_people.last_calls(scope.conn, scope.plan.code, scope.top)
    planned = exporting_people.planned(scope.conn, scope.plan.code, scope.top)
    roles = {role.code: role.name for role in scope.plan.roles}
    for unit in scope.existing:
        missing = [
            duty for duty in scope.reported_duties(unit.duty_level) if not scope.reports_of(duty, unit)
        ]
        if not missing:
            continue
        own = people.get(unit.id, [])
        # Of a unit outside the subtree nothing was read: its people are not this reader's to see.
        superiors = people.get(unit.parent_id, [])
        days = [planned[duty.code, unit.id] for duty in missing if (duty.code, unit.id) in planned]
        call = calls.get(unit.id)
        yield (
            unit,
            [
                "; ".join(duty.title for duty in missing),
                min(_last_days(missing, unit.duty_level), default=None),
                min(days, default=None),
                *(_contact(own, 0, roles) if own else [texts.NOT_ASKED, None, None]),
                *_contact(own, 1, roles),
                *_contact(superiors, 0, roles),
                scope.local(call.at) if call is not None else None,
                _result(call),
            ],
        )


def _last_days(missing: list[Duty], level: str) -> Iterator[Any]:
    for duty in missing:
        before = remind_deadline(duty, level)
        if before is not None:
            yield last_day(before)


def _contact(people: list[Holder], place: int, roles: dict[str, str]) -> list[Cell]:
    if place >= len(people):
        return [None, None, None]
    one = people[place]
    return [
        one.full_name,
        roles.get(one.role, one.role),
        say.phone(one.phone) if one.phone else texts.NOT_ASKED,
    ]


def _result(call: Any) -> Cell:
    if call is None:
        return None
    named = f" {say.day(call.day)}" if call.day is not None else ""
    return texts.CALLS[CallResult(call.result)] + named
