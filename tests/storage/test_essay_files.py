"""Taking the text out of files: what Word and printers make, in whatever font, and what is no file at all."""

import zipfile
from pathlib import Path

import pytest

from storage import essay_files
from storage.content import DOC, DOCX, media_type
from storage.essay_files import Found, Why, read, together
from tests import samples
from tests.essay_papers import ESSAY, doc, docx, pdf
from tests.rules.test_essay_fonts import in_tcvn3, in_vni

PDF = "application/pdf"


def read_bytes(folder: Path, content: bytes, kind: str) -> Found:
    path = folder / "essay"
    path.write_bytes(content)
    return read(path, kind)


@pytest.mark.parametrize(
    "content",
    [
        docx((ESSAY, None)),
        docx((ESSAY, "Times New Roman")),
        docx((in_tcvn3(ESSAY), ".VnTime")),
        docx((in_vni(ESSAY), "VNI-Times")),
        docx((in_tcvn3(ESSAY), None), style_font=".VnTime"),
        docx((ESSAY[:50], None), (in_tcvn3(ESSAY[50:90]), ".VnTime"), (ESSAY[90:], None)),
        docx(*((letter, "VNI-Times") for letter in in_vni(ESSAY))),  # a letter and its mark in two runs
    ],
)
def test_word_in_any_font(tmp_path: Path, content: bytes) -> None:
    found = read_bytes(tmp_path, content, DOCX)
    assert found.text == f"{ESSAY}\n{ESSAY}"
    assert found.why is None


def test_the_capitals_of_an_old_font(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, docx((in_tcvn3("nghị quyết"), ".VnTimeH")), DOCX)
    assert found.text == "NGHỊ QUYẾT\nNGHỊ QUYẾT"


def test_letters_of_a_font_taken_for_symbols(tmp_path: Path) -> None:
    moved = "".join(
        chr(0xF000 + letter.encode("cp1252")[0]) if not letter.isascii() else letter
        for letter in in_tcvn3("đoàn viên")
    )
    assert read_bytes(tmp_path, docx((moved, ".VnTime")), DOCX).text == "đoàn viên\nđoàn viên"


@pytest.mark.parametrize("written", [in_tcvn3(ESSAY), in_vni(ESSAY)], ids=["tcvn3", "vni"])
def test_printed_in_an_old_font(tmp_path: Path, written: str) -> None:
    found = read_bytes(tmp_path, pdf([written.replace("\xad", "-"), ""]), PDF)
    assert found.pages == 2
    assert found.text is not None
    assert " ".join(found.text.split()).startswith(
        "Thực trạng: chi đoàn có thành tựu và hạn chế, nguyên nhân"
    )


@pytest.mark.parametrize(
    "content",
    [doc(ESSAY), doc(in_tcvn3(ESSAY), western=True), doc(in_vni(ESSAY), western=True)],
    ids=["unicode", "tcvn3", "vni"],
)
def test_word_97(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "essay"
    path.write_bytes(content)
    assert media_type(path) == DOC
    assert read(path, DOC) == Found(ESSAY)


def test_fields_and_cells_of_word_97(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, doc('một\x13 HYPERLINK "x" \x14hai\x15\x07ba\rbốn\x01'), DOC)
    assert found.text == "mộthai\nba\nbốn"


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (samples.jpeg(), "image/jpeg", Found(pages=1, scanned=True)),
        (pdf(["", ""], picture=True), PDF, Found(pages=2, scanned=True)),
        (pdf(["trang 1"], picture=True), PDF, Found(pages=1, scanned=True)),  # a stamp on a photograph
        (pdf(["", ""]), PDF, Found(pages=2, why=Why.EMPTY)),
        (pdf([ESSAY.encode("ascii", "ignore").decode()], password="mat khau"), PDF, Found(why=Why.LOCKED)),
        (samples.pdf(), PDF, Found(why=Why.BROKEN)),
        (b"%PDF-1.4 %%EOF", PDF, Found(why=Why.BROKEN)),
        (docx(), DOCX, Found(why=Why.EMPTY)),
        (samples.docx(), DOCX, Found(why=Why.BROKEN)),
        (b"PK\x03\x04", DOCX, Found(why=Why.BROKEN)),
        (doc(ESSAY, locked=True), DOC, Found(why=Why.LOCKED)),
        (doc(ESSAY, version=0x0065), DOC, Found(why=Why.OLD_WORD)),
        (samples.old_office("WordDocument"), DOC, Found(why=Why.BROKEN)),
        (doc(ESSAY)[:3000], DOC, Found(why=Why.BROKEN)),
        (b"", "text/html", Found(why=Why.BROKEN)),
    ],
)
def test_what_has_no_text(tmp_path: Path, content: bytes, kind: str, expected: Found) -> None:
    assert read_bytes(tmp_path, content, kind) == expected


@pytest.mark.parametrize("lock", ["RC4-128", "AES-128", "AES-256"])
def test_a_document_that_opens_without_its_password(tmp_path: Path, lock: str) -> None:
    """Only printing and copying are forbidden: everybody can read it."""
    found = read_bytes(tmp_path, pdf(["plain words " * 20], password="", lock=lock), PDF)
    assert found.text is not None


@pytest.mark.parametrize("lock", ["AES-128", "AES-256"])
def test_locked_as_programs_of_today_lock(tmp_path: Path, lock: str) -> None:
    content = pdf(["plain words " * 20], password="mat khau", lock=lock)
    assert read_bytes(tmp_path, content, PDF) == Found(why=Why.LOCKED)


def test_no_more_than_so_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(essay_files, "MOST_PAGES", 3)
    found = read_bytes(tmp_path, pdf([f"page {number} of the essay" * 5 for number in range(5)]), PDF)
    assert found.pages == 5
    assert "page 2" in (found.text or "")
    assert "page 3" not in (found.text or "")


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(essay_files, "SECONDS", -1.0)
    for content, kind in ((pdf(["words " * 30]), PDF), (docx((ESSAY, None)), DOCX), (doc(ESSAY), DOC)):
        assert read_bytes(tmp_path, content, kind) == Found(why=Why.TOO_SLOW)


@pytest.mark.parametrize(
    "parts",
    [
        {"word/more.xml": 1_000_000},
        {"word/_rels/more.xml.rels": 1_000_000},
        dict.fromkeys(("a.xml", "b.XML"), 90_000),
    ],
    ids=["one", "links", "together"],
)
def test_parts_that_unpack_too_far_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: dict[str, int]
) -> None:
    path = tmp_path / "essay"
    path.write_bytes(docx((ESSAY, None)))
    with zipfile.ZipFile(path) as archive:
        needed = sum(one.file_size for one in archive.infolist())
    monkeypatch.setattr(essay_files, "MOST_XML", needed + 100_000)
    assert read(path, DOCX).text is not None
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, size in parts.items():
            archive.writestr(name, b" " * size)
    assert read(path, DOCX) == Found(why=Why.TOO_SLOW)


def test_no_more_than_so_many_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(essay_files, "MOST_LETTERS", 10)
    for content, kind in ((docx((ESSAY, None)), DOCX), (doc(ESSAY), DOC)):
        assert read_bytes(tmp_path, content, kind).text == ESSAY[:10]


def test_an_essay_of_several_files() -> None:
    assert together([Found("một", 2), Found(pages=1, scanned=True)]) == Found("một\n".strip(), 3, True)
    assert together([Found("một"), Found(why=Why.LOCKED)]) == Found("một", None, False, Why.LOCKED)
    assert together([]) == Found()
