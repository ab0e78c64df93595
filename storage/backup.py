"""Backup and restore: one ZIP with the database as it is at one instant, and every stored file.

SQLite's own online backup copies a consistent state while the bot writes. Files are named by their content,
never change, and are stored before a row refers to them: so they are copied after the database.
"""

import contextlib
import hashlib
import json
import re
import shutil
import sqlite3
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from storage.database import Database, SchemaTooNew
from storage.models import unit
from storage.postgres_tools import ToolError, dump, load
from storage.whole_files import written_whole

FORMAT = 1
DATABASE = "database.sqlite"
DUMP = "database.dump"
MANIFEST = "manifest.json"
PIECE = 1 << 20  # bytes
_STORED_FILE = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z]{3,4}")


class BackupError(Exception):
    """The text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """`damaged`: stored files whose content is no longer what their name says."""

    files: int
    damaged: list[str]


def backup(database_url: str, data_dir: Path, out: Path) -> Made:
    """Write `out` whole or not at all, after reading it back.

    Raises BackupError, OSError, sqlite3.OperationalError.
    """
    copy = out.with_name(f"{out.name}.database.partial")
    try:
        with written_whole(out) as temporary:
            name = _copy_database(database_url, copy)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
                hashes = {name: _add(archive, copy, name, zipfile.ZIP_DEFLATED)}
                for path in sorted((data_dir / "files").glob("??/*")):
                    stored = path.relative_to(data_dir).as_posix()
                    if _STORED_FILE.fullmatch(stored):
                        hashes[stored] = _add(archive, path, stored, zipfile.ZIP_STORED)
                archive.writestr(MANIFEST, json.dumps({"format": FORMAT, "sha256": hashes}))
            with zipfile.ZipFile(temporary) as archive:
                _checked(archive, out)
    finally:
        _remove_database(copy)
    damaged = [one for one, digest in hashes.items() if one != name and Path(one).stem != digest]
    return Made(len(hashes) - 1, damaged)


def restore(archive_path: Path, database_url: str, data_dir: Path, *, force: bool = False) -> int:
    """Put a backup in place, after every hash in it was checked; how many files it had.

    With `force` it takes the place of the data that is there; SQLite's old file is kept beside it as
    `.old`. Raises BackupError, OSError.
    """
    try:
        archive = zipfile.ZipFile(archive_path)
    except zipfile.BadZipFile:
        raise BackupError(f"{archive_path}: không phải tệp sao lưu của chidoan.") from None
    with archive:
        hashes = _checked(archive, archive_path)
        target = _sqlite_file(database_url)
        kept = DUMP if target is None else DATABASE
        if kept not in hashes:
            raise BackupError("Tệp sao lưu và CHIDOAN_DATABASE_URL không cùng một loại cơ sở dữ liệu.")
        if not force and _has_data(database_url, target):
            raise BackupError("Đã có dữ liệu; thêm --force nếu chắc chắn muốn thay.")
        files = [name for name in hashes if name != kept]
        if target is None:
            _place_files(archive, files, data_dir)
            _load_dump(archive, database_url, data_dir)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _release(target)
            staged = target.with_name(f"{target.name}.partial")
            try:
                _stage(archive, staged)
                _place_files(archive, files, data_dir)
                _swap(staged, target)
            finally:
                _remove_database(staged)
    return len(files)


# -- the database


def _sqlite_file(url: str) -> Path | None:
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _copy_database(url: str, copy: Path) -> str:
    """Returns the name that it has in the archive."""
    file = _sqlite_file(url)
    if file is None:
        try:
            dump(url, copy)
        except ToolError as error:
            raise BackupError(str(error)) from None
        return DUMP
    if not file.is_file():
        raise BackupError(f"Chưa có dữ liệu ở {file}.")
    _remove_database(copy)
    copy.touch(mode=0o600)
    try:
        with (
            contextlib.closing(sqlite3.connect(file)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            if target.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("integrity_check")
    except sqlite3.OperationalError:
        raise  # a full disk, a locked file: nothing is wrong with the database
    except sqlite3.DatabaseError:
        raise BackupError("Cơ sở dữ liệu bị hỏng; hãy lấy bản sao lưu trước.") from None
    return DATABASE


def _has_data(url: str, file: Path | None) -> bool:
    """Whether there are units; what cannot be read counts as data, too."""
    if file is not None and not file.exists():
        return False
    database = Database(url)
    try:
        with database.reading() as conn:
            return inspect(conn).has_table(unit.name) and conn.scalar(select(unit.c.id).limit(1)) is not None
    except DatabaseError:
        if file is None:
            raise
        return True
    finally:
        database.dispose()


def _release(file: Path) -> None:
    """Leaving WAL needs the file for oneself: it fails while a bot has it open."""
    if not file.exists():
        return
    with contextlib.closing(sqlite3.connect(file, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise BackupError("Bot đang chạy; hãy dừng bot rồi khôi phục.") from None
        except sqlite3.DatabaseError:
            return  # damaged: what is to be replaced


def _stage(archive: zipfile.ZipFile, staged: Path) -> None:
    """The archive's database beside its later place, brought to this program's schema."""
    _remove_database(staged)
    _extract(archive, DATABASE, staged)
    database = Database(f"sqlite:///{staged}")
    try:
        database.migrate()
    except SchemaTooNew:
        raise BackupError("Bản sao lưu do chidoan mới hơn ghi; hãy cập nhật chương trình.") from None
    finally:
        database.dispose()


def _swap(staged: Path, target: Path) -> None:
    if target.exists():
        shutil.copy(target, target.with_name(f"{target.name}.old"))
    staged.replace(target)
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)


def _load_dump(archive: zipfile.ZipFile, url: str, folder: Path) -> None:
    file = folder / f"{DUMP}.partial"
    try:
        _extract(archive, DUMP, file)
        load(url, file)
    except ToolError as error:
        raise BackupError(str(error)) from None
    finally:
        file.unlink(missing_ok=True)


def _remove_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


# -- the archive


def _add(archive: zipfile.ZipFile, path: Path, name: str, compression: int) -> str:
    """The hash of what was written."""
    digest = hashlib.sha256()
    info = zipfile.ZipInfo.from_file(path, name)
    info.compress_type = compression
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as out:
        while piece := source.read(PIECE):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def _checked(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    """The hashes by name, after each was compared. Raises BackupError."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        hashes: dict[str, str] = manifest["sha256"]
        known = manifest["format"] <= FORMAT
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise BackupError(f"{path}: không phải tệp sao lưu của chidoan.") from None
    if not known:
        raise BackupError("Bản sao lưu do chidoan mới hơn ghi; hãy cập nhật chương trình.")
    for name, expected in hashes.items():
        fits = name in (DATABASE, DUMP) or _STORED_FILE.fullmatch(name)
        if not fits or _hash_inside(archive, name) != expected:
            raise BackupError(f"{path}: {name} trong tệp bị hỏng; hãy lấy bản sao lưu khác.")
    return hashes


def _hash_inside(archive: zipfile.ZipFile, name: str) -> str | None:
    """None: it is not there, or cannot be unpacked."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stored:
            while piece := stored.read(PIECE):
                digest.update(piece)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
        return None
    return digest.hexdigest()


def _place_files(archive: zipfile.ZipFile, names: list[str], data_dir: Path) -> None:
    for name in names:
        _extract(archive, name, data_dir / name)


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(target) as temporary, archive.open(name) as source, temporary.open("wb") as out:
        shutil.copyfileobj(source, out, PIECE)
