"""The database's side of hand-over and postal lists."""

from counter_app.storage.sql import Sql


class SqlTransferListQueries:
    """Implements `services.transfer_lists_port.TransferListQueries`."""

    _sql: Sql


class SqlTransferListWrites(SqlTransferListQueries):
    """Implements `services.transfer_lists_port.TransferListWrites`."""
