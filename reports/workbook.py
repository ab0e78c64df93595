"""An Excel book as an office makes one: lines of heading, a bordered table, totals, ready for the printer.

What it says is a `reports.table.Sheet`; how that becomes a file stands here alone. Rows are written one after
the other and not kept.
"""

import re
import tempfile
import textwrap
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from bot.texts import export as texts
from reports.table import Column, Heading, Kind, Row, Sheet, Total

FONT = {"font_name": "Times New Roman", "font_size": 11}
NAME_LIMIT = 31  # letters of a sheet's name
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@")
_A4 = 9
_LINE, _MOST_LINES = 15, 27  # points; Excel's rows end at 409
_COUNT, _SUM = 102, 109  # of SUBTOTAL: what a filter hides is left out


def write_book(out: Path, heading: Heading, sheets: Iterable[Sheet]) -> None:
    """Raises OSError."""
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": FONT,
        }
        book = xlsxwriter.Workbook(str(out), options)
        try:
            book.set_properties({"title": clean(heading.plan), "author": clean(heading.unit)})
            _write_sheets(book, heading, sheets)
            book.close()
        except FileCreateError as error:
            # The library wraps what the system said when it came to write the file.
            raise error.args[0] from None
        finally:
            # It leaves its own files open when it fails.
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def _write_sheets(book: Any, heading: Heading, sheets: Iterable[Sheet]) -> None:
    formats = _Formats(book)
    used: set[str] = set()
    for sheet in sheets:
        name = _free_name(sheet.name, used)
        used.add(name.lower())
        _Pen(book.add_worksheet(name), formats, sheet).write(heading)


def clean(text: str) -> str:
    """Only what XML can hold."""
    text = _NOT_IN_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    # The library would take such a text for its own markup and write it as it is.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


@lru_cache(maxsize=10_000)  # the same units and words stand in row after row
def _text(text: str) -> tuple[str, bool]:
    """What a cell can hold, and whether a spreadsheet would run it."""
    held = clean(text)
    return held, held.startswith(_LIKE_A_FORMULA)


def _lines(text: str, width: int) -> int:
    """How many a text takes in a column, roughly: not every program finds a row's height by itself."""
    return sum(max(1, -(-len(part) // width)) for part in text.split("\n"))


def _naive(value: date) -> date:
    """Excel knows no time zones."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _free_name(wanted: str, used: set[str]) -> str:
    """A sheet's name that Excel takes: short, without some signs, not there yet."""
    plain = _NOT_IN_NAMES.sub(" ", clean(wanted)).strip(" '")[:NAME_LIMIT].rstrip(" '") or "1"
    name, again = plain, 1
    while name.lower() in used:
        again += 1
        ending = f" ({again})"
        name = plain[: NAME_LIMIT - len(ending)] + ending
    return name


_SHOWN: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"text_wrap": True},
    Kind.WORD: {"text_wrap": True, "align": "center"},
    Kind.ORDINAL: {"num_format": "0", "align": "center"},
    Kind.NUMBER: {"num_format": "#,##0"},
    Kind.RATE: {"num_format": "0.0%"},
    Kind.DAY: {"num_format": "dd/mm/yyyy", "align": "center"},
    Kind.MOMENT: {"num_format": "dd/mm/yyyy hh:mm", "align": "center"},
    Kind.CODE: {"num_format": "0000", "align": "center"},
}


class _Formats:
    """Made once a book; a format is known by what it shows and where."""

    def __init__(self, book: Any) -> None:
        def add(**properties: Any) -> Any:
            return book.add_format({"border": 1, "valign": "vcenter", **properties})

        self.value = {kind: add(**properties) for kind, properties in _SHOWN.items()}
        # Marked as text: typing into the cell and leaving it again does not make a formula of it.
        self.quoted = add(text_wrap=True, quote_prefix=True)
        bold = {"bold": True}
        self.total_text = add(**bold)
        self.total_word = add(align="center", **bold)
        self.total = {Kind.RATE: add(num_format="0.0%", **bold)}
        self.total_number = add(num_format="#,##0", **bold)
        grey = {"text_wrap": True, "align": "center", "bg_color": "#EDEDED", **bold}
        self.head = add(**grey)
        # The two cells of a heading that stands beside groups look like one.
        self.head_above = add(**grey, bottom=0)
        self.head_below = add(**{**grey, "valign": "top"}, top=0)
        self.above = book.add_format({})
        self.unit = book.add_format(bold)
        self.title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        self.plan = book.add_format({"italic": True, "align": "center"})
        self.apart = book.add_format({"italic": True})


class _Pen:
    """Writes one sheet, downwards: what was written cannot be reached again."""

    def __init__(self, sheet: Any, formats: _Formats, described: Sheet) -> None:
        self._sheet = sheet
        self._formats = formats
        self._described = described
        self._columns = [Column(texts.NUMBER, 5, Kind.ORDINAL), *described.columns]
        # Of each column: how a value looks, how a word does (among numbers: what is not known), the width.
        self._styles = [
            (
                formats.value[column.kind],
                formats.value[Kind.TEXT if column.kind is Kind.TEXT else Kind.WORD],
                column.width,
            )
            for column in self._columns
        ]
        self._line = 0
        self._sums: list[float] = [0] * len(self._columns)
        self._counts = [0] * len(self._columns)

    def write(self, heading: Heading) -> None:
        self._set_up(heading)
        self._write_heading(heading)
        first = self._write_head()
        number = 0
        for number, row in enumerate(self._described.rows, 1):
            self._write_row([number, *row], adds=True)
        head = first - 1
        self._sheet.autofilter(head, 0, max(self._line - 1, head), len(self._columns) - 1)
        if number:
            self._write_totals(first, number)
        else:
            self._sheet.write_string(self._line, 0, texts.NO_ROWS, self._formats.apart)
            self._line += 1
        if self._described.apart:
            self._line += 1
            self._sheet.write_string(self._line, 0, self._described.apart_title, self._formats.apart)
            self._line += 1
            for number, row in enumerate(self._described.apart, 1):
                self._write_row([number, *row], adds=False)

    def _set_up(self, heading: Heading) -> None:
        sheet = self._sheet
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        # Behind the size of the font a space: a name may begin with a digit.
        small = '&"Times New Roman,Regular"&9 '
        unit = clean(heading.unit)[:60].replace("&", "&&")
        page = texts.page("&P", "&N")
        sheet.set_footer(f"&L{small}{unit}&C{small}{page}&R{small}{clean(heading.as_of)}")
        # A unit's code is text though it may look like a number.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_heading(self, heading: Heading) -> None:
        formats, last = self._formats, len(self._columns) - 1
        for text, style in ((heading.above.upper(), formats.above), (heading.unit.upper(), formats.unit)):
            if text:
                self._sheet.write_string(self._line, 0, clean(text), style)
                self._line += 1
        lines = [
            (self._described.title, formats.title),
            (f"{heading.plan}. {heading.as_of}", formats.plan),
            (self._described.note, formats.plan),
        ]
        for text, style in lines:
            if text:
                self._sheet.merge_range(self._line, 0, self._line, last, clean(text), style)
                self._line += 1

    def _write_head(self) -> int:
        """The head of the table, in one line or two; where the rows begin."""
        sheet, formats, top = self._sheet, self._formats, self._line
        grouped = any(column.group for column in self._columns)
        if grouped:
            self._write_groups()
        self._tall([(column.title, column.width) for column in self._columns])
        for place, column in enumerate(self._columns):
            style = formats.head_below if grouped and not column.group else formats.head
            sheet.write_string(self._line, place, clean(column.title), style)
        sheet.repeat_rows(top, self._line)
        self._line += 1
        sheet.freeze_panes(self._line, 0)
        return self._line

    def _write_groups(self) -> None:
        spans: list[tuple[str, int, int]] = []  # heading, first and last column
        for place, column in enumerate(self._columns):
            if column.group and spans and spans[-1][0] == column.group:
                spans[-1] = (column.group, spans[-1][1], place)
            else:
                spans.append((column.group, place, place))
        self._tall(
            [
                (group, sum(one.width for one in self._columns[first : last + 1]))
                for group, first, last in spans
            ]
        )
        for group, first, last in spans:
            style = self._formats.head if group else self._formats.head_above
            if first == last:
                self._sheet.write_string(self._line, first, clean(group), style)
            else:
                self._sheet.merge_range(self._line, first, self._line, last, clean(group), style)
        self._line += 1

    def _tall(self, heads: Iterable[tuple[str, int]]) -> None:
        """Room for headings in bold letters: merged cells do not grow by themselves."""
        lines = max(len(textwrap.wrap(text, width - 1)) for text, width in heads)
        self._sheet.set_row(self._line, max(lines, 1) * _LINE)

    def _write_row(self, row: Row, *, adds: bool) -> None:
        sheet, line, blank = self._sheet, self._line, self._formats.value[Kind.TEXT]
        lines = 1
        for place, (value, (style, word, width)) in enumerate(zip(row, self._styles, strict=True)):
            if value is None:
                sheet.write_blank(line, place, None, blank)
            elif isinstance(value, str):
                text, runs = _text(value)
                sheet.write_string(line, place, text, self._formats.quoted if runs else word)
                if len(text) > width:
                    lines = max(lines, _lines(text, width))
            elif isinstance(value, date):
                sheet.write_datetime(line, place, _naive(value), style)
                self._counts[place] += adds
            else:
                sheet.write_number(line, place, value, style)
                self._counts[place] += adds
                self._sums[place] += value if adds else 0
        if lines > 1:
            sheet.set_row(line, min(lines, _MOST_LINES) * _LINE)
        self._line += 1

    def _write_totals(self, first: int, rows: int) -> None:
        """Below the rows, where a filter does not hide it and Excel knows it by SUBTOTAL for a total."""
        sheet, formats, line = self._sheet, self._formats, self._line
        for place, column in enumerate(self._columns):
            cells = xl_range(first, place, first + rows - 1, place)
            known = self._counts[place]
            if place == 1:
                sheet.write_string(line, place, texts.TOTAL, formats.total_text)
            elif column.total is Total.COUNT:
                sheet.write_formula(line, place, f"=SUBTOTAL({_COUNT},{cells})", formats.total_number, known)
            elif column.total is Total.SUM or (column.total is Total.TOLD and known):
                total = self._sums[place]
                sheet.write_formula(line, place, f"=SUBTOTAL({_SUM},{cells})", formats.total_number, total)
            elif column.total is Total.TOLD:
                sheet.write_string(line, place, texts.NOT_ASKED, formats.total_word)
            elif column.total is Total.SHARE:
                part, whole = (place + away for away in column.of)
                share = self._sums[part] / self._sums[whole] if self._sums[whole] else ""
                above, below = xl_rowcol_to_cell(line, part), xl_rowcol_to_cell(line, whole)
                formula = f'=IF(N({below})=0,"",{above}/{below})'
                sheet.write_formula(line, place, formula, formats.total[Kind.RATE], share)
            else:
                sheet.write_blank(line, place, None, formats.total_text)
        self._line += 1
