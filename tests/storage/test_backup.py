"""Backups are whole, checked, and put back only where nothing is lost unasked."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.backup import DATABASE, MANIFEST, BackupError, backup, restore
from storage.database import Database
from storage.importing import import_file
from storage.models import audit, unit
from storage.plans import load_plan
from tests.clock import FrozenClock
from tests.storage.files import BRANCHES, COMMUNE, csv_file

NOW = datetime(2018, 11, 14, 19, 42, tzinfo=FrozenClock.ZONE)
CONTENT = b"bai thu hoach"
HASH = hashlib.sha256(CONTENT).hexdigest()


def store_file(data_dir: Path) -> Path:
    path = data_dir / "files" / HASH[:2] / f"{HASH}.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return path


def count_units(url: str) -> int:
    database = Database(url)
    with database.reading() as conn:
        found = conn.scalar(select(func.count()).select_from(unit))
    database.dispose()
    return found or 0


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.partial*"))


@pytest.fixture
def data_dir(database_url: str, tmp_path: Path) -> Path:
    """A province with three units and one file."""
    if shutil.which("pg_dump") is None and "postgresql" in database_url:
        pytest.skip("pg_dump not found: apt-get install postgresql-client")
    database = Database(database_url)
    import_file(database, load_plan("ke-hoach-66"), csv_file(tmp_path, COMMUNE), NOW)
    database.dispose()
    store_file(tmp_path)
    return tmp_path


def change(url: str, folder: Path) -> None:
    """What happened after the backup."""
    database = Database(url)
    import_file(database, load_plan("ke-hoach-66"), csv_file(folder, BRANCHES), NOW)
    database.dispose()


def test_there_and_back(database_url: str, data_dir: Path, tmp_path: Path) -> None:
    made = backup(database_url, data_dir, tmp_path / "a.zip")
    assert (made.files, made.damaged) == (1, [])
    change(database_url, tmp_path)
    shutil.rmtree(data_dir / "files")
    with pytest.raises(BackupError, match="--force"):
        restore(tmp_path / "a.zip", database_url, data_dir)
    assert count_units(database_url) == 5
    assert restore(tmp_path / "a.zip", database_url, data_dir, force=True) == 1
    assert count_units(database_url) == 3
    assert (data_dir / "files" / HASH[:2] / f"{HASH}.pdf").read_bytes() == CONTENT
    assert leftovers(tmp_path) == []


def test_a_restored_database_goes_on_counting(database_url: str, data_dir: Path, tmp_path: Path) -> None:
    backup(database_url, data_dir, tmp_path / "a.zip")
    restore(tmp_path / "a.zip", database_url, data_dir, force=True)
    change(database_url, tmp_path)
    assert count_units(database_url) == 5


def test_the_hash_list_is_that_of_the_files(database_url: str, data_dir: Path, tmp_path: Path) -> None:
    backup(database_url, data_dir, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        hashes = json.loads(archive.read(MANIFEST))["sha256"]
        assert {*hashes, MANIFEST} == set(archive.namelist())
        for name, digest in hashes.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


# -- what only SQLite can show


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A data folder with three units and one file."""
    shutil.copy(template, tmp_path / "chidoan.db")
    database = Database(url(tmp_path))
    import_file(database, load_plan("ke-hoach-66"), csv_file(tmp_path, COMMUNE), NOW)
    database.dispose()
    store_file(tmp_path)
    return tmp_path


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'chidoan.db'}"


def test_a_backup_while_the_bot_writes_is_one_state(home: Path) -> None:
    """The writer adds audit rows in pairs; no backup may hold half a pair."""
    stop = threading.Event()

    def write() -> None:
        database = Database(url(home))
        while not stop.is_set():
            with database.writing() as conn:
                for _ in range(2):
                    conn.execute(audit.insert().values(at=NOW, action="test"))
        database.dispose()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            time.sleep(0.05)
            backup(url(home), home, home / f"{number}.zip")
    finally:
        stop.set()
        writer.join()
    counts = []
    for number in range(5):
        place = home / f"restored-{number}"
        restore(home / f"{number}.zip", url(place), place)
        with sqlite3.connect(place / "chidoan.db") as conn:
            counts.append(conn.execute("SELECT count(*) FROM audit WHERE action = 'test'").fetchone()[0])
        conn.close()
    assert all(count % 2 == 0 for count in counts)
    assert counts[0] < counts[-1]


def test_a_backup_takes_the_place_of_an_older_one_when_it_is_whole(home: Path) -> None:
    out = home / "a.zip"
    out.write_bytes(b"older")
    (home / "chidoan.db").rename(home / "away.db")
    with pytest.raises(BackupError, match="Chưa có dữ liệu"):
        backup(url(home), home, out)
    assert out.read_bytes() == b"older"
    (home / "away.db").rename(home / "chidoan.db")
    backup(url(home), home, out)
    assert zipfile.is_zipfile(out)
    assert out.stat().st_mode & 0o077 == 0
    assert leftovers(home) == []


def test_a_killed_backup_leaves_nothing_under_its_name(home: Path) -> None:
    for number in range(200):
        store = home / "files" / f"{number:02x}"
        store.mkdir(exist_ok=True)
        (store / f"{number:064x}.pdf").write_bytes(b"x" * 500_000)
    code = f"from storage.backup import backup; from pathlib import Path; h = Path({str(home)!r}); "
    process = subprocess.Popen([sys.executable, "-c", code + f"backup({url(home)!r}, h, h / 'a.zip')"])
    until = time.monotonic() + 20
    while not any(path.stat().st_size > 1_000_000 for path in home.glob("a.zip.partial")):
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert not (home / "a.zip").exists()
    assert backup(url(home), home, home / "a.zip").files == 201
    assert leftovers(home) == []


def test_a_damaged_stored_file_is_told_and_does_not_stop_the_backup(home: Path) -> None:
    next((home / "files").rglob("*.pdf")).write_bytes(b"bit rot")
    made = backup(url(home), home, home / "a.zip")
    assert made.damaged == [f"files/{HASH[:2]}/{HASH}.pdf"]
    assert restore(home / "a.zip", url(home / "other"), home / "other") == 1


def test_a_damaged_database_is_not_backed_up_as_if_it_were_well(home: Path) -> None:
    (home / "chidoan.db").write_bytes(b"nonsense" * 1000)
    with pytest.raises(BackupError, match="bị hỏng"):
        backup(url(home), home, home / "a.zip")
    assert not (home / "a.zip").exists()


def rewritten(archive: Path, name: str, content: bytes) -> Path:
    """The archive with one entry changed, or added."""
    out = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return out


def test_a_damaged_backup_is_refused_before_anything_is_touched(home: Path) -> None:
    backup(url(home), home, home / "a.zip")
    damaged = rewritten(home / "a.zip", DATABASE, b"nonsense")
    with pytest.raises(BackupError, match="bị hỏng"):
        restore(damaged, url(home), home, force=True)
    assert count_units(url(home)) == 3


@pytest.mark.parametrize("name", ["../outside.txt", "/tmp/outside.txt", "files/../../x.pdf", "chidoan.db"])
def test_nothing_is_unpacked_elsewhere(home: Path, name: str) -> None:
    backup(url(home), home, home / "a.zip")
    with zipfile.ZipFile(home / "a.zip") as archive:
        manifest = json.loads(archive.read(MANIFEST))
    manifest["sha256"][name] = hashlib.sha256(b"x").hexdigest()
    forged = rewritten(home / "a.zip", MANIFEST, json.dumps(manifest).encode())
    with zipfile.ZipFile(forged, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(BackupError, match="bị hỏng"):
        restore(forged, url(home / "new"), home / "new")
    assert not (home / "new").exists()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_another_file_is_no_backup(home: Path, content: bytes) -> None:
    (home / "x.zip").write_bytes(content)
    with pytest.raises(BackupError, match="không phải tệp sao lưu"):
        restore(home / "x.zip", url(home), home, force=True)


def test_a_backup_of_a_newer_program_is_refused(home: Path) -> None:
    with sqlite3.connect(home / "chidoan.db") as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    backup(url(home), home, home / "a.zip")
    with pytest.raises(BackupError, match="mới hơn"):
        restore(home / "a.zip", url(home / "new"), home / "new")
    assert not (home / "new" / "chidoan.db").exists()
    assert leftovers(home) == []


def test_a_running_bot_is_not_restored_under(home: Path) -> None:
    backup(url(home), home, home / "a.zip")
    running = Database(url(home))
    with running.reading() as conn:
        conn.scalar(select(func.count()).select_from(unit))
    with pytest.raises(BackupError, match="dừng bot"):
        restore(home / "a.zip", url(home), home, force=True)
    running.dispose()
    restore(home / "a.zip", url(home), home, force=True)


def test_what_was_there_is_kept_beside(home: Path) -> None:
    backup(url(home), home, home / "a.zip")
    change(url(home), home)
    restore(home / "a.zip", url(home), home, force=True)
    with sqlite3.connect(home / "chidoan.db.old") as conn:
        assert conn.execute("SELECT count(*) FROM unit").fetchone() == (5,)
    conn.close()


def test_a_damaged_database_can_be_replaced(home: Path) -> None:
    backup(url(home), home, home / "a.zip")
    (home / "chidoan.db").write_bytes(b"nonsense" * 1000)
    with pytest.raises(BackupError, match="--force"):
        restore(home / "a.zip", url(home), home)
    restore(home / "a.zip", url(home), home, force=True)
    assert count_units(url(home)) == 3
