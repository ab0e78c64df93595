"""Reads an exported book as a person does: rows by the names of their columns, down to the totals."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, Any]


@dataclass
class Page:
    """`rows` and `totals` by "group: title"; `apart` what is listed below the totals."""

    sheet: Worksheet
    heading: list[str]
    rows: list[Row]
    totals: Row
    apart: list[Row]

    def row(self, unit: str) -> Row:
        (found,) = (row for row in self.rows if row["Đơn vị"] == unit)
        return found


def read_book(path: Path, *, formulas: bool = False) -> dict[str, Page]:
    """Values as they were written beside the formulas; or (`formulas`) the formulas."""
    book = load_workbook(path, data_only=not formulas)
    return {sheet.title: _page(sheet) for sheet in book.worksheets}


def everything_in(path: Path) -> str:
    """Every text of every cell."""
    book = load_workbook(path)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(cell for cell in cells if isinstance(cell, str))


def _page(sheet: Worksheet) -> Page:
    titles = str(sheet.print_title_rows).replace("$", "").split(":")
    top, low = int(titles[0]), int(titles[1])
    groups: dict[int, Any] = {}
    for merged in sheet.merged_cells.ranges:
        first, _row, last, _low = merged.bounds
        if _row == top < low:
            for column in range(first, last + 1):
                groups[column] = sheet.cell(top, first).value
    names = []
    for place, cell in enumerate(sheet[low], 1):
        group = groups.get(place) or (sheet.cell(top, place).value if top < low else None)
        names.append(f"{group}: {cell.value}" if group else str(cell.value))
    lines = [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(low + 1, values_only=True)]
    second = names[1]
    end = next((place for place, line in enumerate(lines) if line[second] == "Cộng"), None)
    heading = [str(row[0]) for row in sheet.iter_rows(1, top - 1, values_only=True)]
    if end is None:
        return Page(sheet, heading, [], {}, [])
    return Page(sheet, heading, lines[:end], lines[end], [line for line in lines[end + 1 :] if line[second]])
