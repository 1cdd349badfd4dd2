"""The database's side of supplement requests and refusals given before anything was received."""

from counter_app.storage.sql import Sql


class SqlIntakeNoticeQueries:
    """Implements `services.intake_notices_port.IntakeNoticeQueries`."""

    _sql: Sql


class SqlIntakeNoticeWrites(SqlIntakeNoticeQueries):
    """Implements `services.intake_notices_port.IntakeNoticeWrites`."""
