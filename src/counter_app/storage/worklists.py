"""The database's side of the lists of today."""

from counter_app.storage.sql import Sql


class SqlWorklistQueries:
    """Implements `services.worklists_port.WorklistQueries`."""

    _sql: Sql


class SqlWorklistWrites(SqlWorklistQueries):
    """Implements `services.worklists_port.WorklistWrites`."""
