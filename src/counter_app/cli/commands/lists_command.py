"""counter-app lists: hand several dossiers over, or to the post; show past lists; note a receipt."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.cli.pdf_target import pdf_target
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.transfer_list import ListKind, TransferList
    from counter_app.services.desk import Desk
    from counter_app.services.transfer_lists import ListEntry

_KINDS = ("hand-over", "postal")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of lists."""
    parser.add_argument("action", choices=(*_KINDS, "results", "show", "acknowledge"))
    parser.add_argument(
        "codes",
        nargs="*",
        metavar="CODE[=TEXT]",
        help="dossiers, each with its item code, result number or remark; show, acknowledge: the list's id",
    )
    parser.add_argument("--to", default="", metavar="NAME", help="who takes the list")
    parser.add_argument("--agency", action="store_true", help="the taker is an agency, no officer of ours")
    parser.add_argument("--note", default="")
    parser.add_argument("--leave-out", action="store_true", help="leave out what the rules refuse")
    parser.add_argument("--by", default="", metavar="NAME", help="acknowledge: who signed")
    parser.add_argument("--kind", choices=_KINDS, default=None, help="show: only lists of this kind")
    parser.add_argument("--out", type=Path, default=None, metavar="PDF", help="write the list as PDF")
    parser.add_argument("--labels", type=Path, default=None, metavar="PDF", help="postal: address labels")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Do one of the actions."""
    for path in (arguments.out, arguments.labels):
        if path is not None:
            pdf_target(path)
    match arguments.action:
        case "show":
            return _show(context, arguments)
        case "acknowledge":
            return _acknowledge(context.desk("write"), arguments)
        case "results":
            return _results(context.desk("write"), arguments)
        case _:
            return _make(context.desk("write"), arguments)


def _make(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.domain.dossier_life import Holder
    from counter_app.services.transfer_lists import make_list
    from counter_app.services.transfer_lists_json import left_out_to_json, list_to_json

    kind = _kind(arguments.action)
    to = Holder(name=arguments.to, agency=arguments.agency) if arguments.to else None
    if to is None and arguments.action == "hand-over":
        raise BadInput("usage", problem="--to")
    outcome = make_list(
        desk,
        kind,
        _entries(desk, arguments.codes),
        to=to,
        note=arguments.note,
        leave_out_refused=arguments.leave_out,
    )
    _write(desk, outcome.made, arguments)
    return {**list_to_json(outcome.made), "left_out": left_out_to_json(outcome.left_out)}


def _results(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.results_by_list import enter_results
    from counter_app.services.transfer_lists_json import left_out_to_json

    entered = enter_results(
        desk,
        _entries(desk, arguments.codes),
        leave_out_refused=arguments.leave_out,
    )
    return {"dossiers": list(entered.dossier_codes), "left_out": left_out_to_json(entered.left_out)}


def _show(context: CliContext, arguments: argparse.Namespace) -> object:
    from counter_app.services.transfer_lists_json import list_to_json, summary_to_json

    wants_paper = arguments.out is not None or arguments.labels is not None
    desk = context.desk("write" if wants_paper else "read")
    if not arguments.codes:
        kind = _kind(arguments.kind) if arguments.kind else None
        with desk.store.reading() as queries:
            return [summary_to_json(each) for each in queries.transfer_lists(kind)]
    made = _named(desk, arguments)
    _write(desk, made, arguments)
    return list_to_json(made)


def _acknowledge(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.transfer_lists import acknowledge
    from counter_app.services.transfer_lists_json import list_to_json

    made = _named(desk, arguments)
    return list_to_json(acknowledge(desk, made.list_id, arguments.by or made.to.name))


def _named(desk: "Desk", arguments: argparse.Namespace) -> "TransferList":
    from counter_app.services.transfer_lists import list_there

    if len(arguments.codes) != 1:
        raise BadInput("usage", problem="LIST_ID")
    with desk.store.reading() as queries:
        return list_there(queries.transfer_list(arguments.codes[0]))


def _write(desk: "Desk", made: "TransferList", arguments: argparse.Namespace) -> None:
    from counter_app.services import print_lists

    if arguments.out is not None:
        print_lists.save_list(desk, made.list_id, arguments.out)
    if arguments.labels is not None:
        print_lists.save_list(desk, made.list_id, arguments.labels, paper=print_lists.LABELS)


def _entries(desk: "Desk", codes: list[str]) -> "list[ListEntry]":
    from counter_app.services.transfer_lists import ListEntry

    entries = []
    with desk.store.reading() as queries:
        for each in codes:
            code, _equals, text = each.partition("=")
            dossier = queries.dossier_by_code(code)
            if dossier is None:
                raise BadInput("dossier_unknown", dossier_code=code[:40])
            entries.append(ListEntry(dossier_id=dossier.dossier_id, entry=text))
    return entries


def _kind(name: str) -> "ListKind":
    from counter_app.domain.transfer_list import ListKind

    return ListKind(name.replace("-", "_"))
