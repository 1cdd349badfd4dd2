"""counter-app procedures: the catalogue in force on a day."""

import argparse

from counter_app.cli.context import CliContext, day_argument
from counter_app.domain.errors import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of procedures."""
    parser.add_argument("action", choices=("list", "show", "search", "check"))
    parser.add_argument("subject", nargs="?", default="", metavar="ID|TEXT")
    parser.add_argument("--on", metavar="DATE", help="the day to look at; today when absent")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """List, show, search, or check what has expired or soon will."""
    from counter_app.services.procedure_json import expiry_to_json, procedure_to_json

    on = day_argument(arguments.on) if arguments.on else context.moment().date()
    if bool(arguments.subject) != (arguments.action in ("show", "search")):
        raise BadInput("usage", problem="ID|TEXT")
    catalogue = context.catalogue()
    if arguments.action == "list":
        return [procedure_to_json(procedure) for procedure in catalogue.procedures(on)]
    if arguments.action == "check":
        return expiry_to_json(catalogue, on)
    if arguments.action == "search":
        return [procedure_to_json(procedure) for procedure in catalogue.search(arguments.subject, on)]
    procedure = catalogue.procedure(arguments.subject, on)
    return procedure_to_json(procedure, catalogue=catalogue, on=on)
