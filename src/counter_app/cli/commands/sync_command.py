"""counter-app sync: exchange with the central server without the window."""

import argparse
import threading
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext

if TYPE_CHECKING:
    from counter_app.services.sync_control import SyncControl, SyncReport
    from counter_app.services.sync_port import LaneReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of sync."""
    parser.add_argument("--once", action="store_true", help="one exchange; else until Ctrl+C")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Exchange once, or until somebody ends it; tell what the last exchange did."""
    exchange = context.doors.exchange(context.desk("write", sign_in=False), context.data_dir)
    if not arguments.once:
        _until_interrupted(exchange)
    return _to_json(exchange.run_once())


def _until_interrupted(exchange: "SyncControl") -> None:
    exchange.start()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        exchange.stop(60)


def _to_json(report: "SyncReport") -> dict[str, object]:
    return {
        "ok": not any(lane.failures for lane in report.lanes),
        "sent": report.sent,
        "received": report.received,
        "quarantined": report.quarantined,
        "scans_sent": report.scans_sent,
        "packs_complete": report.packs_complete,
        "bytes_sent": report.bytes_sent,
        "bytes_received": report.bytes_received,
        "waiting": report.waiting,
        "scans_waiting": report.scans_waiting,
        "lanes": [_lane(lane) for lane in report.lanes],
    }


def _lane(report: "LaneReport") -> dict[str, object]:
    from counter_app.sync_words import text_of_answer

    again = report.next_attempt_at
    return {
        "lane": report.lane.value,
        "failures": report.failures,
        "answer": report.answer,
        "words": text_of_answer(report.answer),
        "next_attempt_at": again.isoformat() if again is not None else None,
    }
