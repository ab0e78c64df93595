"""What is read of a file, however a spreadsheet saved it."""

import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from storage.rosters import UnreadableRoster, read_roster
from tests.storage.files import csv_file

PLAIN = "unit_code,full_name,role,phone\nHQ-1,Lê Thị Mai,Bí thư,0900000301\n"
MAI = {"unit_code": "HQ-1", "full_name": "Lê Thị Mai", "role": "Bí thư", "phone": "0900000301"}


def book(folder: Path, rows: list[list[Any]]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made.create_sheet("khác").append(["không đọc"])
    path = folder / "roster.xlsx"
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(PLAIN, "utf-8", id="UTF-8"),
        pytest.param(PLAIN, "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param(PLAIN, "utf-16", id="UTF-16"),
        pytest.param(PLAIN.replace(",", ";"), "utf-8", id="semicolons"),
        pytest.param(PLAIN.replace(",", "\t"), "utf-16", id="Excel's Unicode text"),
        pytest.param("sep=;\r\n" + PLAIN.replace(",", ";"), "utf-8", id="Excel's sep line"),
        pytest.param(PLAIN.replace("\n", "\r\n"), "utf-8", id="Windows lines"),
        pytest.param("\n,,,\n" + PLAIN, "utf-8", id="empty lines before the header"),
        pytest.param(
            PLAIN.replace("unit_code,full_name,role,phone", "Mã đơn vị,Họ và tên,Chức vụ,Số điện thoại"),
            "utf-8",
            id="Vietnamese header",
        ),
        pytest.param(
            PLAIN.replace("unit_code,full_name,role,phone", "MA DON VI,Ho ten (*),CHUC VU,sdt"),
            "utf-8",
            id="without diacritics",
        ),
        pytest.param(unicodedata.normalize("NFD", PLAIN), "utf-8", id="decomposed letters"),
        pytest.param(PLAIN.replace("Lê Thị Mai", '" Lê  Thị\u200b Mai "'), "utf-8", id="stray spaces"),
    ],
)
def test_a_csv_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    roster = read_roster(csv_file(tmp_path, text, encoding=encoding))
    assert roster.people
    assert [row for _line, row in roster.rows] == [MAI]


def test_columns_in_any_order_and_others_are_named(tmp_path: Path) -> None:
    text = "STT,phone,role,full_name,ghi chú,unit_code\n1,0900000301,Bí thư,Lê Thị Mai,x,HQ-1\n"
    roster = read_roster(csv_file(tmp_path, text))
    assert roster.rows == [(2, MAI)]
    assert roster.ignored == ["STT", "ghi chú"]


def test_a_row_is_told_by_the_line_where_it_begins(tmp_path: Path) -> None:
    text = 'code,name,level\nA,"Đoàn\nxã",xã\n\nB,Đoàn xã B,xã\n'
    roster = read_roster(csv_file(tmp_path, text))
    assert [(line, row["name"]) for line, row in roster.rows] == [(2, "Đoàn xã"), (5, "Đoàn xã B")]


def test_an_excel_book_is_read(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Mã đơn vị", "Họ tên", "Chức vụ", "Điện thoại", "Đến ngày"],
        [15886.0, "Lê Thị Mai", "Bí thư", 900000301, None],
        [],
        ["HQ-2", "<b>Nguyễn</b>", "Phó bí thư", 84900000302.0, None],
    ]
    roster = read_roster(book(tmp_path, rows))
    assert [(line, row["unit_code"], row["full_name"], row["phone"]) for line, row in roster.rows] == [
        (2, "15886", "Lê Thị Mai", "900000301"),
        (4, "HQ-2", "<b>Nguyễn</b>", "84900000302"),
    ]


def test_a_file_s_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableRoster, match=r"dòng 1: .*unit_code, full_name, role.*đang có: họ tên, tuổi"
    ):
        read_roster(csv_file(tmp_path, "họ tên,tuổi\nMai,20\n"))


def damaged_book(folder: Path) -> Path:
    path = folder / "damaged.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
    return path


@pytest.mark.parametrize(
    ("make", "told"),
    [
        pytest.param(lambda folder: folder / "none.csv", "Không có tệp", id="no file"),
        pytest.param(lambda folder: folder, "Không có tệp", id="a folder"),
        pytest.param(lambda folder: csv_file(folder, "", "old.xls"), r"\.csv hoặc \.xlsx", id="another kind"),
        pytest.param(lambda folder: csv_file(folder, ""), "tệp trống", id="empty"),
        pytest.param(
            lambda folder: csv_file(folder, "code,name,level\n"), "chỉ có dòng tiêu đề", id="no rows"
        ),
        pytest.param(
            lambda folder: csv_file(folder, "not a book", "a.xlsx"), "không mở được", id="not a book"
        ),
        pytest.param(damaged_book, "không mở được", id="damaged book"),
        pytest.param(
            lambda folder: csv_file(folder, "mã,tên", encoding="cp1252"), "CSV UTF-8", id="an old encoding"
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, make: Any, told: str) -> None:
    with pytest.raises(UnreadableRoster, match=told) as refused:
        read_roster(make(tmp_path))
    assert "\n" not in str(refused.value)
