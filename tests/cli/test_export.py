"""The Excel book: real numbers and days, and nothing that was not said turned into a 0."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from storage import essays, people, submitting, units
from storage.database import Database
from storage.reports import Held, Line, Sender, Speaker
from tests.cli.conftest import Chidoan
from tests.people import at
from tests.reports.book import everything_in, read_book
from tests.storage.files import BRANCHES, COMMUNE, PEOPLE, csv_file

PLAN = "ke-hoach-66"


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
            person_id=None,
            author="@Lê Thị Mai",
            route="superior",
            uploads=[],
            arrived=at(14, 11),
            **about,
        )
        essays.record_tally(conn, attended=30, expected=47, arrived=at(14, 11), **about)
    database.dispose()
    return loaded


def test_the_whole_province(reported: Chidoan, home: Path) -> None:
    assert reported("export", "out.xlsx").out == "Đã xuất 5 đơn vị vào out.xlsx.\n"
    book = read_book(home / "out.xlsx")
    assert list(book) == [
        "Tổng hợp",
        "Chi đoàn",
        "Cấp cơ sở",
        "Cấp huyện",
        "Cấp tỉnh",
        "Bài thu hoạch",
        "Tuyên truyền",
        "Báo cáo nhanh",
        "Hoạt động",
        "Báo cáo viên",
        "Bình xét",
        "Kiến nghị",
        "Chưa báo cáo",
        "Thông báo",
        "Nhật ký",
    ]
    first, second = book["Chi đoàn"].rows
    assert (first["Mã đơn vị"], first["Đoàn viên: Có mặt"], first["Báo cáo: Lần"]) == ("HQ-1", 45, 2)
    assert (second["Mã đơn vị"], second["Đoàn viên: Có mặt"]) == ("HQ-2", "chưa báo cáo")
    assert book["Tổng hợp"].heading[0] == "TỈNH ĐOÀN THANH HÓA"
    assert "Tính đến 19 giờ 42 ngày 14/11/2018" in book["Tổng hợp"].heading[2]


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
    assert reported("export", "out.xlsx").out == "Đã xuất 3 đơn vị vào out.xlsx.\n"
    assert "HQ-1" in everything_in(home / "out.xlsx")
    assert "Chi đoàn thôn 2" not in {
        cell
        for row in read_book(home / "out.xlsx")["Chi đoàn"].sheet.iter_rows(values_only=True)
        for cell in row
    }


def test_an_empty_province_has_its_headings(chidoan: Chidoan, home: Path) -> None:
    assert chidoan("export", "out.xlsx").code == 0
    book = read_book(home / "out.xlsx")
    assert {name for name, page in book.items() if page.rows} == set()
    assert {"Tổng hợp", "Chi đoàn", "Cấp cơ sở", "Cấp huyện", "Cấp tỉnh"} <= set(book)
    assert "Không có." in everything_in(home / "out.xlsx")
