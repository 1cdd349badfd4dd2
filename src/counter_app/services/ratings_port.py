"""What the use cases need of the database about what citizens thought of the service."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.rating import Rating, RatingCount, Reason


class RatingQueries(Protocol):
    """Reads about what citizens thought of the service."""

    def rating_counts(self, first_day: date, last_day: date) -> "Sequence[RatingCount]":
        """Return how many gave each score on some days, by clerk and sector, in a fixed order."""
        ...

    def rating_reason_counts(self, first_day: date, last_day: date) -> "Mapping[Reason, int]":
        """Return how often each reason was given on some days."""
        ...

    def unreported_ratings(self, before: date) -> "Sequence[Rating]":
        """Return the ratings of days before that one the server has not been told, in no order."""
        ...


class RatingWrites(RatingQueries, Protocol):
    """Writes about what citizens thought of the service; part of one act."""

    def add_rating(self, rating_key: str, rating: "Rating") -> None:
        """Write a rating under a random key: nothing tells which was given first."""
        ...

    def mark_ratings_reported(self, before: date) -> None:
        """Note that the ratings of days before that one are in the outbox."""
        ...
