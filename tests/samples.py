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


def doc() -> bytes:
    name = "WordDocument".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + name + b"\x00" * 600
