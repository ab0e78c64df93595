"""What people take away, read back: the workbook and the official report."""

from datetime import datetime
from pathlib import Path

from docx import Document

from tests.reports.book import Page, read_book
from tests.reports.words import words_of
from tests.season import screens
from tests.season.counting import FACTS, Figures, Part, held_on_time, rating, reported_on_time
from tests.season.ledger import Participation

_NUMBER = ": Số văn bản"
REPORT = "Báo cáo kết quả học tập"
# The summary's columns, by what they are called here.
_COLUMNS = {
    f"{REPORT}: Phải báo cáo": "due",
    f"{REPORT}: Đã báo cáo": "received",
    f"{REPORT}: Chưa báo cáo": "missing",
    "Thời hạn: Báo cáo đúng hạn": "on time",
    "Thời hạn: Báo cáo chậm hạn": "late",
    "Thời hạn: Học đúng hạn": "held on time",
    "Thời hạn: Học chậm hạn": "held late",
    "Đoàn viên: Có mặt": "members",
    "Đoàn viên: Tổng số": "members of",
    "Trong đó cán bộ: Có mặt": "cadres",
    "Trong đó cán bộ: Tổng số": "cadres of",
    "Bài thu hoạch (nộp bài): Phải nộp": "essays owed",
    "Bài thu hoạch (nộp bài): Đã nộp": "essays",
    "Đoàn viên (báo số bài): Đã viết": "members' essays",
    "Đoàn viên (báo số bài): Tổng số": "members' essays of",
}
_TABLE = ("due", "received", None, "on time", "late", "members", "members of", None, "cadres", "cadres of")
_TABLE_ESSAYS = ("essays owed", "essays", "members' essays")


def book_pages(path: Path) -> dict[str, Page]:
    return read_book(path)


def book_rows(pages: dict[str, Page]) -> dict[str, Figures]:
    """Of the summary: by the code of the unit; "" the total."""
    page = pages["Tổng hợp"]
    rows = {str(row["Mã đơn vị"]): row for row in page.rows} | {"": page.totals}
    return {
        code: {name: row[title] for title, name in _COLUMNS.items() if isinstance(row.get(title), int)}
        for code, row in rows.items()
    }


def wrong_branches(pages: dict[str, Page], part: Part) -> list[str]:
    """Branches whose row does not say what they said."""
    rows = {str(row["Mã đơn vị"]): row for row in pages["Chi đoàn"].rows}
    wrong = []
    for unit in part.units:
        if unit.owes != "branch":
            continue
        row = rows.pop(unit.code)
        sent = part.ledger.participations.get(unit.code)
        shown = (
            row["Đoàn viên: Có mặt"],
            row["Đoàn viên: Tổng số"],
            row["Trong đó cán bộ: Có mặt"],
            row["Buổi học: Đúng thời hạn"],
            row["Báo cáo: Đúng hạn"],
            bool(row["Báo cáo: Báo hộ"]),
        )
        if shown != _said(sent):
            wrong.append(f"{unit.code}: {shown} instead of {_said(sent)}")
    return [*wrong, *rows]


def meetings(pages: dict[str, Page]) -> list[tuple[object, ...]]:
    """Sorted; none where nobody planned one."""
    page = pages.get("Hội nghị dự kiến")
    return sorted(
        (
            str(row["Mã đơn vị"]),
            row["Ngày"].date(),
            row["Buổi"],
            row["Đã mời"],
            row["Sẽ dự"],
            row["Xin vắng"],
            row["Tình trạng"],
        )
        for row in (page.rows if page is not None else [])
    )


def relays(pages: dict[str, Page]) -> list[tuple[object, ...]]:
    """Sorted; those handed in as files left out."""
    page = pages.get("Báo cáo nhanh")
    columns = (
        "Báo cáo cấp dưới: Đã có",
        "Báo cáo cấp dưới: Phải có",
        "Đoàn viên: Có mặt",
        "Đoàn viên: Tổng số",
    )
    return sorted(
        (
            str(row["Mã đơn vị"]),
            row["Báo cáo"],
            *(row[name] if isinstance(row[name], int) else 0 for name in columns),
        )
        for row in (page.rows if page is not None else [])
        if row["Số liệu tính đến"] != "nộp bằng tệp"
    )


def numbered(pages: dict[str, Page]) -> list[tuple[str, str, str]]:
    """Sorted; of those that were handed in."""
    found = []
    for page in (pages[name] for name in ("Cấp huyện", "Cấp cơ sở") if name in pages):
        for title in (one.removesuffix(_NUMBER) for one in page.rows[0] if one.endswith(_NUMBER)):
            for row in page.rows:
                said, day = row[f"{title}{_NUMBER}"], row[f"{title}: Ngày văn bản"]
                told = f"{said} ngày {day:%d/%m/%Y}" if isinstance(day, datetime) else said
                if told is not None:
                    found.append((title, str(row["Mã đơn vị"]), told))
    return sorted(found)


def activities(pages: dict[str, Page]) -> list[tuple[object, ...]]:
    """By title."""
    return sorted(
        (
            (str(row["Mã đơn vị"]), row["Tên hoạt động"], row["Ngày"].date(), row["Số người"])
            for row in pages["Hoạt động"].rows
        ),
        key=lambda one: str(one[1]),
    )


def wrongly_rated(pages: dict[str, Page], part: Part) -> list[str]:
    """Units whose row does not say what the ledger does."""
    told = {str(row["Mã đơn vị"]): tuple(row[title] for title in FACTS) for row in pages["Bình xét"].rows}
    counted = rating(part)
    return [
        f"{code}: {told.get(code)} instead of {counted.get(code)}"
        for code in told | counted
        if told.get(code) != counted.get(code)
    ]


def items(pages: dict[str, Page]) -> list[tuple[str, str, str]]:
    """(unit, kind, title) of everything published, sorted."""
    rows = pages["Tuyên truyền"].rows
    return sorted((str(row["Mã đơn vị"]), str(row["Loại"]), str(row["Tiêu đề"])) for row in rows)


def _said(sent: Participation | None) -> tuple[object, ...]:
    if sent is None:
        return ("chưa báo cáo", None, "chưa báo cáo", None, None, False)
    return (
        sent.members,
        sent.expected,
        "chưa ghi" if sent.cadres is None else sent.cadres,
        "đúng hạn" if held_on_time("branch", sent.lines[0].day) else "chậm hạn",
        "đúng hạn" if reported_on_time(sent) else "chậm hạn",
        sent.on_behalf,
    )


def report_text(path: Path) -> Figures:
    return screens.official(words_of(path))


def report_rows(path: Path) -> dict[str, Figures]:
    """Of the appendix's first table: by the name of the unit, "Cộng" the total."""
    tables = Document(str(path)).tables
    # The letterhead and the signatures are tables too.
    table = next(one for one in tables if len(one.columns) == len(_TABLE) + len(_TABLE_ESSAYS) + 2)
    found = {}
    for row in table.rows[2:]:
        cells = [cell.text.strip() for cell in row.cells]
        shown = zip((*_TABLE, *_TABLE_ESSAYS), (cell.partition("/")[0] for cell in cells[2:]), strict=True)
        found[cells[1]] = {
            name: screens.number(cell) for name, cell in shown if name is not None and cell[:1].isdigit()
        }
    return found


IN_THE_BOOK = [*_COLUMNS.values()]
IN_THE_REPORT = [name for name in (*_TABLE, *_TABLE_ESSAYS) if name is not None]
