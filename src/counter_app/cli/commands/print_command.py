"""counter-app print: a paper of a dossier as PDF, counted and marked as a reprint."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


_PAPERS = "slip, form:ID, supplement[:N], refusal, apology, stop, control, receipt[:N] or label"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of print."""
    parser.add_argument("code")
    parser.add_argument("paper", help=_PAPERS)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    parser.add_argument("--size", default="", choices=("", "A5", "A4", "80mm"))


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Write the paper to the file; a sheet asked for by name must be one the paper is made for."""
    from counter_app.devices.pdf_raster import page_count
    from counter_app.services.look_up import open_dossier
    from counter_app.services.paper_content import PaperSize
    from counter_app.services.paper_files import write_paper_to
    from counter_app.services.papers.paper_kinds import require_size

    if arguments.size:
        require_size(arguments.paper, PaperSize(arguments.size))
    desk = context.desk("write")
    warnings = _clock_warnings(desk)
    dossier = open_dossier(desk, arguments.code).dossier
    size = PaperSize(arguments.size) if arguments.size else desk.settings.slip_size
    paper = write_paper_to(desk, dossier, arguments.paper, target=arguments.out, size=size)
    return {
        "path": str(arguments.out),
        "copy_no": paper.copy_no,
        "pages": page_count(paper.pdf),
        "warnings": warnings,
    }


def _clock_warnings(desk: "Desk") -> list[dict[str, str]]:
    """A reprint carries the hour: a clock set back is worth a word, though nothing forbids printing."""
    from counter_app.messages import warning_text
    from counter_app.services.clock_check import later_moment

    now = desk.clock.now()
    with desk.store.reading() as queries:
        latest = later_moment(queries, now)
    if latest is None:
        return []
    message = warning_text("clock_set_back", {"now": now, "latest": latest})
    return [{"code": "clock_set_back", "message": message}]
