"""A PostgreSQL server of the tests' own: one throwaway cluster a process, a fresh database a test."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.database import Database

MISSING = "PostgreSQL not found: apt-get install postgresql"
START_S = 30
# What a crash would cost does not matter here.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


class Cluster:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        database = Database(self.url("template1"))
        database.migrate()
        database.dispose()
        with self._connected() as conn:
            # From 15 on the default writes every page to the log: twice as slow for a template like this.
            self._by_copying = " STRATEGY file_copy" if conn.info.server_version >= 150_000 else ""

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://chidoan@/{name}?host={self._folder}"

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """The address of a database that nobody else uses: migrated, or with nothing in it."""
        name = f"test_{next(self._numbers)}"
        template = "template0" if empty else "template1"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}{self._by_copying}")
        try:
            yield self.url(name)
        finally:
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, command: str) -> None:
        with self._connected() as conn:
            conn.execute(command)

    def _connected(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self._folder), user="chidoan", dbname="postgres", autocommit=True)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Skips the test where there is no server program; on CI that is a failure."""
    programs = _programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="chidoan-pg-"))
    data = folder / "data"
    account = _account()
    if account:
        shutil.chown(folder, account["user"], account["group"])
    try:
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "chidoan",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **account,
        )
        server = subprocess.Popen(
            [
                programs / "postgres",
                "-D",
                data,
                "-k",
                folder,
                *(part for one in FAST for part in ("-c", one)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **account,
        )
        try:
            _wait(server, folder)
            yield Cluster(folder)
        finally:
            server.send_signal(signal.SIGINT)  # without waiting for those who are still connected
            server.wait()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """The folder of initdb and postgres, the newest version of several."""
    found = shutil.which("initdb")
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]), reverse=True
    )
    candidates = [*([Path(found).resolve()] if found else []), *installed]
    return next((path.parent for path in candidates if (path.parent / "postgres").exists()), None)


def _account() -> dict[str, Any]:
    """The server refuses to run as root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    pytest.fail("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _wait(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            psycopg.connect(host=str(folder), user="chidoan", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
