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
    from counter_app.services.promise_json import promise_to_json

    received = moment_argument(arguments.received)
    time = ProcessingTime.parse(arguments.time) if arguments.time else None
    catalogue = context.catalogue()
    same_day = no_promise = False
    if arguments.procedure:
        procedure = catalogue.procedure(arguments.procedure, received.date())
        case = procedure.case(arguments.case) if arguments.case else procedure.cases[0]
        if case is None:
            raise BadInput("case_unknown", case=arguments.case, procedure=procedure.name)
        if time is None:
            time, same_day, no_promise = case.time, case.same_day, case.no_promise
    elif time is None:
        raise BadInput("usage", problem="--time or --procedure")
    result = promise(received, time, same_day=same_day, no_promise=no_promise, calendar=catalogue.calendar())
    return promise_to_json(result)
