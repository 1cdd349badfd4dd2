"""What the use cases need of the database about the register and the figures of reports."""

from typing import Protocol


class FiguresQueries(Protocol):
    """Reads about the register and the figures of reports."""


class FiguresWrites(FiguresQueries, Protocol):
    """Writes about the register and the figures of reports; part of one act."""
