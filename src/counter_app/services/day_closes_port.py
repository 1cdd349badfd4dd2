"""What the use cases need of the database about closed days."""

from typing import Protocol


class DayCloseQueries(Protocol):
    """Reads about closed days."""


class DayCloseWrites(DayCloseQueries, Protocol):
    """Writes about closed days; part of one act."""
