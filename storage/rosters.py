"""Reading a roster file: CSV as any spreadsheet saves it, or XLSX. Every cell comes out as clean text."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rules.names import clean, fold

# The first spelling is the column's name; the others are what Vietnamese files call it, folded.
UNIT_COLUMNS = {
    "code": ("code", "ma", "ma don vi", "ma dv"),
    "name": ("name", "ten", "ten don vi", "don vi"),
    "level": ("level", "cap", "cap don vi", "loai"),
    "parent_code": ("parent code", "ma cap tren", "ma don vi cap tren", "cap tren", "truc thuoc"),
    "cadres": ("cadres", "can bo", "so can bo", "trong do can bo"),
    "members": ("members", "doan vien", "so doan vien", "tong so doan vien"),
    "youth": ("youth", "thanh nien", "so thanh nien"),
    "valid_from": ("valid from", "tu ngay"),
    "valid_to": ("valid to", "den ngay", "den het ngay"),
    "successor_code": ("successor code", "sap nhap vao", "ma don vi ke thua"),
}
PERSON_COLUMNS = {
    "unit_code": ("unit code", "ma don vi", "ma dv", "ma"),
    "full_name": ("full name", "ho ten", "ho va ten", "ho va ten dem ten", "ten"),
    "role": ("role", "chuc vu", "chuc danh"),
    "phone": ("phone", "dien thoai", "so dien thoai", "sdt", "so dt", "dt"),
    "valid_to": ("valid to", "den ngay", "den het ngay"),
}
UNITS_NEED = ("code", "name", "level")
PEOPLE_NEED = ("unit_code", "full_name", "role")
SEPARATORS = ",;\t"
UNPACKED_LIMIT = 500 * 1024 * 1024  # bytes that an .xlsx may unpack to
_NOT_WORD = re.compile(r"[\W_]+")


class UnreadableRoster(Exception):
    """The text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Roster:
    """`rows`: (line in the file, {column: text}), with the columns that the file has;
    `ignored`: columns that mean nothing here.
    """

    people: bool
    rows: list[tuple[int, dict[str, str]]]
    ignored: list[str]


def read_roster(path: Path) -> Roster:
    """Raises UnreadableRoster."""
    if not path.is_file():
        raise UnreadableRoster(f"Không có tệp {path}.")
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise UnreadableRoster(
            f"{path.name}: hệ thống đọc tệp .csv hoặc .xlsx; hãy lưu lại thành một trong hai."
        )
    table = _xlsx(path) if suffix == ".xlsx" else _csv(path)
    filled = [(line, row) for line, row in table if any(row)]
    if not filled:
        raise UnreadableRoster(f"{path.name}: tệp trống.")
    header = filled[0][1]
    spelled = [_NOT_WORD.sub(" ", fold(cell)).strip() for cell in header]
    as_people, as_units = _places(spelled, PERSON_COLUMNS), _places(spelled, UNIT_COLUMNS)
    people = all(name in as_people for name in PEOPLE_NEED)
    if not people and not all(name in as_units for name in UNITS_NEED):
        raise UnreadableRoster(
            f"{path.name}, dòng {filled[0][0]}: dòng đầu phải có các cột {', '.join(UNITS_NEED)}"
            f" (danh sách đơn vị), hoặc {', '.join(PEOPLE_NEED)} (danh sách người);"
            f" đang có: {', '.join(cell for cell in header if cell)}."
        )
    places = as_people if people else as_units
    rows = [
        (line, {name: row[place] if place < len(row) else "" for name, place in places.items()})
        for line, row in filled[1:]
    ]
    if not rows:
        raise UnreadableRoster(f"{path.name}: chỉ có dòng tiêu đề, chưa có dòng nào để nhập.")
    known = set(places.values())
    ignored = [cell for place, cell in enumerate(header) if cell and place not in known]
    return Roster(people, rows, ignored)


def _places(header: list[str], columns: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Where each column stands; of two columns that could be one, the spelling named first wins."""
    found: dict[str, int] = {}
    for name, spellings in columns.items():
        place = next((header.index(one) for one in spellings if one in header), None)
        if place is not None and place not in found.values():
            found[name] = place
    return found


def _csv(path: Path) -> list[tuple[int, list[str]]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableRoster(f"Không đọc được {path}: {error.strerror}.") from None
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableRoster(
            f"{path.name}: tệp không phải UTF-8; trong Excel hãy chọn Lưu thành, CSV UTF-8."
        ) from None
    lines = iter(io.StringIO(text, newline=""))
    first = next(lines, "")
    skipped = 0
    if first.lower().startswith("sep="):  # Excel's own note on the separator
        first, skipped = next(lines, ""), 1
    separator = max(SEPARATORS, key=first.count)
    return list(_csv_rows(path, separator, [first, *lines], skipped))


def _csv_rows(path: Path, separator: str, lines: list[str], skipped: int) -> Iterator[tuple[int, list[str]]]:
    """A row is told by the line on which it begins: a quoted cell may hold line breaks."""
    reader = csv.reader(lines, delimiter=separator)
    while True:
        line = reader.line_num + skipped + 1
        try:
            row = next(reader, None)
        except csv.Error:
            raise UnreadableRoster(
                f"{path.name}, dòng {line}: không đọc được dòng này; có thể thiếu một dấu nháy kép."
            ) from None
        if row is None:
            return
        yield line, [clean(cell) for cell in row]


def _xlsx(path: Path) -> list[tuple[int, list[str]]]:
    # Heavy to import, and only for this.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > UNPACKED_LIMIT:
                raise UnreadableRoster(f"{path.name}: tệp quá lớn; hãy lưu lại thành .csv.")
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
            return [
                (line, [_cell(value) for value in row])
                for line, row in enumerate(sheet.iter_rows(values_only=True), 1)
                if any(value is not None for value in row)
            ]
        finally:
            book.close()
    except UnreadableRoster:
        raise
    except Exception:  # a damaged book fails in the library's and the XML parser's own many ways
        raise UnreadableRoster(
            f"{path.name}: không mở được; hãy mở bằng Excel rồi lưu lại thành .xlsx hoặc .csv."
        ) from None


def _cell(value: Any) -> str:
    """A number that Excel made of a code or a count loses its ".0" again."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    return clean(str(value))
