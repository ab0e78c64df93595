"""Every conversation runs on both databases."""

from tests.storage.conftest import cluster, database, database_url

__all__ = ["cluster", "database", "database_url"]
