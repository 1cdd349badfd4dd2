"""A real PostgreSQL and server for counters to talk to."""

from tests.helpers.postgres import cluster, database_url, server

__all__ = ["cluster", "database_url", "server"]
