"""Fixtures: an empty database that costs a copy of a file, and a small province on the stage."""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import Database
from tests import roster
from tests.clock import FrozenClock
from tests.people import Person, Stage, at


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "chidoan.db"
    made = Database(f"sqlite:///{path}")
    made.migrate()
    made.dispose()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "chidoan.db"
    shutil.copy(template, path)
    made = Database(f"sqlite:///{path}")
    yield made
    made.dispose()


@pytest.fixture
def clock() -> FrozenClock:
    """The evening of 14/11/2018."""
    return FrozenClock(at(14, 11))


@dataclass
class Province:
    stage: Stage
    ids: dict[str, int]
    clock: FrozenClock

    def linked(self, full_name: str, chat_id: int) -> Person:
        with self.stage.database.writing() as conn:
            roster.link(conn, chat_id, self.ids[full_name], self.clock.now())
        return self.stage.person(chat_id, full_name.split()[-1])

    def invite(self, full_name: str) -> str:
        with self.stage.database.writing() as conn:
            return roster.invite(conn, self.ids[full_name], self.clock.now())


@pytest.fixture
def province(database: Database, tmp_path: Path, clock: FrozenClock) -> Province:
    with database.writing() as conn:
        ids = roster.build(conn, clock.now())
    return Province(Stage(database, tmp_path, clock), ids, clock)


@pytest.fixture
def mai(province: Province) -> Person:
    """The secretary of Chi đoàn thôn 3."""
    return province.linked("Lê Thị Mai", 103)


@pytest.fixture
def xa(province: Province) -> Person:
    """The secretary of the commune."""
    return province.linked("Vũ Văn Xã", 203)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
