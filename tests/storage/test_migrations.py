"""Every migration runs up, down and up again, and ends where the models are."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from storage.database import Database, SchemaTooNew
from storage.models import metadata


def test_up_down_up(empty_url: str) -> None:
    database = Database(empty_url)
    for revision in ("head", "base", "head"):
        database.migrate_to(revision)
        with database.reading() as conn:
            tables = set(inspect(conn).get_table_names()) - {"alembic_version"}
        assert tables == (set(metadata.tables) if revision == "head" else set())
    database.dispose()


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    with database.reading() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    database.migrate()
    database.migrate()


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew):
        database.migrate()
