"""counter-app day: what keeps a day from being closed, close it, open it again, its sheet."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext, day_argument
from counter_app.cli.pdf_target import pdf_target
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.day_close import DayClose, FindingKind
    from counter_app.services.desk import Desk

_MOST_BYTES = 100_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of day."""
    parser.add_argument("action", choices=("findings", "close", "reopen", "sheet"))
    parser.add_argument("--day", metavar="DATE", help="the first open day when absent")
    parser.add_argument("--cash", type=int, metavar="VND", help="what was counted in the drawer")
    parser.add_argument(
        "--carry", type=Path, metavar="FILE", help='close: {"drafts": "reason"}, what is left for later'
    )
    parser.add_argument("--reason", default="", help="reopen: why")
    parser.add_argument("--out", type=Path, metavar="PDF", help="close, sheet: the sheet as a file")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Look at a day, close it or open it again."""
    from counter_app.services import day_close
    from counter_app.services.day_close_json import close_to_json, day_to_json

    day = day_argument(arguments.day) if arguments.day else None
    if arguments.action == "findings":
        return day_to_json(day_close.day_now(context.desk("read"), day, arguments.cash))
    out = pdf_target(arguments.out) if arguments.out else None
    reasons = _reasons(arguments.carry) if arguments.carry else {}
    desk = context.desk("write")
    day = day or day_close.day_now(desk).day
    if arguments.action == "reopen":
        return close_to_json(day_close.reopen_day(desk, day, arguments.reason))
    if arguments.action == "close":
        close = day_close.close_day(desk, day, arguments.cash, reasons)
    else:
        close = _standing(desk, day)
        if out is None:
            raise BadInput("usage", problem="out_missing")
    return {**close_to_json(close), **_written(desk, close, out)}


def _reasons(path: Path) -> "dict[FindingKind, str]":
    import json

    from counter_app.services.day_close_json import reasons_from_json

    try:
        body = path.read_bytes()[:_MOST_BYTES]
        return reasons_from_json(json.loads(body))
    except (OSError, ValueError, RecursionError) as problem:
        raise BadInput("bad_answers", field="carry") from problem


def _standing(desk: "Desk", day: date) -> "DayClose":
    with desk.store.reading() as queries:
        closings = queries.closings_of_day(desk.settings.counter.number, day)
    standing = [each for each in closings if each.reopened_at is None]
    if not standing:
        raise BadInput("day_not_closed", day=day)
    return standing[-1]


def _written(desk: "Desk", close: "DayClose", out: Path | None) -> dict[str, object]:
    from counter_app.services.print_day_close import save_day_close

    return {} if out is None else {"path": str(out), "copy_no": save_day_close(desk, close.close_id, out)}
