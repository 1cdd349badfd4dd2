"""What the use cases need of the database about the queue."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.queue import Ticket


class TicketQueries(Protocol):
    """Reads about the queue."""

    def tickets(self, first_day: date, last_day: date) -> "Sequence[Ticket]":
        """Return the tickets of some days, in the order they were taken."""
        ...

    def ticket(self, ticket_id: str) -> "Ticket | None":
        """Return one ticket, or None."""
        ...

    def last_ticket_number(self, day: date, letter: str) -> int:
        """Return the highest number under a letter on a day, 0 when there is none."""
        ...


class TicketWrites(TicketQueries, Protocol):
    """Writes about the queue; part of one act."""

    def add_ticket(self, ticket: "Ticket") -> None:
        """Write a new ticket; its letter and number are nobody else's that day."""
        ...

    def change_ticket(self, ticket: "Ticket") -> None:
        """Write the state of a ticket that is there."""
        ...
