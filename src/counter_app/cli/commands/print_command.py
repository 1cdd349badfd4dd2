"""counter-app print: a paper of a dossier as PDF, counted and marked as a reprint."""

import argparse
from pathlib import Path

from counter_app.cli.context import CliContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of print."""
    parser.add_argument("code")
    parser.add_argument("paper", help="slip or form:ID")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    parser.add_argument("--size", default="", choices=("", "A5", "A4", "80mm"))


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Write the paper to the file."""
    from counter_app.devices.pdf_raster import page_count
    from counter_app.services.look_up import open_dossier
    from counter_app.services.paper_content import PaperSize
    from counter_app.services.paper_files import write_paper_to

    desk = context.desk("write")
    dossier = open_dossier(desk, arguments.code).dossier
    size = PaperSize(arguments.size) if arguments.size else desk.settings.slip_size
    paper = write_paper_to(desk, dossier, arguments.paper, target=arguments.out, size=size)
    return {"path": str(arguments.out), "copy_no": paper.copy_no, "pages": page_count(paper.pdf)}
