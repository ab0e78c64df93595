"""Files are what they are, not what they are called."""

from pathlib import Path

import pytest

from storage.content import DOC, DOCX, OFFICE, PPT, PPTX, XLS, XLSX, Refused, Stored, keep
from tests import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.pdf(), "application/pdf"),
        (samples.docx(), DOCX),
        (samples.old_office("WordDocument"), DOC),
        (samples.jpeg(), "image/jpeg"),
        (samples.jpeg_with_a_film(), "image/jpeg"),
        (samples.png(), "image/png"),
    ],
)
def test_what_is_taken(tmp_path: Path, content: bytes, kind: str) -> None:
    source = tmp_path / "incoming"
    source.write_bytes(content)
    stored = keep(source, tmp_path)
    assert isinstance(stored, Stored)
    assert stored.media_type == kind
    assert (tmp_path / stored.path).read_bytes() == content
    assert stored.sha256 in stored.path
    assert not source.exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.office("ppt/presentation.xml"), PPTX),
        (samples.office("xl/workbook.xml"), XLSX),
        (samples.old_office("PowerPoint Document"), PPT),
        (samples.old_office("Workbook"), XLS),
    ],
)
def test_what_only_a_material_may_be(tmp_path: Path, content: bytes, kind: str) -> None:
    for name in ("essay", "material"):
        (tmp_path / name).write_bytes(content)
    assert keep(tmp_path / "essay", tmp_path) is Refused.UNREADABLE
    stored = keep(tmp_path / "material", tmp_path, OFFICE)
    assert isinstance(stored, Stored)
    assert stored.media_type == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Refused.UNREADABLE),
        (b"MZ\x90\x00 a program", Refused.UNREADABLE),
        (samples.pdf()[:30], Refused.UNREADABLE),
        (samples.jpeg()[:-2], Refused.UNREADABLE),
        (samples.jpeg_with_a_film()[:400], Refused.UNREADABLE),
        (samples.docx()[:-30], Refused.UNREADABLE),
        (samples.docx(macro=True), Refused.FORBIDDEN),
        (samples.docx(bomb=True), Refused.FORBIDDEN),
        (b"%PDF" + b"0" * (20 * 1024 * 1024), Refused.TOO_BIG),
    ],
    ids=["empty", "program", "cut-pdf", "cut-jpeg", "cut-jpeg-film", "cut-docx", "macro", "bomb", "too-big"],
)
def test_what_is_not(tmp_path: Path, content: bytes, why: Refused) -> None:
    source = tmp_path / "incoming"
    source.write_bytes(content)
    assert keep(source, tmp_path) is why


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(samples.pdf())
        keep(tmp_path / name, tmp_path)
    assert len(list((tmp_path / "files").glob("??/*"))) == 1
