"""counter-app procedures: the catalogue in force on a day."""

import argparse
from datetime import date
from pathlib import Path

from counter_app.cli.context import CliContext, day_argument
from counter_app.cli.pdf_target import pdf_target
from counter_app.domain.errors import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of procedures."""
    parser.add_argument("action", choices=("list", "show", "search", "check", "sheet"))
    parser.add_argument(
        "subject", nargs="?", default="", metavar="ID|TEXT", help="show, sheet: the id; search: words"
    )
    parser.add_argument("--on", metavar="DATE", help="the day to look at; today when absent")
    parser.add_argument("--case", default="", metavar="ID", help="sheet: one case only")
    parser.add_argument("--out", type=Path, metavar="FILE", help="sheet: where the instruction sheet goes")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """List, show, search, check what has expired or soon will, or write an instruction sheet."""
    from counter_app.services.procedure_json import procedure_to_json

    on = day_argument(arguments.on) if arguments.on else context.moment().date()
    _check_usage(arguments)
    if arguments.action == "sheet":
        return _sheet(context, arguments, on)
    if arguments.action == "check":
        return _check(context, on)
    source = context.local_source()
    catalogue, values = source.catalogue, source.local_values
    if arguments.action == "show":
        procedure = catalogue.procedure(arguments.subject, on)
        return procedure_to_json(procedure, catalogue=catalogue, on=on, values=values)
    found = (
        catalogue.procedures(on) if arguments.action == "list" else catalogue.search(arguments.subject, on)
    )
    return [procedure_to_json(procedure, on=on, values=values) for procedure in found]


def _check_usage(arguments: argparse.Namespace) -> None:
    needed = {"show": "id_missing", "sheet": "id_missing", "search": "words_missing"}.get(arguments.action)
    if needed and not arguments.subject:
        raise BadInput("usage", problem=needed)
    if arguments.subject and not needed:
        raise BadInput("usage", problem="nothing_expected")


def _check(context: CliContext, on: date) -> dict[str, object]:
    from counter_app.services.expiry_json import expiry_to_json

    return expiry_to_json(context.catalogue(), on)


def _sheet(context: CliContext, arguments: argparse.Namespace, on: date) -> dict[str, object]:
    from counter_app.devices.pdf_raster import page_count
    from counter_app.services.catalogue_papers import instruction_paper
    from counter_app.services.whole_file import write_whole

    if arguments.out is None:
        raise BadInput("usage", problem="out_missing")
    target = pdf_target(arguments.out)
    pdf = instruction_paper(context.desk("read", sign_in=False), arguments.subject, on, arguments.case)
    write_whole(target, pdf)
    return {"path": str(target), "pages": page_count(pdf)}
