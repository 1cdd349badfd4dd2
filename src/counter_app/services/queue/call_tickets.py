"""Calls citizens to a counter and notes what became of them; one transaction each."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from counter_app.domain import queue
from counter_app.domain.errors import BadInput
from counter_app.domain.queue import Ticket, TicketState
from counter_app.domain.queue_order import next_ticket
from counter_app.services.clock_check import require_clock
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction


def call_next(desk: "Desk", *, counter: int = 0, groups: Collection[str] = ()) -> Ticket | None:
    """Call who is next to a counter and return the ticket, None when nobody waits.

    The ticket this counter called before is closed as served: one person at a time stands there. When
    nobody waits, it stays as it is.

    Args:
        desk: The desk.
        counter: The counter that calls; the desk's own when 0.
        groups: Ids of the groups it serves; all of them when empty.
    """
    now, counter = desk.clock.now(), counter or desk.settings.counter.number
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        today = list(transaction.tickets(now.date(), now.date()))
        served_here = [each for each in today if not groups or each.group_id in groups]
        following = next_ticket(served_here)
        if following is None:
            return None
        _close_present(transaction, desk, today, counter, now)
        called = queue.call(following, counter, now)
        transaction.change_ticket(called)
        _audit(transaction, desk, "ticket_called", called, now)
    return called


def call_ticket(desk: "Desk", ticket_id: str, *, counter: int = 0) -> Ticket:
    """Call one ticket out of turn: a citizen who was absent has come back.

    Raises:
        BadInput: ``ticket_unknown``.
        RuleRefusal: ``ticket_not_there_now``, ``ticket_of_another_day``, ``clock_set_back``.
    """
    at_counter = counter or desk.settings.counter.number

    def step(transaction: "Transaction", ticket: Ticket, now: "datetime") -> Ticket:
        called = queue.call(ticket, at_counter, now)
        today = transaction.tickets(now.date(), now.date())
        _close_present(transaction, desk, today, at_counter, now)
        return called

    return _change(desk, ticket_id, "ticket_called", step)


def recall(desk: "Desk", ticket_id: str) -> Ticket:
    """Call a ticket once more; RuleRefusal ``ticket_called_enough``, and as `call_ticket`."""
    return _change(desk, ticket_id, "ticket_recalled", lambda _t, ticket, now: queue.recall(ticket, now))


def serve(desk: "Desk", ticket_id: str, *, procedure_id: str = "") -> Ticket:
    """Note that the citizen was served, and for which procedure; errors as `call_ticket`."""
    return _change(
        desk, ticket_id, "ticket_served", lambda _t, ticket, now: queue.serve(ticket, now, procedure_id)
    )


def mark_absent(desk: "Desk", ticket_id: str) -> Ticket:
    """Note that nobody came; errors as `call_ticket`."""
    return _change(desk, ticket_id, "ticket_absent", lambda _t, ticket, now: queue.mark_absent(ticket, now))


def _change(
    desk: "Desk",
    ticket_id: str,
    act: str,
    step: "Callable[[Transaction, Ticket, datetime], Ticket]",
) -> Ticket:
    now = desk.clock.now()
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        ticket = transaction.ticket(ticket_id)
        if ticket is None:
            raise BadInput("ticket_unknown", ticket=ticket_id[:40])
        changed = step(transaction, ticket, now)
        transaction.change_ticket(changed)
        _audit(transaction, desk, act, changed, now)
    return changed


def _close_present(
    transaction: "Transaction",
    desk: "Desk",
    tickets: "Collection[Ticket]",
    counter: int,
    now: "datetime",
) -> None:
    for ticket in tickets:
        if ticket.state is TicketState.CALLED and ticket.counter == counter:
            transaction.change_ticket(queue.serve(ticket, now))
            _audit(transaction, desk, "ticket_served", ticket, now)


def _audit(transaction: "Transaction", desk: "Desk", act: str, ticket: Ticket, now: "datetime") -> None:
    transaction.append_audit(
        AuditEntry(
            at=now,
            clerk=desk.clerk,
            act=act,
            subject_id=ticket.ticket_id,
            detail={"counter": ticket.counter},
        )
    )
