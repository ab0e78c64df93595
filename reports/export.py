"""The export: an Excel book with reports, sessions and essays.

What was not reported is "chưa báo cáo", what was not asked "chưa ghi": neither is ever 0.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from sqlalchemy import Connection
from xlsxwriter.exceptions import FileCreateError

from rules.deadlines import held_on_time, reported_on_time
from rules.plan import Duty, DutyKind, Plan
from storage import exporting
from storage.models import EssayState, ReportState

NOT_REPORTED = "chưa báo cáo"
NOT_ASKED = "chưa ghi"
_ON_TIME = {True: "đúng hạn", False: "chậm hạn", None: "không đặt hạn"}
_STATES = {
    ReportState.SENT: "đã gửi",
    ReportState.ACCEPTED: "đã tiếp nhận",
    ReportState.RETURNED: "đề nghị bổ sung",
}
_ESSAY_STATES = {EssayState.RECEIVING: "đang lưu", EssayState.STORED: "đã lưu"}
_ROUTES = {"province": "tỉnh", "superior": "cấp trên"}

Columns = list[tuple[str, int]]  # title, width in letters


@dataclass(frozen=True, slots=True)
class Code:
    """A report's code, as people see it: 412 is 0412."""

    number: int


_REPORT: Columns = [
    ("Mã đơn vị", 14),
    ("Mã báo cáo", 9),
    ("Ngày học", 11),
    ("Tham dự", 13),
    ("Tổng đoàn viên", 10),
    ("Cán bộ tham dự", 10),
    ("Tổng cán bộ", 10),
    ("Thanh niên", 10),
    ("Học đúng hạn", 13),
    ("Nhận lúc", 16),
    ("Báo cáo đúng hạn", 13),
    ("Lần", 6),
    ("Trạng thái", 17),
]
_SESSION: Columns = [
    ("Đơn vị tổ chức", 30),
    ("Mã đơn vị", 14),
    ("Mã báo cáo", 9),
    ("Cấp", 12),
    ("Ngày họp", 11),
    ("Đúng hạn", 13),
    ("Địa điểm", 36),
    ("Hội trường (người)", 11),
    ("Tài liệu", 10),
    ("Loại", 12),
    ("Báo cáo viên", 36),
]
_ESSAY: Columns = [
    ("Đơn vị", 30),
    ("Mã đơn vị", 14),
    ("Người viết", 26),
    ("Số bài", 8),
    ("Phải nộp", 9),
    ("Số tệp", 8),
    ("Trạng thái", 12),
    ("Gửi về", 10),
    ("Nhận lúc", 16),
    ("Người nộp", 26),
]


def write_export(conn: Connection, plan: Plan, zone: ZoneInfo, today: date, out: Path) -> int:
    """Write the book to `out`; how many units owe a report. The caller holds one reading transaction.

    Raises OSError.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with _file_errors(), xlsxwriter.Workbook(str(out), options) as book:
        pen = _Pen(book)
        duty = next((one for one in plan.duties if one.kind is DutyKind.PARTICIPATION), None)
        above = plan.levels[1 : _lowest(plan, duty)]
        columns = [*((level.name.capitalize(), 26) for level in above), ("Đơn vị", 26), *_REPORT]
        rows = list(_reports(conn, plan, duty, zone, today)) if duty else []
        pen.sheet("Báo cáo", columns, rows)
        pen.sheet("Hội nghị", _SESSION, _sessions(conn, plan))
        pen.sheet("Bài thu hoạch", _ESSAY, _essays(conn, plan, zone))
    return len(rows)


@contextmanager
def _file_errors() -> Iterator[None]:
    """The library wraps what the system said when it came to write the file."""
    try:
        yield
    except FileCreateError as error:
        raise error.args[0] from None


def _lowest(plan: Plan, duty: Duty | None) -> int:
    """Where the levels that report stand in the plan's list; those between the top and them are columns."""
    return max(
        (place for place, one in enumerate(plan.levels) if duty and one.code in duty.levels), default=1
    )


def _reports(conn: Connection, plan: Plan, duty: Duty, zone: ZoneInfo, today: date) -> Iterable[list[Any]]:
    """In the order of the tree."""
    sent = exporting.participations(conn, plan.code, duty.code)
    above = plan.levels[1 : _lowest(plan, duty)]
    seen: dict[int, Any] = {}
    for unit in exporting.units_in_order(conn):
        seen[unit.id] = unit
        found = sent.get(unit.id)
        if unit.duty_level not in duty.levels or (found is None and exporting.is_closed(unit, today)):
            continue
        line = [seen[int(part)] for part in unit.path.strip("/").split("/")[:-1]]
        names = {one.duty_level: one.name for one in line}
        head = [*(names.get(level.code, "") for level in above), unit.name, unit.code]
        if found is None:
            missing = [NOT_REPORTED, _asked(unit.members), NOT_REPORTED, _asked(unit.cadres)]
            yield [*head, None, None, *missing, None, None, None, None, None, NOT_REPORTED]
        else:
            yield [*head, *_report(found, duty, unit.duty_level, zone)]


def _report(row: Any, duty: Duty, level: str, zone: ZoneInfo) -> list[Any]:
    return [
        Code(row.id),
        row.held_on,
        int(row.members),
        row.members_expected,
        _asked(row.cadres),
        _asked(row.cadres_expected),
        _asked(row.youth),
        _ON_TIME[held_on_time(duty, level, row.held_on)],
        row.first_arrived_at.astimezone(zone),
        _ON_TIME[reported_on_time(duty, row.held_on, row.first_arrived_at, zone)],
        row.revision,
        _STATES[ReportState(row.state)] + (" (báo hộ)" if row.on_behalf else ""),
    ]


def _sessions(conn: Connection, plan: Plan) -> Iterable[list[Any]]:
    duty = next((one for one in plan.duties if one.kind is DutyKind.SESSION), None)
    levels = {level.code: level.name for level in plan.levels}
    for row, speakers in exporting.sessions(conn, plan.code):
        yield [
            row.host,
            row.host_code,
            Code(row.report_id),
            levels.get(row.level, row.level),
            row.held_on,
            _ON_TIME[held_on_time(duty, row.level, row.held_on) if duty else None],
            row.place or NOT_ASKED,
            _asked(row.hall_count),
            {True: "đủ", False: "thiếu", None: NOT_ASKED}[row.materials],
            "tự tổ chức" if row.own else "học bù" if row.make_up else "chính",
            ", ".join(speakers) or NOT_ASKED,
        ]


def _essays(conn: Connection, plan: Plan, zone: ZoneInfo) -> Iterable[list[Any]]:
    for row in exporting.essays(conn, plan.code):
        state, route = _ESSAY_STATES[EssayState(row.state)], _ROUTES.get(row.route, row.route)
        arrived = row.arrived_at.astimezone(zone)
        yield [row.unit, row.code, row.author, 1, 1, row.files or 0, state, route, arrived, row.sender]
    for row in exporting.tallies(conn, plan.code):
        arrived = row.arrived_at.astimezone(zone)
        counts = [row.attended, row.expected]
        yield [row.unit, row.code, None, *counts, None, "báo số bài", None, arrived, row.sender]


def _asked(value: Any) -> Any:
    return NOT_ASKED if value is None else int(value)


class _Pen:
    """Writes sheets: real numbers and days; text stays text, whatever it begins with."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})
        self._moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self._number = book.add_format({"num_format": "#,##0"})
        self._code = book.add_format({"num_format": "0000"})

    def sheet(self, name: str, columns: Columns, rows: Iterable[list[Any]]) -> None:
        """`rows` are written one after the other and not kept."""
        sheet = self._book.add_worksheet(name)
        for place, (_title, width) in enumerate(columns):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for place, (title, _width) in enumerate(columns):
            sheet.write_string(0, place, title, self._head)
        line = 0
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self._cell(sheet, line, place, value)
        sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)

    def _cell(self, sheet: Any, line: int, place: int, value: Any) -> None:
        match value:
            case None:
                pass
            case Code(number=number):
                sheet.write_number(line, place, number, self._code)
            case int():
                sheet.write_number(line, place, value, self._number)
            case datetime():
                sheet.write_datetime(line, place, value.replace(tzinfo=None), self._moment)
            case date():
                sheet.write_datetime(line, place, value, self._day)
            case _:
                sheet.write_string(line, place, value)
