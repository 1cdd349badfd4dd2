"""counter-app report: the register, Biểu số II.06, the figures of a period, the posting sheet."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext, day_argument
from counter_app.cli.pdf_target import pdf_target
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_POSTING = "posting"
_TAKEN_DOWN_DAYS = 30  # what ended longer ago has left the board


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of report."""
    parser.add_argument("report", choices=("register", "b06", "day", _POSTING))
    parser.add_argument(
        "--from",
        dest="since",
        metavar="DATE",
        help="the first day, --to when absent; of posting: also list what went out of force since, "
        f"{_TAKEN_DOWN_DAYS} days before --to when absent",
    )
    parser.add_argument("--to", metavar="DATE", help="the last day; today when absent")
    parser.add_argument("--sector", default="", help="of posting: one sector only")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="a .pdf or (not posting) .xlsx"
    )


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Write the report to the file."""
    return _posting(context, arguments) if arguments.report == _POSTING else _figures(context, arguments)


def _figures(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.cli.report_target import report_target
    from counter_app.domain.period import Period
    from counter_app.services.reports.write_report import ReportKind, write_report

    target = report_target(arguments.out)
    last = day_argument(arguments.to) if arguments.to else context.moment().date()
    first = day_argument(arguments.since) if arguments.since else last
    period = Period(first=first, last=last)
    desk, kind = context.desk("beside"), ReportKind(arguments.report)
    written = write_report(desk, kind, period, target)
    return {
        "path": str(written.path),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "totals": dict(written.totals),
        **(_tip_of(desk, last) if kind is ReportKind.DAY else {}),
    }


def _tip_of(desk: "Desk", day: date) -> dict[str, object]:
    """Return where the audit log stood when the day was closed; empty while it is open."""
    with desk.store.reading() as queries:
        closings = queries.closings_of_day(desk.settings.counter.number, day)
    standing = [each for each in closings if each.reopened_at is None]
    return {"audit_seq": standing[-1].audit_seq, "audit_tip": standing[-1].audit_tip} if standing else {}


def _posting(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.devices.pdf_raster import page_count
    from counter_app.services.catalogue_papers import posting_paper, require_sector
    from counter_app.services.whole_file import write_whole

    target = pdf_target(arguments.out)
    desk = context.desk("read")
    on = day_argument(arguments.to) if arguments.to else desk.clock.now().date()
    since = _since(arguments.since, on)
    require_sector(desk, arguments.sector)
    paper = posting_paper(desk, on, since=since, sector=arguments.sector)
    write_whole(target, paper.pdf)
    gaps = {"unknown_fees": paper.gaps.unknown_fees, "without_limit": paper.gaps.without_limit}
    return {
        "path": str(target),
        "pages": page_count(paper.pdf),
        "totals": {"posted": paper.posted, "taken_down": paper.taken_down, **gaps},
        "warnings": [_incomplete(gaps)] if paper.gaps else [],
    }


def _since(text: str | None, on: date) -> date:
    since = day_argument(text) if text else on - timedelta(days=_TAKEN_DOWN_DAYS)
    if since > on:
        raise BadInput("days_reversed", first=since, last=on)
    return since


def _incomplete(gaps: dict[str, int]) -> dict[str, str]:
    from counter_app.messages import warning_text

    return {"code": "posting_incomplete", "message": warning_text("posting_incomplete", gaps)}
