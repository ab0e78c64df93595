"""What is exported is read from either database."""

from tests.storage.conftest import cluster, database, database_url

__all__ = ["cluster", "database", "database_url"]
