"""The database's side of what citizens thought of the service."""

from counter_app.storage.sql import Sql


class SqlRatingQueries:
    """Implements `services.ratings_port.RatingQueries`."""

    _sql: Sql


class SqlRatingWrites(SqlRatingQueries):
    """Implements `services.ratings_port.RatingWrites`."""
