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
    from counter_app.domain.local_values import effective_procedure
    from counter_app.domain.processing_time import ProcessingTime
    from counter_app.services.choose_case import case_of
    from counter_app.services.promise_json import promise_to_json
    from counter_app.services.promise_of_case import promise_of

    received = moment_argument(arguments.received)
    time = ProcessingTime.parse(arguments.time) if arguments.time else None
    if arguments.case and not arguments.procedure:
        raise BadInput("usage", problem="--case: --procedure")
    if time is None and not arguments.procedure:
        raise BadInput("usage", problem="--time or --procedure")
    source = context.local_source()
    calendar = source.calendar()
    if arguments.procedure:
        procedure = source.catalogue.procedure(arguments.procedure, received.date())
        here = effective_procedure(procedure, source.local_values, received.date())
        case = case_of(here, arguments.case)
        if time is None:
            return promise_to_json(promise_of(case, received, calendar))
    return promise_to_json(promise(received, time, same_day=False, no_promise=False, calendar=calendar))
