"""What the use cases need of the database about what citizens thought of the service."""

from typing import Protocol


class RatingQueries(Protocol):
    """Reads about what citizens thought of the service."""


class RatingWrites(RatingQueries, Protocol):
    """Writes about what citizens thought of the service; part of one act."""
