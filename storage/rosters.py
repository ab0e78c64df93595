"""Reading a roster file: CSV as any spreadsheet saves it, or XLSX. Every cell comes out as clean text."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rules.names import clean, fold

UNIT_COLUMNS = {
    "code": ("code", "ma", "ma don vi"),
    "name": ("name", "ten", "ten don vi"),
    "level": ("level", "cap"),
    "parent_code": ("parent_code", "ma cap tren", "truc thuoc"),
    "cadres": ("cadres", "can bo", "so can bo"),
    "members": ("members", "doan vien", "so doan vien"),
    "youth": ("youth", "thanh nien", "so thanh nien"),
    "valid_from": ("valid_from", "tu ngay"),
    "valid_to": ("valid_to", "den ngay"),
    "successor_code": ("successor_code", "sap nhap vao"),
}
PERSON_COLUMNS = {
    "unit_code": ("unit_code", "ma don vi"),
    "full_name": ("full_name", "ho ten", "ho va ten"),
    "role": ("role", "chuc vu"),
    "phone": ("phone", "dien thoai", "so dien thoai"),
}
UNITS_NEED = {"code", "name", "level"}
PEOPLE_NEED = {"unit_code", "full_name", "role"}


class UnreadableRoster(Exception):
    """The text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Roster:
    """`rows`: (line in the file, {column: text}); `ignored`: columns that mean nothing here."""

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
    header = [fold(cell) for cell in filled[0][1]]
    for columns, need, people in (
        (PERSON_COLUMNS, PEOPLE_NEED, True),
        (UNIT_COLUMNS, UNITS_NEED, False),
    ):
        places = _places(header, columns)
        if need <= places.keys():
            rows = [
                (line, {name: row[place] if place < len(row) else "" for name, place in places.items()})
                for line, row in filled[1:]
            ]
            known = set(places.values())
            ignored = [cell for place, cell in enumerate(filled[0][1]) if cell and place not in known]
            return Roster(people, rows, ignored)
    raise UnreadableRoster(
        f"{path.name}: dòng đầu phải có các cột {', '.join(sorted(UNITS_NEED))} (đơn vị),"
        f" hoặc {', '.join(sorted(PEOPLE_NEED))} (người)."
    )


def _places(header: list[str], columns: dict[str, tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, spellings in columns.items():
        for place, cell in enumerate(header):
            if cell in spellings:
                found.setdefault(name, place)
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
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    table = []
    try:
        for row in reader:
            table.append((reader.line_num, [clean(cell) for cell in row]))
    except csv.Error as error:
        raise UnreadableRoster(f"{path.name}, dòng {reader.line_num}: {error}.") from None
    return table


def _xlsx(path: Path) -> list[tuple[int, list[str]]]:
    # Heavy to import, and only for this.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        raise UnreadableRoster(
            f"{path.name}: không mở được; hãy mở bằng Excel rồi lưu lại thành .xlsx hoặc .csv."
        ) from None
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        return [(line, [_cell(value) for value in row]) for line, row in enumerate(rows, 1)]
    finally:
        book.close()


def _cell(value: Any) -> str:
    """A number that Excel made of a code or a count loses its ".0" again."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    return clean(str(value))
