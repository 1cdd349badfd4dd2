"""counter-app due: the promised date, explained day by day."""

import argparse

from counter_app.cli.context import CliContext, moment_argument
from counter_app.domain.errors import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of due."""
    parser.add_argument("--received", required=True, metavar="ISO")
    parser.add_argument("--time", metavar="5wd|8wh|15d")
    parser.add_argument("--procedure", metavar="ID")
    parser.add_argument("--case", metavar="ID", default="")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Compute the promise for a limit, or for a procedure's case."""
    from counter_app.domain.due_date import promise
    from counter_app.domain.processing_time import ProcessingTime
    from counter_app.services.choose_case import case_of
    from counter_app.services.promise_json import promise_to_json

    received = moment_argument(arguments.received)
    time = ProcessingTime.parse(arguments.time) if arguments.time else None
    catalogue = context.catalogue()
    same_day = no_promise = False
    if arguments.procedure:
        procedure = catalogue.procedure(arguments.procedure, received.date())
        case = case_of(procedure, arguments.case)
        if time is None:
            time, same_day, no_promise = case.time, case.same_day, case.no_promise
    elif arguments.case:
        raise BadInput("usage", problem="--case: --procedure")
    elif time is None:
        raise BadInput("usage", problem="--time or --procedure")
    result = promise(received, time, same_day=same_day, no_promise=no_promise, calendar=catalogue.calendar())
    return promise_to_json(result)
