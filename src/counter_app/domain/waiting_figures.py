"""How long citizens wait: the figures of a day or a period, whole and by group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from counter_app.domain.queue import Ticket, TicketState


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """Counts of tickets; waits are None while nobody was called.

    ``median_wait`` and ``longest_wait`` go from taking the ticket to its first call;
    ``longest_now`` is how long the first in line has waited so far.
    """

    issued: int = 0
    priority: int = 0
    waiting: int = 0
    served: int = 0
    absent: int = 0
    left: int = 0
    median_wait: timedelta | None = None
    longest_wait: timedelta | None = None
    longest_now: timedelta | None = None


def queue_figures(tickets: Iterable[Ticket], now: datetime) -> QueueFigures:
    """Return the figures of some tickets as they stand at a moment."""
    known = list(tickets)
    states = [ticket.state_on(now.date()) for ticket in known]
    waits = [ticket.called_at - ticket.issued_at for ticket in known if ticket.called_at is not None]
    so_far = [
        now - ticket.issued_at
        for ticket, state in zip(known, states, strict=True)
        if state is TicketState.WAITING
    ]
    return QueueFigures(
        issued=len(known),
        priority=sum(ticket.priority for ticket in known),
        waiting=states.count(TicketState.WAITING),
        served=sum(state in (TicketState.SERVED, TicketState.CALLED) for state in states),
        absent=states.count(TicketState.ABSENT),
        left=states.count(TicketState.LEFT),
        median_wait=timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None,
        longest_wait=max(waits, default=None),
        longest_now=max(so_far, default=None),
    )


def figures_by_group(tickets: Sequence[Ticket], now: datetime) -> Mapping[str, QueueFigures]:
    """Return the figures of each group that had tickets, by its name, in the order of the letters."""
    names = dict.fromkeys(each.group_name for each in sorted(tickets, key=lambda each: each.letter))
    return {name: queue_figures((t for t in tickets if t.group_name == name), now) for name in names}
