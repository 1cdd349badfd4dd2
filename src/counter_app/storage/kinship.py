"""The database's side of family links, merged records and authorisation letters."""

from counter_app.storage.sql import Sql


class SqlKinshipQueries:
    """Implements `services.kinship_port.KinshipQueries`."""

    _sql: Sql


class SqlKinshipWrites(SqlKinshipQueries):
    """Implements `services.kinship_port.KinshipWrites`."""
