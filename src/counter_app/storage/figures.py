"""The database's side of the register and the figures of reports."""

from counter_app.storage.sql import Sql


class SqlFiguresQueries:
    """Implements `services.figures_port.FiguresQueries`."""

    _sql: Sql


class SqlFiguresWrites(SqlFiguresQueries):
    """Implements `services.figures_port.FiguresWrites`."""
