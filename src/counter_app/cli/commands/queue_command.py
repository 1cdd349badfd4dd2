"""counter-app queue: tickets of this computer's queue; issue, call, recall, serve, absent, figures."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext, day_argument
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.queue import Ticket
    from counter_app.services.desk import Desk

_OF_ONE_TICKET = ("recall", "serve", "absent", "call-again")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of queue."""
    parser.add_argument(
        "action",
        choices=("issue", "call", *_OF_ONE_TICKET, "now", "figures"),
        help="call-again: a citizen who was absent has come back",
    )
    parser.add_argument("what", nargs="?", default="", metavar="GROUP|TICKET")
    parser.add_argument("--priority", action="store_true", help="issue: elderly, disabled, pregnant …")
    parser.add_argument("--counter", type=int, default=0, help="call: to which counter; this one when absent")
    parser.add_argument("--group", action="append", default=[], help="call: only this group; may be repeated")
    parser.add_argument("--out", type=Path, default=None, metavar="PDF", help="issue: the ticket as a file")
    parser.add_argument("--from", dest="first_day", metavar="DATE", help="figures: today when absent")
    parser.add_argument("--to", dest="last_day", metavar="DATE", help="figures: as --from when absent")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Do one thing to the queue, or tell about it."""
    action = arguments.action
    if bool(arguments.what) != (action in ("issue", *_OF_ONE_TICKET)):
        raise BadInput("usage", problem="nothing_expected" if arguments.what else "key_missing")
    if action == "figures":
        return _figures(context, arguments)
    if action == "now":
        return _now(context.desk("read"))
    desk = context.desk("write")
    if action == "issue":
        return _issue(desk, arguments)
    if action == "call":
        return _called(desk, arguments)
    return _ticket(_change(desk, action, arguments))


def _issue(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.queue.issue_ticket import issue_ticket, ticket_pdf
    from counter_app.services.whole_file import write_whole

    ticket = issue_ticket(desk, arguments.what, priority=arguments.priority)
    if arguments.out is not None:
        write_whole(arguments.out, ticket_pdf(desk, ticket))
    return _ticket(ticket)


def _called(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.queue.call_tickets import call_next

    ticket = call_next(desk, counter=arguments.counter, groups=arguments.group)
    return {"called": None} if ticket is None else {"called": _ticket(ticket)}


def _change(desk: "Desk", action: str, arguments: argparse.Namespace) -> "Ticket":
    from counter_app.services.queue import call_tickets

    day = desk.clock.now().date().isoformat()
    name = arguments.what if arguments.what.startswith("20") else f"{day}-{arguments.what.upper()}"
    if action == "call-again":
        return call_tickets.call_ticket(desk, name, counter=arguments.counter)
    acts = {"recall": call_tickets.recall, "serve": call_tickets.serve, "absent": call_tickets.mark_absent}
    return acts[action](desk, name)


def _now(desk: "Desk") -> dict[str, object]:
    from counter_app.services.queue.queue_now import queue_now

    now = queue_now(desk)
    return {
        "waiting": [_ticket(ticket) for ticket in now.waiting],
        "at_counters": [_ticket(ticket) for ticket in now.at_counters.values()],
        "absent": [_ticket(ticket) for ticket in now.absent],
    }


def _figures(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.queue.queue_json import period_to_json
    from counter_app.services.queue.queue_now import period_figures

    first = day_argument(arguments.first_day) if arguments.first_day else context.moment().date()
    last = day_argument(arguments.last_day) if arguments.last_day else first
    return period_to_json(period_figures(context.desk("read"), first, last))


def _ticket(ticket: "Ticket") -> dict[str, object]:
    from counter_app.services.queue.queue_json import ticket_to_json

    return ticket_to_json(ticket)
