"""The export: an Excel book with reports, sessions and essays.

What was not reported is "chưa báo cáo", what was not asked "chưa ghi": neither is ever 0.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from sqlalchemy import Connection

from rules.deadlines import reported_on_time
from rules.plan import DutyKind, Plan
from storage import exporting

NOT_REPORTED = "chưa báo cáo"
NOT_ASKED = "chưa ghi"
ON_TIME = {True: "đúng hạn", False: "chậm hạn", None: ""}

_REPORTS = [
    ("Cấp huyện", 28),
    ("Cơ sở", 26),
    ("Chi đoàn", 26),
    ("Mã đơn vị", 14),
    ("Mã báo cáo", 11),
    ("Ngày học", 11),
    ("Tham dự", 10),
    ("Đoàn viên", 10),
    ("Cán bộ dự", 10),
    ("Cán bộ", 9),
    ("Thanh niên", 10),
    ("Nhận lúc", 16),
    ("Báo cáo", 12),
    ("Lần", 6),
]
_SESSIONS = [
    ("Đơn vị tổ chức", 30),
    ("Mã báo cáo", 11),
    ("Ngày họp", 11),
    ("Địa điểm", 36),
    ("Hội trường", 11),
    ("Tài liệu", 10),
    ("Học bù", 9),
    ("Báo cáo viên", 26),
]
_ESSAYS = [
    ("Đơn vị", 30),
    ("Người viết", 26),
    ("Đã lưu", 10),
    ("Gửi về", 12),
    ("Nhận lúc", 16),
    ("Người nộp", 26),
]


def write_export(conn: Connection, plan: Plan, zone: ZoneInfo, out: Path) -> int:
    """Write the book to `out`; how many units it lists. The caller holds one reading transaction."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        formats = {
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "number": book.add_format({"num_format": "#,##0"}),
        }
        units = _reports(book, formats, conn, plan, zone)
        _sheet(
            book, formats, "Hội nghị", _SESSIONS, [_session(row) for row in exporting.sessions(conn, plan)]
        )
        _sheet(
            book,
            formats,
            "Bài thu hoạch",
            _ESSAYS,
            [_essay(row, zone) for row in exporting.essays(conn, plan)],
        )
    return units


def _reports(book: Any, formats: dict[str, Any], conn: Connection, plan: Plan, zone: ZoneInfo) -> int:
    duty = next(one for one in plan.duties if one.kind is DutyKind.PARTICIPATION)
    sent = exporting.participations(conn, plan)
    names: dict[int, str] = {}
    rows: list[list[Any]] = []
    for unit in exporting.units_in_order(conn):
        names[unit.id] = unit.name
        if unit.duty_level not in duty.levels:
            continue
        above = [names.get(int(part), "") for part in unit.path.strip("/").split("/")][:-1]
        grassroots, district = (above[-1:] or [""])[0], (above[-2:-1] or [""])[0]
        head = [district, grassroots, unit.name, unit.code]
        found = sent.get(unit.id)
        if found is None:
            missing = [NOT_REPORTED, "", NOT_REPORTED, unit.members, NOT_REPORTED, unit.cadres, NOT_REPORTED]
            rows.append([*head, *missing, "", "", ""])
            continue
        on_time = reported_on_time(duty, found.held_on, found.first_arrived_at, zone)
        rows.append(
            [
                *head,
                f"{found.id:04d}",
                found.held_on,
                int(found.members),
                found.members_expected,
                _asked(found.cadres),
                _asked(found.cadres_expected),
                _asked(found.youth),
                found.first_arrived_at.astimezone(zone),
                ON_TIME[on_time],
                found.revision,
            ]
        )
    _sheet(book, formats, "Báo cáo", _REPORTS, rows)
    return len(rows)


def _session(row: Any) -> list[Any]:
    return [
        row.unit,
        f"{row.id:04d}",
        row.held_on,
        row.place or NOT_ASKED,
        _asked(row.hall_count),
        {True: "đủ", False: "thiếu", None: NOT_ASKED}[row.materials],
        "học bù" if row.make_up else "",
        row.speaker or NOT_ASKED,
    ]


def _essay(row: Any, zone: ZoneInfo) -> list[Any]:
    route = "tỉnh" if row.route == "province" else "cấp trên"
    stored = "đã lưu" if row.state == "stored" else "đang lưu"
    return [row.unit, row.author, stored, route, row.arrived_at.astimezone(zone), row.sender or ""]


def _asked(value: Any) -> Any:
    return NOT_ASKED if value is None else int(value)


def _sheet(
    book: Any, formats: dict[str, Any], name: str, columns: list[tuple[str, int]], rows: list[list[Any]]
) -> None:
    sheet = book.add_worksheet(name)
    for place, (_title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    for place, (title, _width) in enumerate(columns):
        sheet.write_string(0, place, title, formats["head"])
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, formats)


def _write(sheet: Any, line: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    """Real numbers and days; text stays text, whatever it begins with."""
    writers: dict[type, Callable[[], Any]] = {
        datetime: lambda: sheet.write_datetime(line, place, value.replace(tzinfo=None), formats["moment"]),
        date: lambda: sheet.write_datetime(line, place, value, formats["day"]),
        int: lambda: sheet.write_number(line, place, value, formats["number"]),
        str: lambda: sheet.write_string(line, place, value),
        type(None): lambda: None,
    }
    writers[type(value)]()
