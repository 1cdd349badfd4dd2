"""What the use cases need of the database about the lists of today."""

from typing import Protocol


class WorklistQueries(Protocol):
    """Reads about the lists of today."""


class WorklistWrites(WorklistQueries, Protocol):
    """Writes about the lists of today; part of one act."""
