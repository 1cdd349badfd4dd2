"""counter-app report: what the office prints about itself; for now the posting sheet of procedures."""

import argparse
from pathlib import Path

from counter_app.cli.context import CliContext, day_argument


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of report."""
    parser.add_argument("report", choices=("posting",))
    parser.add_argument("--from", dest="since", metavar="DATE", help="also list what went out of force since")
    parser.add_argument("--to", metavar="DATE", help="the day the sheet is for; today when absent")
    parser.add_argument("--sector", default="", help="one sector only")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Write the report to the file."""
    from counter_app.devices.pdf_raster import page_count
    from counter_app.services.catalogue_papers import posting_paper
    from counter_app.services.whole_file import write_whole

    desk = context.desk("read")
    on = day_argument(arguments.to) if arguments.to else desk.clock.now().date()
    since = day_argument(arguments.since) if arguments.since else None
    paper = posting_paper(desk, on, since=since, sector=arguments.sector)
    write_whole(arguments.out, paper.pdf)
    return {
        "path": str(arguments.out),
        "pages": page_count(paper.pdf),
        "totals": {"posted": paper.posted, "taken_down": paper.taken_down},
    }
