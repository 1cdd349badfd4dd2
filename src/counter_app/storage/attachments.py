"""The database's side of scanned papers."""

from counter_app.storage.sql import Sql


class SqlAttachmentQueries:
    """Implements `services.attachments_port.AttachmentQueries`."""

    _sql: Sql


class SqlAttachmentWrites(SqlAttachmentQueries):
    """Implements `services.attachments_port.AttachmentWrites`."""
