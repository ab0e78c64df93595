"""Files by content: named by their hash, checked for what they really are, never trusted by their name."""

import hashlib
import os
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import filetype

LIMIT = 20 * 1024 * 1024  # bytes
UNPACKED_LIMIT = 200 * 1024 * 1024  # bytes that an archive may unpack to
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_XML = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE_XML}wordprocessingml.document"
PPTX = f"{_OFFICE_XML}presentationml.presentation"
XLSX = f"{_OFFICE_XML}spreadsheetml.sheet"
DOC, PPT, XLS = "application/msword", "application/vnd.ms-powerpoint", "application/vnd.ms-excel"
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic"})
PAPERS = PHOTOS | {"application/pdf", DOCX, DOC}  # what a report or an essay may be
OFFICE = PAPERS | {PPTX, PPT, XLSX, XLS}
SUFFIXES = {
    "application/pdf": ".pdf",
    DOCX: ".docx",
    DOC: ".doc",
    PPTX: ".pptx",
    PPT: ".ppt",
    XLSX: ".xlsx",
    XLS: ".xls",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
}
# The part by which each program's files are known, in the new format and in the old one.
_MAIN_PART = {"word/document.xml": DOCX, "ppt/presentation.xml": PPTX, "xl/workbook.xml": XLSX}
_MAIN_STREAM = {"WordDocument": DOC, "PowerPoint Document": PPT, "Workbook": XLS, "Book": XLS}


# An old document keeps its macros in a stream of this name; a new one may call the part whatever it likes, but
# has to say in its list of parts what it is. One with a password is an old file around the locked new one.
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_MACRO_TYPES = (b"macroenabled", b"vbaproject")
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PARTS = "[Content_Types].xml"
_PARTS_LIMIT = 1024 * 1024  # bytes; a long document's list has some 50,000


class Refused(StrEnum):
    TOO_BIG = "too_big"
    UNREADABLE = "unreadable"  # damaged, or nothing that is a document or a photo
    FORBIDDEN = "forbidden"  # macros, or a bomb
    LOCKED = "locked"  # an office document with a password


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    size: int
    media_type: str
    path: str  # below the data folder


def media_type(path: Path) -> str | Refused:
    """What the file is, by its content."""
    with path.open("rb") as file:
        head = file.read(8)
        file.seek(max(0, path.stat().st_size - 2048))
        tail = file.read()
    if head.startswith(b"%PDF"):
        return "application/pdf" if b"%%EOF" in tail else Refused.UNREADABLE
    if head.startswith(OLE_MAGIC):
        return _old_office(path)
    if head.startswith(b"PK"):
        return _office_archive(path)
    kind = filetype.guess(str(path))
    if kind is None or kind.mime not in PHOTOS:
        return Refused.UNREADABLE
    if kind.mime == "image/jpeg" and not _is_whole_jpeg(path.read_bytes()):
        return Refused.UNREADABLE  # cut off on the way
    return str(kind.mime)


def _is_whole_jpeg(content: bytes) -> bool:
    """The picture's own end is there. A preview in its head has an end too, and some phones put a film
    behind the picture, so it is neither the first one nor near the last byte.
    """
    place = 2
    while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] != b"\xda":
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return content.find(b"\xff\xd9", place) >= 0


def _old_office(path: Path) -> str | Refused:
    content = path.read_bytes()
    if _LOCKED_PACKAGE in content:
        return Refused.LOCKED
    if _OLD_MACROS in content:
        return Refused.FORBIDDEN
    streams = (kind for name, kind in _MAIN_STREAM.items() if name.encode("utf-16-le") in content)
    return next(streams, Refused.UNREADABLE)


def _office_archive(path: Path) -> str | Refused:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(info.file_size for info in archive.infolist()) > UNPACKED_LIMIT:
                return Refused.FORBIDDEN
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
                return Refused.FORBIDDEN
            if _PARTS in names and _has_macro_parts(archive):
                return Refused.FORBIDDEN
            kind = next((kind for part, kind in _MAIN_PART.items() if part in names), Refused.UNREADABLE)
            if archive.testzip() is not None:
                return Refused.UNREADABLE
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return Refused.UNREADABLE
    return kind


def _has_macro_parts(archive: zipfile.ZipFile) -> bool:
    with archive.open(_PARTS) as file:
        told = file.read(_PARTS_LIMIT).lower()
    return any(one in told for one in _MACRO_TYPES)


def keep(temporary: Path, data_dir: Path, kinds: frozenset[str] = PAPERS) -> Stored | Refused:
    """Move a downloaded file of one of these kinds to its place; it is on the disk when this returns."""
    size = temporary.stat().st_size
    if size > LIMIT:
        return Refused.TOO_BIG
    kind = media_type(temporary) if size else Refused.UNREADABLE
    if isinstance(kind, Refused):
        return kind
    if kind not in kinds:
        return Refused.UNREADABLE
    with temporary.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    relative = Path("files") / digest[:2] / f"{digest}{SUFFIXES[kind]}"
    place = data_dir / relative
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return Stored(digest, size, kind, str(relative))
