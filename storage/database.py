"""Connections to the one database, SQLite or PostgreSQL, and what differs between the two."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_S = 30
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNew(Exception):
    """The database was written by a newer chidoan."""


class Database:
    """`writing()` and `reading()` hand out connections inside a transaction.

    On SQLite a writer begins IMMEDIATE: a deferred transaction that reads first fails with "database is
    locked" when it comes to write. Readers begin DEFERRED and see one snapshot; so they do on PostgreSQL.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._write = _sqlite_engine(url, "IMMEDIATE")
            self._read = _sqlite_engine(url, "DEFERRED")
        else:
            self._write = create_engine(url, pool_pre_ping=True, pool_size=8)
            self._read = self._write.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._write.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._read.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the schema to the newest version; cheap where it already is.

        Raises SchemaTooNew when this program does not know the version it finds.
        """
        known = sorted(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
        with self._write.begin() as connection:
            present = (
                connection.scalar(text("SELECT version_num FROM alembic_version"))
                if inspect(connection).has_table("alembic_version")
                else None
            )
        if present == known[-1]:
            return
        if present is not None and present not in known:
            raise SchemaTooNew(present)
        self.migrate_to("head")

    def migrate_to(self, revision: str) -> None:
        # Alembic is a quarter of a second of imports: only where there is something to do.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._write.begin() as connection:
            config.attributes["connection"] = connection
            if revision == "base" or revision.startswith("-"):
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)

    def dispose(self) -> None:
        self._write.dispose()
        self._read.dispose()


def _sqlite_engine(url: str, begin: str) -> Engine:
    # Python's driver would begin and commit by itself (and commit on RELEASE): switched off.
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def prepare(driver_connection: Any, _record: Any) -> None:
        cursor = driver_connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-8000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    return engine


def new_id(result: CursorResult[Any]) -> int:
    """The id of the one row that an insert made."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])
