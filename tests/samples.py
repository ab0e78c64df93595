"""Small files of every kind that people send."""

import io
import struct
import zipfile
import zlib


def jpeg(salt: bytes = b"1") -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + salt * 200 + b"\xff\xd9"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(text: bytes = b"bai thu hoach") -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%" + text + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def office(part: str) -> bytes:
    """A file of the program whose main part this is: "xl/workbook.xml"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<main/>")
    return out.getvalue()


def docx(*, macro: bool = False, bomb: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document>bai thu hoach</document>")
        if macro:
            archive.writestr("word/vbaProject.bin", b"\x00" * 100)
        if bomb:
            archive.writestr("word/media/image1.bin", b"\x00" * (210 * 1024 * 1024))
    return out.getvalue()


def docx_of_parts(kind: str) -> bytes:
    """With a list of parts that says what the document is, whatever its parts are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        archive.writestr("[Content_Types].xml", parts)
        archive.writestr("word/document.xml", "<document>bai thu hoach</document>")
        archive.writestr("word/quiet.bin", b"\x00" * 100)
    return out.getvalue()


def old_office(*streams: str) -> bytes:
    """A file in the format before 2007, with its streams: "WordDocument"."""
    named = b"".join(stream.encode("utf-16-le") + b"\x00" * 600 for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + named


def jpeg_with_a_film() -> bytes:
    """As some phones make them: the picture, and a film behind its end."""
    sos = b"\xff\xda\x00\x04\x01\x00" + b"2" * 500
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + sos
        + b"\xff\xd9"
        + b"ftypmp42" * 9000
    )
