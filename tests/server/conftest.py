"""A real PostgreSQL for the server's tests."""

from tests.helpers.postgres import cluster, database_url, server

__all__ = ["cluster", "database_url", "server"]
