"""Backup and restore: one ZIP with the database as it is at one instant, and every stored file.

SQLite's own online backup copies a consistent state while the bot writes. Files are named by their content
and never change, so they are copied after the database that refers to them.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
import subprocess
import tempfile
import zipfile
from pathlib import Path

from sqlalchemy.engine import make_url

FORMAT = 1
DATABASE = "database.sqlite"
DUMP = "database.dump"
MANIFEST = "manifest.json"


class BackupError(Exception):
    """The text is one sentence that says what to do."""


def backup(database_url: str, data_dir: Path, out: Path) -> int:
    """Write `out` whole or not at all; returns how many files it holds. Raises BackupError."""
    if out.exists():
        raise BackupError(f"Đã có tệp {out}; hãy chọn tên khác.")
    temporary = out.with_name(out.name + ".partial")
    try:
        with tempfile.TemporaryDirectory(dir=out.parent or ".") as folder:
            copy = _copy_database(database_url, Path(folder))
            hashes = {copy.name: _hash(copy)}
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.write(copy, copy.name, zipfile.ZIP_DEFLATED)
                for path in sorted((data_dir / "files").glob("??/*")):
                    name = str(path.relative_to(data_dir))
                    hashes[name] = path.stem
                    archive.write(path, name)
                archive.writestr(MANIFEST, json.dumps({"format": FORMAT, "sha256": hashes}))
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
        temporary.replace(out)
    except OSError as error:
        raise BackupError(f"Không ghi được {out}: {error.strerror}.") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return len(hashes) - 1


def restore(archive_path: Path, database_url: str, data_dir: Path, *, force: bool = False) -> int:
    """Put a backup in place, after every hash in it was checked. Raises BackupError."""
    try:
        archive = zipfile.ZipFile(archive_path)
    except (OSError, zipfile.BadZipFile):
        raise BackupError(f"{archive_path}: không phải tệp sao lưu của chidoan.") from None
    with archive:
        hashes = _checked(archive, archive_path)
        database = next((name for name in hashes if name in (DATABASE, DUMP)), None)
        if database is None:
            raise BackupError(f"{archive_path}: không có cơ sở dữ liệu trong tệp.")
        target = _sqlite_file(database_url)
        if (database == DATABASE) != (target is not None):
            raise BackupError("Tệp sao lưu và CHIDOAN_DATABASE_URL không cùng một loại cơ sở dữ liệu.")
        if target is not None and target.exists() and not force:
            raise BackupError(f"Đã có dữ liệu ở {target}; thêm --force nếu chắc chắn muốn thay.")
        try:
            for name in hashes:
                if name != database:
                    _place(archive, name, data_dir / name)
            if target is not None:
                for suffix in ("-wal", "-shm"):
                    Path(f"{target}{suffix}").unlink(missing_ok=True)
                _place(archive, database, target)
            else:
                _pg_restore(archive, database, database_url)
        except OSError as error:
            raise BackupError(f"Không ghi được dữ liệu: {error.strerror}.") from None
    return len(hashes) - 1


def _copy_database(url: str, folder: Path) -> Path:
    file = _sqlite_file(url)
    if file is None:
        return _pg_dump(url, folder / DUMP)
    if not file.exists():
        raise BackupError(f"Chưa có dữ liệu ở {file}.")
    copy = folder / DATABASE
    with (
        contextlib.closing(sqlite3.connect(file)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        if target.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupError("Cơ sở dữ liệu bị hỏng; hãy lấy bản sao lưu trước.")
    return copy


def _sqlite_file(url: str) -> Path | None:
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _plain_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _pg_dump(url: str, target: Path) -> Path:
    _tool(["pg_dump", "--format=custom", f"--file={target}", f"--dbname={_plain_url(url)}"])
    return target


def _pg_restore(archive: zipfile.ZipFile, name: str, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        _place(archive, name, file)
        _tool(
            ["pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={_plain_url(url)}", str(file)]
        )


def _tool(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise BackupError(f"Cần chương trình {command[0]} (gói postgresql-client).") from None
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or ["không rõ"]
        raise BackupError(f"{command[0]} không làm được: {last[0]}") from None


def _checked(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
        hashes: dict[str, str] = manifest["sha256"]
    except (KeyError, ValueError):
        raise BackupError(f"{path}: không phải tệp sao lưu của chidoan.") from None
    for name, expected in hashes.items():
        outside = Path(name).is_absolute() or ".." in Path(name).parts
        try:
            found = _hash_inside(archive, name)
        except (KeyError, zipfile.BadZipFile, OSError):
            found = ""
        if outside or found != expected:
            raise BackupError(f"{path}: {name} trong tệp bị hỏng; hãy lấy bản sao lưu khác.")
    return hashes


def _place(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(target.name + ".partial")
    with archive.open(name) as source, temporary.open("wb") as out:
        while piece := source.read(1 << 20):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(target)


def _hash_inside(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as stored:
        while piece := stored.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
