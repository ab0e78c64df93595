"""Writes the official report as an office types it: A4, Times New Roman, the heading block, numbered pages.

Knows paragraphs and tables, not what is counted. Raises OSError.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table as DocTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.texts import official_form as texts
from reports.official.appendix import Column, Table
from reports.official.letterhead import Letterhead, Signatory
from reports.official.sections import Drafted
from rules.names import clean, nfc

FONT = "Times New Roman"
BODY, HEAD, TABLE, SMALL = 14, 13, 11, 11  # points
SHORT, LONG = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(20)
INDENT = Mm(10)
_KEPT_WHOLE = 12  # rows of a table that is not torn over two pages
# What no XML may hold, whatever somebody pasted; `clean` leaves these.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_RIGHT, _JUSTIFIED = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class Official:
    """All that is printed."""

    head: Letterhead
    number_line: str
    date_line: str
    subject: str
    opening: str
    sections: Sequence[Drafted]
    tables: Sequence[Table]
    enclosed_line: str
    signatory: Signatory


def write_document(official: Official, path: Path) -> None:
    document = Document()
    _set_up(document, official)
    _page(document.sections[0], SHORT, LONG)
    _number_pages(document.sections[0])
    _heading(document, official)
    _title(document, official.subject)
    _body(document, official.opening)
    _sections(document, official.sections)
    _signature(document, official)
    if official.tables:
        _appendix(document, official)
    document.save(str(path))


def _set_up(document: Doc, official: Official) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    for script in ("w:val", "w:eastAsia"):
        language.set(qn(script), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    facts = document.core_properties
    # A document's properties hold at most 255 characters.
    facts.title = _legal(f"{texts.TITLE}: {official.subject}")[:255]
    facts.author = _legal(official.head.organization)[:255]
    facts.comments = ""
    facts.language = "vi-VN"


def _page(section: Section, width: Length, height: Length) -> None:
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)


def _number_pages(section: Section) -> None:
    """At the top, from the second page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = _CENTRE
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("", "2"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(HEAD)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        else:
            run.text = text or ""


# -- the first page


def _heading(document: Doc, official: Official) -> None:
    head = official.head
    table = _plain_table(document, (Mm(72), Mm(88)))
    left, right = table.rows[0].cells
    lines = [head.above] if head.above else []
    lines += [one for one in (head.organization, head.department) if one]
    for place, line in enumerate(lines):
        # Who issues it is bold, not those above it.
        _line(left, line, HEAD, bold=line is lines[-1], first=place == 0)
    _line(left, texts.STARS, HEAD)
    _line(left, official.number_line, HEAD)
    run = _line(right, texts.UNION, HEAD, bold=True, first=True)
    run.underline = True
    # Level with the stars, the date stands beside the number.
    for _ in range(len(lines)):
        _line(right, "", HEAD)
    _line(right, official.date_line, HEAD).italic = True


def _title(document: Doc, subject: str) -> None:
    title = _paragraph(document, texts.TITLE, align=_CENTRE, size=BODY + 1, bold=True)
    title.paragraph_format.space_before = Pt(18)
    _paragraph(document, subject, align=_CENTRE, bold=True).paragraph_format.space_before = Pt(3)
    rule = _paragraph(document, texts.RULE, align=_CENTRE)
    rule.paragraph_format.space_after = Pt(6)


def _sections(document: Doc, parts: Sequence[Drafted]) -> None:
    end = parts[-1]
    for section, those in groupby(parts, key=lambda one: one.section):
        _sub_heading(document, section)
        for part in those:
            if part.title:
                _sub_heading(document, part.title)
            for number, paragraph in enumerate(part.paragraphs, 1):
                last = part is end and number == len(part.paragraphs)
                _body(document, texts.last_words(paragraph) if last else paragraph)


def _sub_heading(document: Doc, text: str) -> None:
    paragraph = _body(document, text)
    paragraph.runs[0].bold = True
    paragraph.paragraph_format.keep_with_next = True


def _body(document: Doc, text: str) -> Paragraph:
    paragraph = _paragraph(document, text, align=_JUSTIFIED)
    shape = paragraph.paragraph_format
    shape.first_line_indent = INDENT
    shape.space_before = Pt(6)
    shape.line_spacing = 1.15
    return paragraph


def _signature(document: Doc, official: Official) -> None:
    # A signature alone on a page would be nobody's: the report's last words come with it.
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _paragraph(document, "", size=SMALL).paragraph_format.keep_with_next = True
    table = _plain_table(document, (Mm(70), Mm(90)))
    left, right = table.rows[0].cells
    first = _line(left, texts.RECIPIENTS_HEAD, SMALL + 1, bold=True, align=_LEFT, first=True)
    first.italic = True
    recipients = official.head.recipients
    for place, recipient in enumerate(recipients, 1):
        end = "." if place == len(recipients) else ";"
        _line(left, f"- {recipient.rstrip('.;')}{end}", SMALL, align=_LEFT)
    signatory = official.signatory
    _line(right, official.head.body, HEAD, bold=True, first=True)
    _line(right, signatory.title.upper(), HEAD, bold=True)
    for _ in range(4):
        _line(right, "", HEAD)
    _line(right, signatory.name, BODY, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


# -- the tables of figures


def _appendix(document: Doc, official: Official) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    _page(section, LONG, SHORT)
    section.different_first_page_header_footer = False
    _paragraph(document, texts.APPENDIX, align=_CENTRE, bold=True)
    _paragraph(document, official.enclosed_line, align=_CENTRE, size=HEAD).runs[0].italic = True
    for table in official.tables:
        title = _paragraph(document, table.title, align=_CENTRE, bold=True, size=HEAD)
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(8), Pt(6)
        title.paragraph_format.keep_with_next = True
        _figures(document, table)
        for note in table.notes:
            paragraph = _paragraph(document, note, align=_JUSTIFIED, size=TABLE)
            paragraph.runs[0].italic = True
            paragraph.paragraph_format.space_before = Pt(4)


def _figures(document: Doc, table: Table) -> None:
    columns = table.columns
    deep = 2 if any(column.group for column in columns) else 1
    made = document.add_table(rows=deep + len(table.rows), cols=len(columns))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _pad(made, Mm(0.8), Mm(0.6))  # narrow at the sides, so that no word breaks
    _set_widths(made, _widths(columns))
    # Cells are taken row by row: asking a table for one of them counts them all again.
    rows = [list(row.cells) for row in made.rows]
    for place, column in enumerate(columns):
        _cell(rows[deep - 1][place], column.title, bold=True)
    if deep == 2:
        _groups(rows, columns)
    for place, line in enumerate(table.rows):
        last = table.with_total and place == len(table.rows) - 1
        for number, (cell, text) in enumerate(zip(rows[deep + place], line, strict=True)):
            wide = columns[number].width >= 30 and not columns[number].centred
            _cell(cell, text, bold=last, align=_LEFT if wide else _CENTRE)
    if len(table.rows) <= _KEPT_WHOLE:
        for cells in rows[:-1]:
            for paragraph in (one for cell in cells for one in cell.paragraphs):
                paragraph.paragraph_format.keep_with_next = True
    for place, row in enumerate(made.rows):
        shape = row._tr.get_or_add_trPr()
        shape.append(OxmlElement("w:cantSplit"))
        if place < deep:
            shape.append(OxmlElement("w:tblHeader"))


def _pad(table: DocTable, sides: Length, above: Length) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", above), ("left", sides), ("bottom", above), ("right", sides)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(room.pt * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _groups(rows: Sequence[Sequence[_Cell]], columns: Sequence[Column]) -> None:
    for group, those in groupby(range(len(columns)), key=lambda place: columns[place].group or -place):
        places = list(those)
        if isinstance(group, str):
            _cell(rows[0][places[0]].merge(rows[0][places[-1]]), group, bold=True)
        else:
            title = columns[places[0]].title
            below = rows[1][places[0]]
            below.paragraphs[0].clear()
            _cell(rows[0][places[0]].merge(below), title, bold=True)


def _widths(columns: Sequence[Column]) -> list[Length]:
    """The units' column takes what is left of the page."""
    room = 297 - 50 - sum(column.width for column in columns)
    return [Mm(column.width + (max(room, 0) if place == 1 else 0)) for place, column in enumerate(columns)]


def _cell(cell: _Cell, text: str, *, bold: bool = False, align: Any = _CENTRE) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for spare in cell.paragraphs[1:]:  # a merged cell keeps the empty paragraphs of its parts
        spare._p.getparent().remove(spare._p)
    _line(cell, text, TABLE, bold=bold, align=align, first=True)


# -- pieces


def _plain_table(document: Doc, widths: Sequence[Length]) -> DocTable:
    """One row, no borders."""
    table: DocTable = document.add_table(rows=1, cols=len(widths))
    _pad(table, Mm(0), Mm(0))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, widths)
    return table


def _set_widths(table: DocTable, widths: Sequence[Length]) -> None:
    """Each cell has its own: some programs look only there."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _line(
    cell: _Cell, text: str, size: int, *, bold: bool = False, align: Any = _CENTRE, first: bool = False
) -> Run:
    """A paragraph of a cell; `first` fills the one that every cell has."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    return _run(paragraph, text, size, bold=bold)


def _paragraph(
    document: Doc, text: str, *, align: Any = _LEFT, size: int = BODY, bold: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, text, size, bold=bold)
    return paragraph


def _run(paragraph: Paragraph, text: str, size: int, *, bold: bool) -> Run:
    run = paragraph.add_run(_legal(text))
    run.font.size = Pt(size)
    run.bold = bold or None
    return run


def _legal(text: str) -> str:
    """What may stand in a document. A run of spaces is a gap to be filled in by hand, and stays."""
    return _ILLEGAL.sub("", nfc(text) if text.isprintable() else clean(text))
