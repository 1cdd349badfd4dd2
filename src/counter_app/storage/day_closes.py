"""The database's side of closed days."""

from counter_app.storage.sql import Sql


class SqlDayCloseQueries:
    """Implements `services.day_closes_port.DayCloseQueries`."""

    _sql: Sql


class SqlDayCloseWrites(SqlDayCloseQueries):
    """Implements `services.day_closes_port.DayCloseWrites`."""
