"""What the use cases need of the database about papers given before anything was received."""

from typing import Protocol


class IntakeNoticeQueries(Protocol):
    """Reads about supplement requests and refusals given before anything was received."""


class IntakeNoticeWrites(IntakeNoticeQueries, Protocol):
    """Writes about supplement requests and refusals given before anything was received; part of one act."""
