"""What the use cases need of the database about the queue."""

from typing import Protocol


class TicketQueries(Protocol):
    """Reads about the queue."""


class TicketWrites(TicketQueries, Protocol):
    """Writes about the queue; part of one act."""
