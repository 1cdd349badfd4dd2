"""What is handed to support: where sync is stuck, without a word of any citizen.

Identifiers, kinds, sizes, codes and hashes only; no dossier code, no name of a paper, no address of a person,
so the file may be sent by any mail.
"""

import json
from typing import TYPE_CHECKING

from counter_app.services.sync.items import HELD
from counter_app.services.sync_port import ItemState
from counter_protocol.events import SCHEMA_VERSION
from counter_protocol.version import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries
    from counter_app.services.sync_port import InItem, LaneReport, Notice, OutItem, ScanUpload

_STEP = 500
MOST_WAITING = 1_000  # items that merely wait; those held are all in


def support_report(desk: "Desk") -> dict[str, object]:
    """Return what support needs; errors as `Store.reading`."""
    counter, now = desk.settings.counter, desk.clock.now()
    with desk.store.reading() as queries:
        state, enrolment, end = queries.sync_state(), queries.enrolment(), queries.chain_end()
        items = list(_items(queries))
        return {
            "kind": "sync_support",
            "made_at": now.isoformat(),
            "protocol": PROTOCOL,
            "event_schema": SCHEMA_VERSION,
            "unit_code": desk.settings.office.unit_code,
            "counter": counter.number,
            "device_id": counter.device_id,
            "enrolled": enrolment is not None,
            "epoch": end.epoch,
            "chain_seq": end.seq,
            "chain_tip": end.hash.hex(),
            "acked_seq": queries.acked_seq(),
            "cursor": state.cursor,
            "waiting": state.waiting,
            "quarantined": state.quarantined,
            "scans_waiting": state.scans_waiting,
            "scan_bytes_waiting": state.scan_bytes_waiting,
            "clock_ahead_s": state.clock_ahead_s,
            "lanes": [_lane(each) for each in state.lanes],
            "items": items,
            "uploads": [_upload(each) for each in queries.uploads()],
            "parked": [_parked(each) for each in queries.parked()],
            "notices": [_notice(each) for each in queries.notices()],
        }


def write_support_report(desk: "Desk", target: "Path") -> int:
    """Write the report to a file and return how many items it names.

    Raises:
        EnvironmentProblem: ``paper_not_saved``, and as `Store.reading`.
    """
    from counter_app.services.whole_file import write_whole

    report = support_report(desk)
    write_whole(target, json.dumps(report, indent=1, sort_keys=True).encode())
    items = report["items"]
    return len(items) if isinstance(items, list) else 0


def _items(queries: "Queries") -> "Iterator[dict[str, object]]":
    after, waiting = 0, 0
    while found := queries.out_items(limit=_STEP, after=after):
        for each in found:
            waiting += each.state not in HELD
            if each.state in HELD or waiting <= MOST_WAITING:
                yield _item(each)
        after = found[-1].seq


def _item(item: "OutItem") -> dict[str, object]:
    return {
        "seq": item.seq,
        "epoch": item.epoch,
        "epoch_seq": item.epoch_seq,
        "event_id": item.event_id,
        "dossier_id": item.dossier_id,
        "kind": item.kind,
        "at": item.at.isoformat(),
        "size": item.size,
        "hash": item.hash.hex(),
        "state": ItemState(item.state).value,
        "attempts": item.attempts,
        "answer": item.last_answer,
    }


def _lane(report: "LaneReport") -> dict[str, object]:
    return {
        "lane": report.lane.value,
        "failures": report.failures,
        "answer": report.answer,
        "tried_at": _text(report.tried_at),
        "succeeded_at": _text(report.succeeded_at),
        "next_attempt_at": _text(report.next_attempt_at),
    }


def _upload(upload: "ScanUpload") -> dict[str, object]:
    return {
        "attachment_id": upload.attachment_id,
        "dossier_id": upload.dossier_id,
        "size": upload.size,
        "sent": upload.sent,
        "sha256": upload.sha256,
        "state": ItemState(upload.state).value,
        "attempts": upload.attempts,
        "answer": upload.last_answer,
    }


def _parked(item: "InItem") -> dict[str, object]:
    return {
        "office_seq": item.office_seq,
        "event_id": item.event_id,
        "kind": item.kind,
        "problem": item.problem,
        "attempts": item.attempts,
    }


def _notice(notice: "Notice") -> dict[str, object]:
    return {"notice_id": notice.notice_id, "kind": notice.kind, "at": notice.at.isoformat()}


def _text(moment: "datetime | None") -> str | None:
    return moment.isoformat() if moment else None
