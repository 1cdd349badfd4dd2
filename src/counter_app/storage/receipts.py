"""The database's side of money taken and receipts given."""

from counter_app.storage.sql import Sql


class SqlReceiptQueries:
    """Implements `services.receipts_port.ReceiptQueries`."""

    _sql: Sql


class SqlReceiptWrites(SqlReceiptQueries):
    """Implements `services.receipts_port.ReceiptWrites`."""
