"""The text in an essay's files: PDF, DOCX, DOC. Nothing in a file is trusted, and none of them may stop the job.

The libraries are heavy, so they are imported when the first such file is read.
"""

import re
import struct
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules import essay_fonts
from rules.essay_fonts import Encoding
from storage.content import DOC, DOCX, PHOTOS

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES = 100  # what stands behind them is not read
MOST_LETTERS = 400_000
MOST_XML = 20 * 1024 * 1024  # bytes that the parts of a DOCX which are parsed may unpack to, together
SECONDS = 20.0  # for one file
ENOUGH_LETTERS = 100  # fewer are a page number or a stamp: the page was photographed


class Why(StrEnum):
    """Why a file's text is not there."""

    LOCKED = "locked"  # by a password
    EMPTY = "empty"  # nothing on its pages
    BROKEN = "broken"
    TOO_SLOW = "too_slow"
    OLD_WORD = "old_word"  # a DOC from before Word 97


@dataclass(frozen=True, slots=True)
class Found:
    """`text` None: the file has none; then it is `scanned`, or `why` says what is the matter with it."""

    text: str | None = None
    pages: int | None = None
    scanned: bool = False
    why: Why | None = None


class _Unreadable(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class _Reading:
    """Ends what takes too long; asked between pages and paragraphs."""

    until: float
    letters: int = 0

    def goes_on(self, piece: str) -> bool:
        """Whether there is room for more behind this piece."""
        if time.monotonic() > self.until:
            raise _Unreadable(Why.TOO_SLOW)
        self.letters += len(piece)
        return self.letters < MOST_LETTERS


def read(path: Path, media_type: str) -> Found:
    """Whatever is the matter with the file is an answer, not an exception."""
    if media_type in PHOTOS:
        return Found(pages=1, scanned=True)
    reader = _READERS.get(media_type)
    if reader is None:
        return Found(why=Why.BROKEN)
    try:
        return reader(path, _Reading(time.monotonic() + SECONDS))
    except _Unreadable as error:
        return Found(why=error.why)
    except Exception:
        # These libraries raise whatever a damaged file leads them to.
        return Found(why=Why.BROKEN)


def together(found: Sequence[Found]) -> Found:
    """An essay of several files: with text where any has some."""
    text = "\n".join(one.text for one in found if one.text)
    counted = [one.pages for one in found]
    pages = sum(one or 0 for one in counted) if found and None not in counted else None
    why = next((one.why for one in found if one.why), None)
    return Found(text or None, pages, any(one.scanned for one in found), why)


# -- PDF


def _pdf(path: Path, reading: _Reading) -> Found:
    from pypdf import PasswordType, PdfReader

    document = PdfReader(path)
    if document.is_encrypted and document.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _Unreadable(Why.LOCKED)
    pages: list[str] = []
    pictures = False
    for page in document.pages[:MOST_PAGES]:
        pages.append(page.extract_text())
        pictures = pictures or _has_pictures(page)
        if not reading.goes_on(pages[-1]):
            break
    text, count = "\n".join(pages).strip(), len(document.pages)
    if len(text) >= ENOUGH_LETTERS or (text and not pictures):
        return Found(essay_fonts.from_print(_storable(text)), count)
    return Found(pages=count, scanned=pictures, why=None if pictures else Why.EMPTY)


def _has_pictures(page: "PageObject") -> bool:
    resources = page.get("/Resources")
    objects: Any = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects and objects.get_object())


# -- DOCX


def _docx(path: Path, reading: _Reading) -> Found:
    with zipfile.ZipFile(path) as archive:
        parsed = (
            one.file_size for one in archive.infolist() if one.filename.lower().endswith((".xml", ".rels"))
        )
        if sum(parsed) > MOST_XML:
            raise _Unreadable(Why.TOO_SLOW)
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(path))
    fonts = _Fonts(document.styles.element, qn)
    pieces: list[str] = []
    for paragraph in document.element.body.iter(qn("w:p")):
        line = fonts.read(paragraph)
        pieces.append(line)
        if not reading.goes_on(line):
            break
    text = "\n".join(pieces).strip()
    if text:
        return Found(_storable(text))
    pictures = document.element.body.find(f".//{qn('w:drawing')}") is not None
    return Found(scanned=pictures, why=None if pictures else Why.EMPTY)


class _Fonts:
    """Which font a run is written in: its own, its styles', or the document's."""

    def __init__(self, styles: Any, qn: Callable[[str], str]) -> None:
        self._qn = qn
        self._styles = {one.get(qn("w:styleId")): one for one in styles.iter(qn("w:style"))}
        normal = (one for one in self._styles.values() if one.get(qn("w:default")) == "1")
        self._normal = next((one for one in normal if one.get(qn("w:type")) == "paragraph"), None)
        self._default = styles.find(f"{qn('w:docDefaults')}//{qn('w:rPr')}")

    def read(self, paragraph: Any) -> str:
        """Runs in one encoding are read together: a letter and its mark may stand in two."""
        runs = [(next(self._named(run, paragraph), ""), run) for run in paragraph.iter(self._qn("w:r"))]
        told = []
        for (encoding, capitals), same in groupby(runs, lambda one: _how_written(one[0])):
            written = "".join(letter for _font, run in same for letter in self._letters(run))
            if encoding is not Encoding.UNICODE:
                # Word keeps the letters of what it takes for a font of symbols at U+F000 and on.
                written = re.sub("[\uf020-\uf0ff]", lambda one: _western(ord(one.group()) - 0xF000), written)
            told.append(essay_fonts.to_unicode(written, encoding, capitals=capitals))
        return "".join(told)

    def _letters(self, run: Any) -> Iterator[str]:
        marks = {"w:tab": " ", "w:br": "\n", "w:softHyphen": "\xad", "w:noBreakHyphen": "-"}
        named = {self._qn(name): text for name, text in marks.items()}
        for piece in run:
            yield (piece.text or "") if piece.tag == self._qn("w:t") else named.get(piece.tag, "")

    def _named(self, run: Any, paragraph: Any) -> Iterator[str]:
        qn = self._qn
        yield from self._of(run.find(qn("w:rPr")))
        yield from self._of_style(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}"))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        yield from self._of_style(style)
        if style is None and self._normal is not None:
            yield from self._of(self._normal.find(qn("w:rPr")))
        yield from self._of(self._default)

    def _of(self, properties: Any) -> Iterator[str]:
        found = properties.find(self._qn("w:rFonts")) if properties is not None else None
        if found is not None:
            names = (found.get(self._qn(f"w:{which}")) for which in ("ascii", "hAnsi"))
            yield from (name for name in names if name)

    def _of_style(self, named: Any) -> Iterator[str]:
        seen: set[str] = set()  # a damaged file may have styles based on each other
        while named is not None and (name := named.get(self._qn("w:val"))) not in seen:
            seen.add(name)
            style = self._styles.get(name)
            if style is None:
                return
            yield from self._of(style.find(self._qn("w:rPr")))
            named = style.find(self._qn("w:basedOn"))


def _how_written(font: str) -> tuple[Encoding, bool]:
    return essay_fonts.of_font(font), essay_fonts.shows_capitals(font)


def _western(code: int) -> str:
    return bytes([code]).decode("cp1252", "replace")


# -- DOC: where Word 97 to 2003 keep the text is told by [MS-DOC], 2.4.1


def _doc(path: Path, reading: _Reading) -> Found:
    import olefile

    with olefile.OleFileIO(str(path)) as archive:
        main = archive.openstream("WordDocument").read()
        magic, version = struct.unpack_from("<HH", main)
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if magic != 0xA5EC or version < 0x00C1:
            raise _Unreadable(Why.OLD_WORD)
        if flags & 0x0100:
            raise _Unreadable(Why.LOCKED)
        table = archive.openstream("1Table" if flags & 0x0200 else "0Table").read()
    letters = struct.unpack_from("<i", main, 0x4C)[0]  # of the text itself, without notes and headers
    begin, size = struct.unpack_from("<II", main, 0x01A2)
    pieces: list[str] = []
    for piece in _doc_pieces(main, table[begin : begin + size]):
        pieces.append(piece)
        if not reading.goes_on(piece):
            break
    text = "".join(pieces)[: max(0, letters)]
    # Fields, cells and pictures are marked by control characters.
    text = re.sub(r"\x13[^\x14\x15]*\x14?|\x15", "", text)
    text = re.sub(r"[\x07\x0b\x0c\r]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1e]", "", text).replace("\x1f", "\xad").strip()
    return Found(essay_fonts.guessed(_storable(text))) if text else Found(scanned=True)


def _doc_pieces(main: bytes, pieces: bytes) -> Iterator[str]:
    """The text in its order; `pieces` is the Clx, which says where each part of it lies."""
    at = 0
    while pieces[at : at + 1] == b"\x01":
        at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
    if pieces[at : at + 1] != b"\x02":
        raise _Unreadable(Why.BROKEN)
    (size,) = struct.unpack_from("<I", pieces, at + 1)
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", pieces, at + 5)
    for number in range(count):
        length = bounds[number + 1] - bounds[number]
        (place,) = struct.unpack_from("<I", pieces, at + 5 + 4 * (count + 1) + 8 * number + 2)
        if place & 0x40000000:  # a byte a letter
            start = (place & 0x3FFFFFFF) // 2
            yield main[start : start + length].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * length].decode("utf-16-le", "replace")


def _storable(text: str) -> str:
    """No database keeps a NUL, and none half of a pair of surrogates."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")[:MOST_LETTERS]


_READERS: dict[str, Callable[[Path, _Reading], Found]] = {
    "application/pdf": _pdf,
    DOCX: _docx,
    DOC: _doc,
}
