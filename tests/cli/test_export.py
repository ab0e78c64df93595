"""The Excel book: real numbers and days, and nothing that was not said turned into a 0."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from storage import essays, people, submitting, units
from storage.database import Database
from storage.reports import Held, Line, Sender, Speaker
from tests.cli.conftest import Chidoan
from tests.people import at
from tests.storage.files import BRANCHES, COMMUNE, PEOPLE, csv_file

PLAN = "ke-hoach-66"
Rows = list[dict[str, Any]]


@pytest.fixture
def loaded(chidoan: Chidoan, home: Path) -> Chidoan:
    for text in (COMMUNE, BRANCHES, PEOPLE):
        chidoan("import", str(csv_file(home, text)))
    return chidoan


@pytest.fixture
def reported(loaded: Chidoan, home: Path) -> Chidoan:
    """Thôn 1 reported twice and made up; the commune recorded its session; two essays."""
    database = Database(f"sqlite:///{home / 'data' / 'chidoan.db'}")
    with database.writing() as conn:
        mai = people.by_phone(conn, "+84900000301")[0].id
        branch, commune = units.by_code(conn, "HQ-1"), units.by_code(conn, "HQ")
        assert branch is not None
        assert commune is not None
        conn.exec_driver_sql(
            "INSERT INTO account (channel, address, reachable, wrong_tries, created_at)"
            " VALUES ('telegram', '1', 1, 0, '2018-11-01')"
        )
        sender = Sender(mai, 1, at(14, 11))
        lines = [
            Line(date(2018, 11, 12), 40, 50, cadres=2, cadres_expected=3),
            Line(date(2018, 11, 13), 5, 50),
        ]
        for _ in range(2):
            submitting.submit_participation(conn, PLAN, "participation", branch.id, lines, sender)
        held = Held(
            "grassroots",
            date(2018, 11, 12),
            place="=nhà văn hoá",
            speakers=(Speaker("Vũ Văn Khang"), Speaker("Lê Văn Nói", outside_rule=True)),
        )
        submitting.submit_session(conn, PLAN, "session", commune.id, 0, held, sender)
        about: dict[str, Any] = {"plan": PLAN, "unit_id": branch.id, "by_person_id": mai, "by_account_id": 1}
        essays.hand_in(
            conn,
            person_id=mai,
            author="@Lê Thị Mai",
            route="superior",
            uploads=[],
            arrived=at(14, 11),
            **about,
        )
        essays.record_tally(conn, attended=30, expected=47, arrived=at(14, 11), **about)
    database.dispose()
    return loaded


def sheets(path: Path) -> dict[str, Rows]:
    book = load_workbook(path)
    found = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        found[sheet.title] = [dict(zip((str(cell) for cell in head), row, strict=True)) for row in rows]
    return found


def test_a_report_is_numbers_and_days(reported: Chidoan, home: Path) -> None:
    assert reported("export", "out.xlsx").out == "Đã xuất 2 đơn vị vào out.xlsx.\n"
    row = sheets(home / "out.xlsx")["Báo cáo"][0]
    assert row == {
        "Cấp huyện": "Huyện đoàn Hoằng Hóa",
        "Cấp cơ sở": "Đoàn xã Hoằng Quỳ",
        "Đơn vị": "Chi đoàn thôn 1",
        "Mã đơn vị": "HQ-1",
        "Mã báo cáo": 1,
        "Ngày học": datetime(2018, 11, 12),
        "Tham dự": 45,
        "Tổng đoàn viên": 50,
        "Cán bộ tham dự": 2,
        "Tổng cán bộ": 3,
        "Thanh niên": "chưa ghi",
        "Học đúng hạn": "đúng hạn",
        "Nhận lúc": datetime(2018, 11, 14, 19, 42),
        "Báo cáo đúng hạn": "đúng hạn",
        "Lần": 2,
        "Trạng thái": "đã gửi",
    }


def test_what_was_not_reported_is_never_0(reported: Chidoan, home: Path) -> None:
    reported("export", "out.xlsx")
    row = sheets(home / "out.xlsx")["Báo cáo"][1]
    assert row["Mã đơn vị"] == "HQ-2"
    assert (row["Tham dự"], row["Cán bộ tham dự"], row["Trạng thái"]) == ("chưa báo cáo",) * 3
    assert row["Tổng đoàn viên"] == 40
    assert 0 not in row.values()


def test_sessions_and_essays(reported: Chidoan, home: Path) -> None:
    reported("export", "out.xlsx")
    book = sheets(home / "out.xlsx")
    held = book["Hội nghị"][0]
    assert (held["Đơn vị tổ chức"], held["Ngày họp"]) == ("Đoàn xã Hoằng Quỳ", datetime(2018, 11, 12))
    assert held["Địa điểm"] == "=nhà văn hoá"
    assert held["Báo cáo viên"] == "Vũ Văn Khang, Lê Văn Nói"
    assert (held["Hội trường (người)"], held["Tài liệu"]) == ("chưa ghi", "chưa ghi")
    written, counted = book["Bài thu hoạch"]
    assert (written["Người viết"], written["Số bài"]) == ("@Lê Thị Mai", 1)
    assert (counted["Số bài"], counted["Phải nộp"], counted["Trạng thái"]) == (30, 47, "báo số bài")


def test_text_that_begins_like_a_formula_stays_text(reported: Chidoan, home: Path) -> None:
    reported("export", "out.xlsx")
    kinds = {
        cell.value: cell.data_type
        for sheet in load_workbook(home / "out.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert (kinds["=nhà văn hoá"], kinds["@Lê Thị Mai"]) == ("s", "s")


def test_a_closed_branch_that_never_reported_is_left_out(reported: Chidoan, home: Path) -> None:
    closing = "code,name,level,valid_to\nHQ-1,Chi đoàn thôn 1,branch,13/11/2018\nHQ-2,Chi đoàn thôn 2,branch,13/11/2018\n"
    reported("import", str(csv_file(home, closing)))
    reported("export", "out.xlsx")
    assert [row["Mã đơn vị"] for row in sheets(home / "out.xlsx")["Báo cáo"]] == ["HQ-1"]


def test_an_empty_province_has_its_headings(chidoan: Chidoan, home: Path) -> None:
    assert chidoan("export", "out.xlsx").code == 0
    assert {name: len(rows) for name, rows in sheets(home / "out.xlsx").items()} == {
        "Báo cáo": 0,
        "Hội nghị": 0,
        "Bài thu hoạch": 0,
    }
