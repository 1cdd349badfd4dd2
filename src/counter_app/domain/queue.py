"""A ticket of the queue from the moment it is taken to the moment its citizen was served or has gone.

Waiting → called → served, or absent after being called again in vain; an absent citizen who comes back
may be called once more the same day. A ticket lives one day: what still waits at night has left.
Nothing in a ticket says whose it is.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.errors import RuleRefusal

MAX_RECALLS = 3  # after the first call; then the citizen counts as absent


class TicketState(StrEnum):
    """Where a ticket stands. ``left``: never called the day it was taken."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    ABSENT = "absent"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket. Moments are aware; ``calls`` counts the calls of the present turn.

    ``called_at`` is the first call, where waiting ends; ``ended_at`` when it was served or given up.
    ``counter`` called it last. ``procedure_id`` is what the citizen came for, when that is known.
    """

    day: date
    letter: str
    number: int
    group_id: str
    group_name: str
    issued_at: datetime
    priority: bool = False
    state: TicketState = TicketState.WAITING
    calls: int = 0
    counter: int = 0
    called_at: datetime | None = None
    last_call_at: datetime | None = None
    ended_at: datetime | None = None
    procedure_id: str = ""

    @property
    def label(self) -> str:
        """The number as it is printed and called: "A012"."""
        return f"{self.letter}{self.number:03d}"

    @property
    def ticket_id(self) -> str:
        """The name of the ticket for ever: "2026-11-23-A012"."""
        return f"{self.day.isoformat()}-{self.label}"

    def state_on(self, today: date) -> TicketState:
        """Return the state as seen on a day: old tickets end by themselves.

        One that was called and never closed was served; nobody presses a key for the last of a day.
        """
        if self.day >= today:
            return self.state
        ended = {TicketState.WAITING: TicketState.LEFT, TicketState.CALLED: TicketState.SERVED}
        return ended.get(self.state, self.state)


def call(ticket: Ticket, counter: int, at: datetime) -> Ticket:
    """Return the ticket called to a counter: from waiting, or an absent citizen who came back."""
    _require(ticket, at, TicketState.WAITING, TicketState.ABSENT)
    return replace(
        ticket,
        state=TicketState.CALLED,
        calls=1,
        counter=counter,
        called_at=ticket.called_at or at,
        last_call_at=at,
        ended_at=None,
    )


def recall(ticket: Ticket, at: datetime) -> Ticket:
    """Return the ticket called once more; RuleRefusal ``ticket_called_enough`` after `MAX_RECALLS`."""
    _require(ticket, at, TicketState.CALLED)
    if ticket.calls > MAX_RECALLS:
        raise RuleRefusal("ticket_called_enough", ticket=ticket.label, times=ticket.calls)
    return replace(ticket, calls=ticket.calls + 1, last_call_at=at)


def serve(ticket: Ticket, at: datetime, procedure_id: str = "") -> Ticket:
    """Return the ticket of a citizen who came; `procedure_id` tells what for, nothing personal."""
    _require(ticket, at, TicketState.CALLED)
    return replace(ticket, state=TicketState.SERVED, ended_at=at, procedure_id=procedure_id)


def mark_absent(ticket: Ticket, at: datetime) -> Ticket:
    """Return the ticket of a citizen who did not come when called."""
    _require(ticket, at, TicketState.CALLED)
    return replace(ticket, state=TicketState.ABSENT, ended_at=at)


def _require(ticket: Ticket, at: datetime, *states: TicketState) -> None:
    if ticket.day != at.date():
        raise RuleRefusal("ticket_of_another_day", ticket=ticket.label, day=ticket.day)
    if ticket.state not in states:
        raise RuleRefusal("ticket_not_there_now", ticket=ticket.label)
