"""counter-app enrol: make this counter known to the central server with a one-time code."""

import argparse

from counter_app.cli.context import CliContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of enrol."""
    parser.add_argument("--server", required=True, metavar="URL", help="https://…")
    parser.add_argument("--code", required=True, help="the one-time code of the server's administrator")
    parser.add_argument("--insecure", action="store_true", help="allow http:// to another machine")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Enrol the counter, or enrol it anew."""
    desk = context.desk("write")
    exchange = context.doors.exchange(desk, context.data_dir)
    exchange.enrol(arguments.server, arguments.code, insecure=arguments.insecure)
    with desk.store.reading() as queries:
        enrolment, state = queries.enrolment(), queries.sync_state()
    return {
        "server": enrolment.server_url if enrolment else "",
        "unit_code": desk.settings.office.unit_code,
        "counter": desk.settings.counter.number,
        "device_id": desk.settings.counter.device_id,
        "waiting": state.waiting,
    }
