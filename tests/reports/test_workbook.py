"""How cells become a file: text stays text, totals are formulas, a page is ready for the printer."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.table import Column, Heading, Kind, Row, Sheet, number, rate, told
from reports.workbook import write_book
from tests.reports.book import Page, read_book

HEADING = Heading("Tỉnh đoàn A & B", "Huyện đoàn 9", "Kế hoạch số 66", "Tính đến 17 giờ 02 ngày 12/12/2018")
COLUMNS = (
    Column("Đơn vị", 10),
    told("Có mặt", group="Đoàn viên"),
    number("Tổng số", group="Đoàn viên"),
    rate("Đoàn viên"),
)


def written(tmp_path: Path, rows: Sequence[Row], *, formulas: bool = False, name: str = "Một") -> Page:
    out = tmp_path / "out.xlsx"
    write_book(out, HEADING, [Sheet(name, "BẢNG", COLUMNS, rows)])
    (page,) = read_book(out, formulas=formulas).values()
    return page


@pytest.mark.parametrize("text", ["=1+1", "+84900000001", "-5", "@Mai", '=HYPERLINK("http://x")'])
def test_what_begins_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    page = written(tmp_path, [[text, 1, 2, 0.5]])
    cell = page.sheet.cell(page.sheet.max_row - 1, 2)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nhà\x00 văn\x0b hoá\ufffe", "nhà văn hoá"),
        ("dòng 1\r\ndòng 2\rdòng 3", "dòng 1\ndòng 2\ndòng 3"),
        ('<b>đậm</b> & "khác"', '<b>đậm</b> & "khác"'),
        ("<r><t>chữ</t></r>", "<r><t>chữ</t></r> "),
        ("  =1+1", "=1+1"),
        ("😀", "😀"),
    ],
)
def test_only_what_xml_can_hold(tmp_path: Path, text: str, shown: str) -> None:
    assert written(tmp_path, [[text, 1, 2, 0.5]]).rows[0]["Đơn vị"] == shown


def test_totals_are_formulas_with_their_values(tmp_path: Path) -> None:
    rows: list[Row] = [["a", 45, 50, 0.9], ["b", "chưa báo cáo", None, None], ["c", 9, 10, 0.9]]
    totals = written(tmp_path, rows).totals
    assert (totals["Đoàn viên: Có mặt"], totals["Đoàn viên: Tổng số"], totals["Đoàn viên: Tỷ lệ"]) == (
        54,
        60,
        0.9,
    )
    formulas = written(tmp_path, rows, formulas=True).totals
    assert formulas["Đoàn viên: Có mặt"] == "=SUBTOTAL(109,C7:C9)"
    assert formulas["Đoàn viên: Tỷ lệ"] == '=IF(N(D10)=0,"",C10/D10)'


def test_a_total_of_nothing_known_is_no_0(tmp_path: Path) -> None:
    totals = written(tmp_path, [["a", "chưa báo cáo", None, None]]).totals
    assert totals["Đoàn viên: Có mặt"] == "chưa ghi"
    assert totals["Đoàn viên: Tổng số"] == 0  # what is counted here, not told, may be none
    assert totals["Đoàn viên: Tỷ lệ"] is None


def test_a_page_is_ready_for_the_printer(tmp_path: Path) -> None:
    page = written(tmp_path, [["a", 1, 2, 0.5]])
    sheet = page.sheet
    assert page.heading == [
        "TỈNH ĐOÀN A & B",
        "HUYỆN ĐOÀN 9",
        "BẢNG",
        "Kế hoạch số 66. Tính đến 17 giờ 02 ngày 12/12/2018",
    ]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A7", "A6:E7")
    assert sheet.oddFooter is not None
    assert "Trang &P/&N" in (sheet.oddFooter.center.text or "")
    assert sheet.cell(7, 2).font.name == "Times New Roman"


def test_days_and_moments_are_numbers(tmp_path: Path) -> None:
    columns = (Column("Ngày", 11, Kind.DAY), Column("Lúc", 16, Kind.MOMENT), Column("Mã", 7, Kind.CODE))
    out = tmp_path / "out.xlsx"
    row: Row = [date(2018, 11, 12), datetime(2018, 11, 14, 19, 42), 412]
    write_book(out, HEADING, [Sheet("Một", "BẢNG", columns, [row])])
    sheet = load_workbook(out).worksheets[0]
    cells = [sheet.cell(6, place) for place in (2, 3, 4)]
    assert [cell.value for cell in cells] == [datetime(2018, 11, 12), *row[1:]]
    assert [cell.number_format for cell in cells] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0000"]


def test_names_that_excel_would_refuse(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    names = ["Cấp: xã/phường [mới]", "cấp  xã phường  mới ", "x" * 40, "x" * 50, "'"]
    write_book(out, HEADING, [Sheet(name, "BẢNG", COLUMNS, []) for name in names])
    titles = load_workbook(out).sheetnames
    assert len({title.lower() for title in titles}) == len(names)
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\'") for title in titles)


def test_a_full_disk_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no-such-folder"):
        write_book(tmp_path / "no-such-folder" / "out.xlsx", HEADING, [Sheet("Một", "BẢNG", COLUMNS, [])])
