"""The summary: one line for each unit directly below, its whole subtree counted; and one for the unit itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.texts import export as texts
from reports.scope import UNIT_COLUMNS, Scope, share
from reports.sheets.essays import Owing, owing
from reports.table import Cell, Column, Row, Sheet, number, rate, told
from rules.duties import HELD
from rules.plan import Duty, DutyKind
from storage.duties import REPORTED


@dataclass(slots=True)
class _Count:
    """What became of one duty in one line's units, as progress counts it."""

    due: int = 0
    received: int = 0
    on_time: int = 0
    late: int = 0
    held_on_time: int = 0
    held_late: int = 0
    members: int = 0
    members_of: int = 0
    cadres: int = 0
    cadres_of: int = 0

    def add(self, scope: Scope, duty: Duty, unit: Any) -> None:
        self.due += 1
        # Of a host's sessions the first decides.
        report = next(iter(scope.reports_of(duty, unit)), None)
        if report is None:
            return
        self.received += 1
        held, reported = scope.on_time(duty, unit.duty_level, report)
        self.on_time += reported is True
        self.late += reported is False
        self.held_on_time += held is True
        self.held_late += held is False
        if (found := scope.attendances.get(report.id)) is not None:
            self.members += found.members
            self.members_of += found.members_expected
            self.cadres += found.cadres or 0
            self.cadres_of += found.cadres_expected or 0


@dataclass(frozen=True)
class _Part:
    """Some columns, and how a line's count fills them."""

    columns: Sequence[Column]
    cells: Callable[[_Count], list[Cell]]
    duties: frozenset[str]


@dataclass(slots=True)
class _Line:
    name: str
    code: str
    counts: list[_Count]
    essays: Owing = field(default_factory=Owing)


def summary_sheet(scope: Scope) -> Sheet:
    parts = _parts(scope)
    with_essays = scope.plan.essays is not None
    return Sheet(
        name="Tổng hợp",
        title=f"TỔNG HỢP KẾT QUẢ {scope.plan.short_title.upper()}",
        columns=[
            *UNIT_COLUMNS,
            *(column for part in parts for column in part.columns),
            *(_ESSAYS if with_essays else ()),
        ],
        rows=_rows(_lines(scope, parts), parts, with_essays=with_essays),
    )


def _rows(lines: Sequence[_Line], parts: Sequence[_Part], *, with_essays: bool) -> Iterator[Row]:
    for line in lines:
        yield [
            line.name,
            line.code,
            *(
                cell
                for part, count in zip(parts, line.counts, strict=True)
                for cell in (part.cells(count) if count.due else [None] * len(part.columns))
            ),
            *(_essays(line.essays) if with_essays else ()),
        ]


def _lines(scope: Scope, parts: Sequence[_Part]) -> list[_Line]:
    """In the order of the tree, the unit itself first where it owes anything of its own."""
    depth = 0 if scope.head is None else scope.top.count("/") - 1
    lines: dict[int, _Line] = {}

    def line_of(unit: Any) -> _Line:
        steps = [int(part) for part in unit.path.strip("/").split("/")]
        key = steps[min(depth, len(steps) - 1)]
        if key not in lines:
            named = scope.by_id.get(key, unit)
            own = scope.head is not None and key == scope.head.id
            name = texts.own_row(named.name) if own else named.name
            lines[key] = _Line(name, named.code, [_Count() for _ in parts])
        return lines[key]

    for unit in scope.units:
        line = line_of(unit)
        for duty in scope.counted_duties(unit):
            for part, count in zip(parts, line.counts, strict=True):
                if duty.code in part.duties:
                    count.add(scope, duty, unit)
    for unit_id, owed in owing(scope).items():
        line_of(scope.by_id[unit_id]).essays.add(owed)
    return [line for line in lines.values() if line.essays or any(one.due for one in line.counts)]


def _parts(scope: Scope) -> list[_Part]:
    """One for each participation and session of the plan that somebody here owes, and one for all documents."""
    levels = {unit.duty_level for unit in scope.units if scope.counted_duties(unit)}
    duties = [
        one
        for one in scope.plan.duties
        if one.kind in REPORTED and (scope.head is None or not levels.isdisjoint(one.levels))
    ]
    parts = [_participation(one) for one in duties if one.kind is DutyKind.PARTICIPATION]
    parts += [_session(one) for one in duties if one.kind in HELD]
    documents = frozenset(one.code for one in duties if one.kind is DutyKind.DOCUMENT)
    return parts + ([_documents(documents)] if documents else [])


def _participation(duty: Duty) -> _Part:
    group, time = duty.title, "Thời hạn"
    reported = duty.report_before is not None or duty.report_days_after is not None

    def cells(count: _Count) -> list[Cell]:
        attendance: list[Cell] = [texts.NOT_REPORTED, None, None] * 2
        if count.received:
            attendance = [
                *_attended(count.members, count.members_of),
                *_attended(count.cadres, count.cadres_of),
            ]
        return [
            count.due,
            count.received,
            share(count.received, count.due),
            count.due - count.received,
            *([count.on_time, count.late] if reported else []),
            *([count.held_on_time, count.held_late] if duty.held_before else []),
            *attendance,
        ]

    columns = [
        number("Phải báo cáo", group=group),
        number("Đã báo cáo", group=group),
        rate(group, of=(-1, -2)),
        number("Chưa báo cáo", group=group),
        *(
            [number("Báo cáo đúng hạn", group=time), number("Báo cáo chậm hạn", group=time)]
            if reported
            else []
        ),
        *(
            [number("Học đúng hạn", group=time), number("Học chậm hạn", group=time)]
            if duty.held_before
            else []
        ),
        *(
            column
            for who in ("Đoàn viên", "Trong đó cán bộ")
            for column in (told("Có mặt", 12, who), told("Tổng số", group=who), rate(who))
        ),
    ]
    return _Part(columns, cells, frozenset({duty.code}))


def _attended(part: int, whole: int) -> list[Cell]:
    return [part, whole, share(part, whole)] if whole else [texts.NOT_ASKED, None, None]


def _session(duty: Duty) -> _Part:
    def cells(count: _Count) -> list[Cell]:
        times = [count.held_on_time, count.held_late] if duty.held_before else []
        return [count.due, count.received, count.due - count.received, *times]

    group = duty.title
    columns = [
        number("Phải tổ chức", group=group),
        number("Đã tổ chức", group=group),
        number("Chưa báo cáo", group=group),
        *([number("Đúng hạn", group=group), number("Chậm hạn", group=group)] if duty.held_before else []),
    ]
    return _Part(columns, cells, frozenset({duty.code}))


def _documents(duties: frozenset[str]) -> _Part:
    group = "Văn bản"
    columns = [number("Phải nộp", 7, group), number("Đã nộp", 7, group), number("Chưa nộp", 7, group)]
    return _Part(columns, lambda count: [count.due, count.received, count.due - count.received], duties)


_FILES, _TALLIED = "Bài thu hoạch (nộp bài)", "Đoàn viên (báo số bài)"
_ESSAYS = (
    number("Phải nộp", group=_FILES),
    number("Đã nộp", group=_FILES),
    rate(_FILES, of=(-1, -2)),
    told("Đã viết", 12, _TALLIED),
    told("Tổng số", group=_TALLIED),
)


def _essays(owed: Owing) -> list[Cell]:
    files: list[Cell] = [None, None, None]
    if owed.due:
        files = [owed.due, owed.received, share(owed.received, owed.due)]
    if owed.written_of is None:
        return [*files, texts.NOT_REPORTED, None]
    return [*files, owed.written, owed.written_of]
