"""Hands out a ticket: saved first, printed afterwards; a printer that fails loses nothing."""

from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.queue import Ticket
from counter_app.domain.queue_order import waiting_before
from counter_app.services.clock_check import require_clock
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.ports import AuditEntry
from counter_app.services.queue.queue_settings import load
from counter_app.services.queue.ticket_content import TicketContent

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

TICKET_FILE = "so-thu-tu.pdf"


def issue_ticket(desk: "Desk", group_id: str, *, priority: bool = False) -> Ticket:
    """Write and return the next ticket of a group; numbers start at 1 every day.

    Raises:
        BadInput: ``ticket_group_unknown``.
        RuleRefusal: ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`.
    """
    now = desk.clock.now()
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        group = next((g for g in load(transaction).groups if g.group_id == group_id), None)
        if group is None:
            raise BadInput("ticket_group_unknown", group=group_id[:40])
        ticket = Ticket(
            day=now.date(),
            letter=group.letter,
            number=transaction.last_ticket_number(now.date(), group.letter) + 1,
            group_id=group.group_id,
            group_name=group.name,
            priority=priority,
            issued_at=now,
        )
        transaction.add_ticket(ticket)
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=desk.clerk,
                act="ticket_issued",
                subject_id=ticket.ticket_id,
                detail={"group": group.group_id, "priority": priority},
            )
        )
    return ticket


def ticket_pdf(desk: "Desk", ticket: Ticket, *, size: PaperSize | None = None) -> bytes:
    """Draw a ticket: 80 mm where slips are printed so, else a quarter of an A5 sheet."""
    settings = desk.settings
    with desk.store.reading() as queries:
        ahead = waiting_before(queries.tickets(ticket.day, ticket.day), ticket)
    content = TicketContent(
        office_name=desk.office(ticket.day).name,
        number=ticket.label,
        group=ticket.group_name,
        priority=ticket.priority,
        issued_text=f"{ticket.issued_at:%H} giờ {ticket.issued_at:%M}, ngày {ticket.issued_at:%d/%m/%Y}",
        waiting_before=ahead,
        marks=Marks(training=settings.counter.training),
    )
    return desk.renderer.ticket(content, size or settings.slip_size)


def print_ticket(desk: "Desk", ticket: Ticket) -> None:
    """Send a ticket to the printer and record what became of it; errors as `Printer.print_pdf`."""
    settings = desk.settings
    size = PaperSize.MM80 if settings.slip_size is PaperSize.MM80 else PaperSize.A5
    outcome, problem = "ticket_printed", ""
    try:
        desk.printer.print_pdf(
            ticket_pdf(desk, ticket, size=size),
            printer_name=settings.printer_name,
            size=size,
            title=TICKET_FILE,
        )
    except EnvironmentProblem as failure:
        outcome, problem = "ticket_not_printed", failure.code
        raise
    finally:
        _record(desk, ticket, outcome, problem)


def _record(desk: "Desk", ticket: Ticket, outcome: str, problem: str) -> None:
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act=outcome,
                subject_id=ticket.ticket_id,
                detail={"problem": problem} if problem else {},
            )
        )
