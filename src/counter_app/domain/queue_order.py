"""Who is called next.

The rule: within a kind, who came first is called first. Priority tickets go before ordinary ones, but
never more than `PRIORITY_RUN` in a row while an ordinary one waits; then the ordinary one that waited
longest has its turn. So whoever is the n-th ordinary ticket in line is called within n × 3 calls,
however many priority tickets come meanwhile. Our own rule; the law says "first", not how.
"""

from collections.abc import Iterable, Sequence

from counter_app.domain.queue import Ticket, TicketState

PRIORITY_RUN = 2


def next_ticket(tickets: Iterable[Ticket]) -> Ticket | None:
    """Return which of a day's tickets is called next, None when nobody waits.

    Args:
        tickets: All of the day in the groups the counter serves, those called already included.
    """
    known = list(tickets)
    waiting = in_line(known)
    ordinary = next((ticket for ticket in waiting if not ticket.priority), None)
    first = next((ticket for ticket in waiting if ticket.priority), None)
    if ordinary is None or first is None:
        return ordinary or first
    return ordinary if _run(known) >= PRIORITY_RUN else first


def in_line(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return those who wait, the one who came first in front."""
    waiting = (ticket for ticket in tickets if ticket.state is TicketState.WAITING)
    return sorted(waiting, key=lambda ticket: (ticket.issued_at, ticket.letter, ticket.number))


def waiting_before(tickets: Iterable[Ticket], ticket: Ticket) -> int:
    """Return how many of its group stand in front of a ticket just taken.

    For a priority ticket only those like it count. Ordinary ones hear how many are there now;
    who comes later with priority may still be called first.
    """
    ahead = [
        each
        for each in in_line(tickets)
        if each.group_id == ticket.group_id and each.ticket_id != ticket.ticket_id
    ]
    return sum(each.priority or not ticket.priority for each in ahead)


def _run(tickets: Sequence[Ticket]) -> int:
    """Return how many priority tickets were called last without an ordinary one between them."""
    called = sorted(
        (ticket for ticket in tickets if ticket.called_at is not None),
        key=lambda ticket: (ticket.called_at, ticket.letter, ticket.number),
        reverse=True,
    )
    run = 0
    for ticket in called:
        if not ticket.priority:
            break
        run += 1
    return run
