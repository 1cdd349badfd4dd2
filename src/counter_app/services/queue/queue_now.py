"""The queue as it stands: who waits, who is at which counter, how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.queue import Ticket, TicketState
from counter_app.domain.queue_order import in_line
from counter_app.domain.waiting_figures import QueueFigures, figures_by_group, queue_figures

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_CALLS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueNow:
    """Today's queue. ``at_counters`` are the tickets called and not closed yet, by counter."""

    waiting: tuple[Ticket, ...] = ()
    at_counters: Mapping[int, Ticket]
    last_calls: tuple[Ticket, ...] = ()
    absent: tuple[Ticket, ...] = ()
    figures: QueueFigures
    waiting_by_group: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """Figures of some days, whole and by the name of the group."""

    first_day: date
    last_day: date
    whole: QueueFigures
    by_group: Mapping[str, QueueFigures]


def queue_now(desk: "Desk") -> QueueNow:
    """Return today's queue."""
    now = desk.clock.now()
    with desk.store.reading() as queries:
        today = list(queries.tickets(now.date(), now.date()))
    waiting = tuple(in_line(today))
    called = [ticket for ticket in today if ticket.last_call_at is not None]
    newest = sorted(called, key=lambda ticket: (ticket.last_call_at, ticket.label), reverse=True)
    groups = dict.fromkeys(ticket.group_id for ticket in waiting)
    return QueueNow(
        waiting=waiting,
        at_counters={each.counter: each for each in reversed(newest) if each.state is TicketState.CALLED},
        last_calls=tuple(newest[:_CALLS_SHOWN]),
        absent=tuple(ticket for ticket in newest if ticket.state is TicketState.ABSENT),
        figures=queue_figures(today, now),
        waiting_by_group={group: sum(each.group_id == group for each in waiting) for group in groups},
    )


def period_figures(desk: "Desk", first_day: date, last_day: date) -> PeriodFigures:
    """Return the figures of some days, both included."""
    now = desk.clock.now()
    with desk.store.reading() as queries:
        tickets = list(queries.tickets(first_day, last_day))
    return PeriodFigures(
        first_day=first_day,
        last_day=last_day,
        whole=queue_figures(tickets, now),
        by_group=figures_by_group(tickets, now),
    )
