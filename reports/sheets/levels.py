"""One sheet for each level that owes something: its units, and what became of each of their duties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Protocol

from bot.texts import export as texts
from reports.scope import UNIT_COLUMNS, Scope, above_columns, asked, share
from reports.table import Cell, Column, Kind, Row, Sheet, Total, rate, told
from rules.duties import duty_of
from rules.numbered import Numbered
from rules.plan import Duty, DutyKind
from storage import exporting
from storage.models import ReportState

_REPORT = (
    Column("Nhận lúc", 15, Kind.MOMENT, "Báo cáo"),
    Column("Đúng hạn", 9, Kind.WORD, "Báo cáo"),
    Column("Mã", 7, Kind.CODE, "Báo cáo", Total.COUNT),
    Column("Lần", 5, Kind.ORDINAL, "Báo cáo"),
    Column("Báo hộ", 5, Kind.WORD, "Báo cáo"),
)
# Three columns of trust, never merged.
_TRUST = (
    Column("Tự báo cáo", 12, Kind.WORD, "Xác nhận"),
    Column("Cấp trên tiếp nhận", 13, Kind.WORD, "Xác nhận"),
    Column("Kiểm tra", 13, Kind.WORD, "Xác nhận"),
)


class Part(Protocol):
    """The columns of one duty, and its lines for a unit: of sessions one each, at least one."""

    @property
    def columns(self) -> Sequence[Column]: ...

    def lines(self, unit: Any) -> list[list[Cell]]: ...


def level_sheets(scope: Scope) -> Iterator[Sheet]:
    """The lowest level first."""
    for level in reversed(scope.plan.levels):
        duties = scope.reported_duties(level.code)
        units = [unit for unit in scope.units if unit.duty_level == level.code]
        if not duties or not (units or scope.head is None):
            continue
        parts = [_part(scope, duty, level.code) for duty in duties]
        name = level.name.capitalize()
        yield Sheet(
            name=name,
            title=f"KẾT QUẢ THỰC HIỆN: {name.upper()}",
            columns=[
                *above_columns(scope.levels_above(level.code)),
                *UNIT_COLUMNS,
                *(column for part in parts for column in part.columns),
            ],
            rows=_rows(scope, level.code, parts, [one for one in units if _exists(scope, one)]),
            apart=list(_rows(scope, level.code, parts, _closed(scope, duties, units))),
            apart_title=texts.CLOSED,
        )


def _exists(scope: Scope, unit: Any) -> bool:
    return exporting.exists_on(unit, scope.today)


def _closed(scope: Scope, duties: Sequence[Duty], units: Sequence[Any]) -> list[Any]:
    """They owe nothing any more, but what they reported is not lost."""
    return [
        unit
        for unit in units
        if not _exists(scope, unit) and any(scope.reports_of(duty, unit) for duty in duties)
    ]


def _rows(scope: Scope, level: str, parts: Sequence[Part], units: Sequence[Any]) -> Iterator[Row]:
    above = scope.levels_above(level)
    blank = [[None] * len(part.columns) for part in parts]
    for unit in units:
        head = [*scope.names_above(unit, above), unit.name, unit.code]
        for lines in zip_longest(*(part.lines(unit) for part in parts)):
            yield head + [cell for line, none in zip(lines, blank, strict=True) for cell in line or none]


def _part(scope: Scope, duty: Duty, level: str) -> Part:
    match duty.kind:
        case DutyKind.PARTICIPATION:
            return _Participation(scope, duty, level)
        case DutyKind.SESSION:
            return _Sessions(scope, duty, level)
        case _:
            return _Document(scope, duty, level)


def _report(scope: Scope, row: Any, reported: bool | None) -> list[Cell]:
    behalf = texts.YES if row.on_behalf else None
    return [scope.local(row.first_arrived_at), texts.REPORTED[reported], row.id, row.revision, behalf]


def _trust(scope: Scope, unit: Any, row: Any) -> list[Cell]:
    # Nobody is above the top unit.
    accepted = None if unit.parent_id is None else texts.ACCEPTED[ReportState(row.state)]
    return [texts.SELF_REPORTED[row.on_behalf], accepted, _inspected(scope, unit)]


def _inspected(scope: Scope, unit: Any) -> Cell:
    seen = scope.inspected.get(unit.id)
    if seen is None or seen.visited_on is None:
        return texts.NOT_ASKED
    return texts.inspected(seen.members, seen.visited_on)


def _no_trust(scope: Scope, unit: Any) -> list[Cell]:
    """It may have been inspected all the same."""
    return [texts.NOT_REPORTED, None, _inspected(scope, unit)]


_NO_REPORT: list[Cell] = [None] * len(_REPORT)


@dataclass(frozen=True)
class _Participation:
    scope: Scope
    duty: Duty
    level: str

    columns = (
        told("Theo danh sách", 7, "Đoàn viên"),
        told("Có mặt", 12, "Đoàn viên"),
        told("Tổng số", 7, "Đoàn viên"),
        rate("Đoàn viên"),
        told("Có mặt", 12, "Trong đó cán bộ"),
        told("Tổng số", 8, "Trong đó cán bộ"),
        rate("Trong đó cán bộ"),
        told("Thanh niên"),
        Column("Ngày", 11, Kind.DAY, "Buổi học"),
        Column("Địa điểm", 20, group="Buổi học"),
        Column("Hình thức", 11, Kind.WORD, "Buổi học"),
        Column("Tài liệu", 8, Kind.WORD, "Buổi học"),
        Column("Đúng thời hạn", 9, Kind.WORD, "Buổi học"),
        *_REPORT,
        *_TRUST,
    )

    def lines(self, unit: Any) -> list[list[Cell]]:
        report = next(iter(self.scope.reports_of(self.duty, unit)), None)
        found = self.scope.attendances.get(report.id) if report is not None else None
        if report is None or found is None:
            members: list[Cell] = [asked(unit.members), texts.NOT_REPORTED, None, None]
            cadres: list[Cell] = [texts.NOT_REPORTED, None, None]
            return [[*members, *cadres, None, *([None] * 5), *_NO_REPORT, *_no_trust(self.scope, unit)]]
        held, reported = self.scope.on_time(self.duty, self.level, report)
        return [
            [
                asked(unit.members),
                found.members,
                found.members_expected,
                share(found.members, found.members_expected),
                asked(found.cadres),
                asked(found.cadres_expected),
                share(found.cadres, found.cadres_expected),
                asked(found.youth),
                found.held_on,
                found.place or texts.NOT_ASKED,
                _how(found.own, found.make_ups),
                texts.ENOUGH[found.materials],
                texts.HELD[held],
                *_report(self.scope, report, reported),
                *_trust(self.scope, unit, report),
            ]
        ]


def _how(own: bool, make_ups: int) -> str:
    return ("tự tổ chức" if own else "dự hội nghị") + (", học bù" if make_ups else "")


class _Sessions:
    """A host may hold several."""

    _CONTROL = (
        told("Đơn vị báo cáo dự", 12, "Đối chiếu"),
        told("Đoàn viên các đơn vị báo", 12, "Đối chiếu"),
    )
    _GROUPS = (
        told("Có mặt", group="Thành phần triệu tập"),
        told("Triệu tập", group="Thành phần triệu tập"),
        rate("Thành phần triệu tập"),
    )

    def __init__(self, scope: Scope, duty: Duty, level: str) -> None:
        self.scope, self.duty, self.level = scope, duty, level
        plan = scope.plan
        joining = duty_of(plan, DutyKind.PARTICIPATION)
        below = [scope.place(one) - 1 for one in joining.levels] if joining else []
        self._joined = scope.place(level) in below
        self._counted = any(one.session_level == level and one.counted_by_host for one in plan.convened)
        self._checked = bool(scope.checked_in)  # optional: no column where nobody used it
        self.columns = [
            Column("Ngày họp", 12, Kind.DAY, "Hội nghị", Total.COUNT),
            Column("Địa điểm", 22, group="Hội nghị"),
            Column("Loại", 8, Kind.WORD, "Hội nghị"),
            Column("Báo cáo viên", 20, group="Hội nghị"),
            Column("Tài liệu", 8, Kind.WORD, "Hội nghị"),
            Column("Đúng thời hạn", 9, Kind.WORD, "Hội nghị"),
            # The hall's count is a control beside the sum of those who say that they were there.
            told("Hội trường (người)", 10, "Đối chiếu" if self._joined else ""),
            *([told("Điểm danh (người)", 10, "Đối chiếu" if self._joined else "")] if self._checked else ()),
            *(self._CONTROL if self._joined else ()),
            *(self._GROUPS if self._counted else ()),
            *_REPORT,
            *_TRUST,
        ]

    def lines(self, unit: Any) -> list[list[Cell]]:
        reports = self.scope.reports_of(self.duty, unit)
        if not reports:
            blank: list[Cell] = [None] * (len(self.columns) - len(_TRUST) - 1)
            return [[texts.NOT_REPORTED, *blank, *_no_trust(self.scope, unit)]]
        return [self._line(unit, report) for report in reports]

    def _line(self, unit: Any, report: Any) -> list[Cell]:
        held = self.scope.sessions[report.id]
        held_on_time, reported = self.scope.on_time(self.duty, self.level, report)
        return [
            held.held_on,
            held.place or texts.NOT_ASKED,
            "học bù" if held.make_up else "chính",
            ", ".join(self.scope.speakers.get(held.id, [])) or texts.NOT_ASKED,
            texts.ENOUGH[held.materials],
            texts.HELD[held_on_time],
            asked(held.hall_count),
            *([asked(self.scope.checked_in.get(held.id))] if self._checked else ()),
            *self._control(held.id),
            *self._groups(held.id),
            *_report(self.scope, report, reported),
            *_trust(self.scope, unit, report),
        ]

    def _control(self, session_id: int) -> list[Cell]:
        if not self._joined:
            return []
        units, members = self.scope.attended.get(session_id, (None, None))
        return [units or texts.NOT_REPORTED, texts.NOT_REPORTED if members is None else members]

    def _groups(self, session_id: int) -> list[Cell]:
        if not self._counted:
            return []
        attended, expected = self.scope.convened.get(session_id, (None, None))
        return [asked(attended), asked(expected), share(attended, expected)]


class _Document:
    """A duty that is fulfilled by handing in files."""

    def __init__(self, scope: Scope, duty: Duty, level: str) -> None:
        self.scope, self.duty, self.level = scope, duty, level
        self._dated = duty.report_before is not None or duty.report_days_after is not None
        self.columns = [
            Column("Nhận lúc", 15, Kind.MOMENT, duty.title, Total.COUNT),
            *([Column("Đúng hạn", 9, Kind.WORD, duty.title)] if self._dated else []),
            *(_numbered(duty.title) if duty.numbered else ()),
            Column("Số tệp", 5, Kind.NUMBER, duty.title),
            Column("Tiếp nhận", 13, Kind.WORD, duty.title),
        ]

    def lines(self, unit: Any) -> list[list[Cell]]:
        report = next(iter(self.scope.reports_of(self.duty, unit)), None)
        if report is None:
            return [[texts.NOT_REPORTED, *([None] * (len(self.columns) - 1))]]
        _held, reported = self.scope.on_time(self.duty, self.level, report)
        return [
            [
                self.scope.local(report.first_arrived_at),
                *([texts.REPORTED[reported]] if self._dated else []),
                *(self._number(unit) if self.duty.numbered else ()),
                self.scope.report_files.get(report.id) or None,
                _trust(self.scope, unit, report)[1],
            ]
        ]

    def _number(self, unit: Any) -> list[Cell]:
        found = self.scope.document_numbers.get((self.duty.code, unit.id), Numbered())
        return [asked(found.number), asked(found.day)]


def _numbered(title: str) -> tuple[Column, Column]:
    return Column("Số văn bản", 16, group=title), Column("Ngày văn bản", 11, Kind.DAY, title)
