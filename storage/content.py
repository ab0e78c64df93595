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
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
PHOTOS = {"image/jpeg", "image/png", "image/webp", "image/heic"}
SUFFIXES = {
    "application/pdf": ".pdf",
    DOCX: ".docx",
    DOC: ".doc",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
}


class Refused(StrEnum):
    TOO_BIG = "too_big"
    UNREADABLE = "unreadable"  # damaged, or nothing that is a document or a photo
    FORBIDDEN = "forbidden"  # macros, or a bomb


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
        return DOC if b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t" in path.read_bytes() else Refused.UNREADABLE
    if head.startswith(b"PK"):
        return _word_archive(path)
    kind = filetype.guess(str(path))
    if kind is None or kind.mime not in PHOTOS:
        return Refused.UNREADABLE
    if kind.mime == "image/jpeg" and b"\xff\xd9" not in tail:
        return Refused.UNREADABLE  # cut off on the way
    return str(kind.mime)


def _word_archive(path: Path) -> str | Refused:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(info.file_size for info in archive.infolist()) > UNPACKED_LIMIT:
                return Refused.FORBIDDEN
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
                return Refused.FORBIDDEN
            if "word/document.xml" not in names or archive.testzip() is not None:
                return Refused.UNREADABLE
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return Refused.UNREADABLE
    return DOCX


def keep(temporary: Path, data_dir: Path) -> Stored | Refused:
    """Move a downloaded file to its place; it is on the disk when this returns."""
    size = temporary.stat().st_size
    if size > LIMIT:
        return Refused.TOO_BIG
    kind = media_type(temporary) if size else Refused.UNREADABLE
    if isinstance(kind, Refused):
        return kind
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
