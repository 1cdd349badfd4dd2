"""The database's side of the queue."""

from counter_app.storage.sql import Sql


class SqlTicketQueries:
    """Implements `services.tickets_port.TicketQueries`."""

    _sql: Sql


class SqlTicketWrites(SqlTicketQueries):
    """Implements `services.tickets_port.TicketWrites`."""
