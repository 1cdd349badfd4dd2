"""counter-app promises: slips a change of the calendar moves; list, change, keep."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of promises."""
    parser.add_argument("action", choices=("list", "change", "keep"))
    parser.add_argument("codes", nargs="*", metavar="CODE", help="the dossiers to change or keep")
    parser.add_argument("--all", action="store_true", help="every dossier of the list")
    parser.add_argument("--reason", default="", help="why, for the history of the dossier")
    parser.add_argument(
        "--out", type=Path, default=None, metavar="PATH", help="list: PDF file; change: folder of the slips"
    )


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """List the affected promises, or decide about those named."""
    listing = arguments.action == "list"
    if listing == bool(arguments.codes or arguments.all) or (arguments.codes and arguments.all):
        raise BadInput("usage", problem="CODE")
    if listing:
        return _list(context.desk("read" if arguments.out is None else "beside"), arguments.out)
    return _decide(context.desk("write"), arguments)


def _list(desk: "Desk", out: Path | None) -> list[dict[str, object]]:
    from counter_app.services.audit.noted import note
    from counter_app.services.promise_changes_json import affected_to_json
    from counter_app.services.promise_changes_sheet import promise_changes_paper
    from counter_app.services.recheck_promises import affected_promises
    from counter_app.services.whole_file import write_whole

    affected = affected_promises(desk)
    if out is not None:
        note(desk, "list_saved", "promise_changes", count=len(affected))
        write_whole(out, promise_changes_paper(desk, affected))
    return [affected_to_json(each) for each in affected]


def _decide(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.look_up import open_dossier
    from counter_app.services.promise_changes_json import moved_to_json
    from counter_app.services.recheck_promises import affected_promises, change_promises, keep_promises

    if arguments.all:
        ids = [each.dossier_id for each in affected_promises(desk)]
    else:
        ids = [open_dossier(desk, code).dossier.dossier_id for code in arguments.codes]
    changing = arguments.action == "change"
    act = change_promises if changing else keep_promises
    decided = act(desk, ids, arguments.reason)
    outcome: dict[str, object] = {
        "changed" if changing else "kept": [moved_to_json(dossier) for dossier in decided],
        "untouched": len(ids) - len(decided),
    }
    if changing and arguments.out is not None:
        outcome["slips"] = _slips(desk, decided, arguments.out)
    return outcome


def _slips(desk: "Desk", dossiers: "Sequence[Dossier]", folder: Path) -> list[str]:
    from counter_app.services.paper_files import write_paper
    from counter_app.services.print_papers import SLIP

    size = desk.settings.slip_size
    return [str(write_paper(desk, dossier, SLIP, folder=folder, size=size)) for dossier in dossiers]
