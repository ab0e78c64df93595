"""Essays as files: PDF, DOCX and DOC, good and bad."""

import io
import struct
from collections.abc import Sequence

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests import samples

ESSAY = (
    "Thực trạng: chi đoàn có thành tựu và hạn chế, nguyên nhân do đoàn viên đi làm ăn xa. Mục tiêu và giải pháp"
    " của nghị quyết là nâng cao chất lượng. Liên hệ bản thân tôi sẽ gương mẫu. Tôi kiến nghị Đoàn xã mở lớp."
)


def docx(*runs: tuple[str, str | None], style_font: str | None = None) -> bytes:
    """Runs of (text, font), in one paragraph and, once more, in a table."""
    document = Document()
    if style_font:
        fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:ascii", "w:hAnsi"):
            fonts.set(qn(which), style_font)
    cell = document.add_table(1, 1).cell(0, 0)
    for paragraph in (document.add_paragraph(), cell.paragraphs[0]):
        for text, font in runs:
            run = paragraph.add_run(text)
            if font:
                run.font.name = font
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(
    pages: Sequence[str] = ("",), *, picture: bool = False, password: str | None = None, lock: str = "RC4-128"
) -> bytes:
    """Letters of the Western code page only: what an old font makes of a text."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for text in pages:
        for number, start in enumerate(range(0, len(text), 80)):
            canvas.drawString(40, 800 - 14 * number, text[start : start + 80])
        if picture:
            canvas.drawImage(ImageReader(io.BytesIO(samples.png())), 0, 0, 500, 800)
        canvas.showPage()
    canvas.save()
    if password is None:
        return made.getvalue()
    writer = PdfWriter(clone_from=PdfReader(made))
    writer.encrypt(password, owner_password="office", algorithm=lock)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def doc(text: str, *, locked: bool = False, version: int = 0x00C1, western: bool = False) -> bytes:
    """What Word 97 wrote: one piece of text, and the table that says where it lies."""
    begin = 0x800
    written = text.encode("cp1252" if western else "utf-16-le")
    main = bytearray(begin) + written
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if locked else 0))
    struct.pack_into("<i", main, 0x4C, len(text))
    place = begin * 2 | 0x40000000 if western else begin
    piece = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, place, 0)
    clx = b"\x01\x02\x00\x00\x00" + b"\x02" + struct.pack("<I", len(piece)) + piece
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": clx})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of Microsoft's: sectors of 512 bytes, no stream small enough to be stored otherwise."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors: list[bytes] = [b"", b""]  # the allocation table and the directory come first
    chain = [fat_sector, end]
    entries = [_entry("Root Entry", 5, child=1, start=end, size=0)]
    for number, (name, content) in enumerate(streams.items(), 1):
        whole = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        first, count = len(sectors), len(whole) // 512
        sectors += [whole[at : at + 512] for at in range(0, len(whole), 512)]
        chain += [*range(first + 1, first + count), end]
        right = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, right=right, start=first, size=len(whole)))
    sectors[0] = struct.pack("<128I", *(chain + [free] * 128)[:128])
    sectors[1] = b"".join(entries).ljust(512, b"\0")
    assert len(chain) <= 128
    assert len(entries) <= 4
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    return header + b"".join(sectors)


def _entry(
    name: str, kind: int, *, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    told = name.encode("utf-16-le") + b"\0\0"
    head = told.ljust(64, b"\0") + struct.pack("<HBB", len(told), kind, 1)
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return head + links + b"\0" * 36 + struct.pack("<IQ", start, size)
