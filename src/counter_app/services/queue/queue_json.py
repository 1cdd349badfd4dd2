"""The queue as JSON, for the command line."""

from datetime import timedelta

from counter_app.domain.queue import Ticket
from counter_app.domain.waiting_figures import QueueFigures
from counter_app.services.queue.queue_now import PeriodFigures


def ticket_to_json(ticket: Ticket) -> dict[str, object]:
    """Return a ticket."""
    return {
        "ticket_id": ticket.ticket_id,
        "number": ticket.label,
        "group": ticket.group_id,
        "group_name": ticket.group_name,
        "priority": ticket.priority,
        "state": ticket.state.value,
        "issued_at": ticket.issued_at.isoformat(),
        "called_at": ticket.called_at.isoformat() if ticket.called_at else None,
        "calls": ticket.calls,
        "counter": ticket.counter or None,
    }


def period_to_json(figures: PeriodFigures) -> dict[str, object]:
    """Return figures; waits in whole seconds, null while nobody was called."""
    return {
        "first_day": figures.first_day.isoformat(),
        "last_day": figures.last_day.isoformat(),
        **_figures(figures.whole),
        "groups": {name: _figures(each) for name, each in figures.by_group.items()},
    }


def _figures(figures: QueueFigures) -> dict[str, object]:
    return {
        "issued": figures.issued,
        "priority": figures.priority,
        "waiting": figures.waiting,
        "served": figures.served,
        "absent": figures.absent,
        "left": figures.left,
        "median_wait_s": _seconds(figures.median_wait),
        "longest_wait_s": _seconds(figures.longest_wait),
        "longest_now_s": _seconds(figures.longest_now),
    }


def _seconds(wait: timedelta | None) -> int | None:
    return None if wait is None else round(wait.total_seconds())
