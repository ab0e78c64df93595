"""Essays: who owes one and who handed in, person by person, and those that units only counted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.texts import export as texts
from reports.scope import UNIT_COLUMNS, Scope, above_columns, lowest
from reports.table import Cell, Column, Kind, Sheet, number, told
from storage import exporting_people
from storage.models import EssayState, EssayVerdict


@dataclass(slots=True)
class Owing:
    """Essays of a unit, or of several added up; `written_of` None: nobody told the members' number."""

    due: int = 0
    received: int = 0
    written: int | None = None
    written_of: int | None = None

    def __bool__(self) -> bool:
        return bool(self.due) or self.written_of is not None

    def add(self, other: "Owing") -> None:
        self.due += other.due
        self.received += other.received
        if other.written_of is not None:
            self.written = (self.written or 0) + (other.written or 0)
            self.written_of = (self.written_of or 0) + other.written_of


def owing(scope: Scope) -> dict[int, Owing]:
    """By unit, of those that owe or counted any."""
    found = {
        unit_id: Owing(len(people), sum(one.essay_id is not None for one in people))
        for unit_id, people in scope.authors.items()
        if people
    }
    for unit_id, tally in scope.tallies.items():
        found.setdefault(unit_id, Owing()).add(Owing(0, 0, tally.attended, tally.expected))
    return found


_COLUMNS = (
    Column("Người viết", 24),
    Column("Chức vụ", 14),
    number("Phải nộp", 7, "Nộp bài"),
    number("Đã nộp", 9, "Nộp bài"),
    number("Nộp thêm", 7, "Nộp bài"),
    told("Đã viết", 9, "Chỉ báo số"),
    told("Tổng số", 9, "Chỉ báo số"),
    Column("Trạng thái", 11, Kind.WORD),
    Column("Gửi về", 9, Kind.WORD),
    Column("Nhận lúc", 16, Kind.MOMENT),
    Column("Người nộp", 24),
    Column("Đánh giá", 12, Kind.WORD),
)


def essay_sheet(scope: Scope) -> Sheet | None:
    """None: the plan asks for no essays."""
    essays = scope.plan.essays
    if essays is None:
        return None
    level = lowest(scope, lambda code: any(code in rule.levels for rule in essays.rules))
    above = scope.levels_above(level)
    return Sheet(
        name=essays.title,
        title=essays.title.upper(),
        columns=[*above_columns(above), *UNIT_COLUMNS, *_COLUMNS],
        rows=(
            [*scope.names_above(unit, above), unit.name, unit.code, *cells] for unit, cells in _cells(scope)
        ),
    )


def _cells(scope: Scope) -> Iterator[tuple[Any, list[Cell]]]:
    roles = {role.code: role.name for role in scope.plan.roles}
    owed = {one.essay_id for people in scope.authors.values() for one in people}
    more: dict[int, list[Any]] = defaultdict(list)
    for row in exporting_people.essays(scope.conn, scope.plan.code, scope.top):
        if row.id not in owed:
            more[row.unit_id].append(row)

    def handed_in(row: Any) -> list[Cell]:
        return [
            texts.ESSAY_STATES[EssayState(row.state)],
            texts.ROUTES.get(row.route, row.route),
            scope.local(row.arrived_at),
            scope.shown_name(row.sender_id, row.sender),
            texts.NOT_READ if row.verdict is None else texts.ESSAY_VERDICTS[EssayVerdict(row.verdict)],
        ]

    for unit in scope.units:
        for one in scope.authors.get(unit.id, []):
            head: list[Cell] = [one.author, roles.get(one.role, one.role), 1]
            if one.essay_id is None:
                said = one.verdict and texts.ESSAY_VERDICTS[EssayVerdict(one.verdict)]
                blank: list[Cell] = [None] * 3
                yield unit, [*head, texts.NOT_HANDED_IN, *blank, texts.NOT_HANDED_IN, *blank, said]
            else:
                yield unit, [*head, 1, None, None, None, *handed_in(one)]
        for row in more.get(unit.id, []):
            yield unit, [row.author, None, None, None, 1, None, None, *handed_in(row)]
        if (tally := scope.tallies.get(unit.id)) is not None:
            counts: list[Cell] = [tally.attended, tally.expected, "báo số bài", None]
            arrived: list[Cell] = [
                scope.local(tally.arrived_at),
                scope.shown_name(tally.sender_id, tally.sender),
            ]
            yield unit, [None, "Đoàn viên", None, None, None, *counts, *arrived, None]
