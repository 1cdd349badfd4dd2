"""counter-app outbox: what has not reached the server; list, retry, export for support."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import OutItem, ScanUpload

_MOST = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of outbox."""
    parser.add_argument("action", choices=("list", "retry", "export"))
    parser.add_argument("item", nargs="?", default="", metavar="ID", help="retry: as `outbox list` shows it")
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="export: the JSON file")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """List what waits, let a held item be sent again, or write what support needs."""
    if (arguments.action == "retry") != bool(arguments.item):
        raise BadInput("usage", problem="retry ID")
    if (arguments.action == "export") != (arguments.out is not None):
        raise BadInput("usage", problem="export --out FILE")
    if arguments.action == "list":
        return _list(context.desk("read", sign_in=False))
    if arguments.action == "retry":
        return _retry(context.desk("write"), arguments.item)
    return _export(context.desk("read"), arguments.out)


def _list(desk: "Desk") -> dict[str, object]:
    with desk.store.reading() as queries:
        state = queries.sync_state()
        items = queries.out_items(limit=_MOST)
        uploads = queries.uploads()
    return {
        "waiting": state.waiting,
        "quarantined": state.quarantined,
        "scans_waiting": state.scans_waiting,
        "items": [_event(item) for item in items],
        "scans": [_scan(upload) for upload in uploads],
    }


def _retry(desk: "Desk", item: str) -> dict[str, object]:
    """Let an event or a scan that was put aside be sent again with the next exchange."""
    from counter_app.domain.clerks import Permission
    from counter_app.services.sync_port import ItemState

    desk.require(Permission.RECEIVE)
    with desk.store.writing() as transaction:
        released = transaction.release(item)
        upload = next((each for each in transaction.uploads() if each.attachment_id == item), None)
        if upload is not None and upload.state is ItemState.QUARANTINED:
            again = replace(upload, state=ItemState.WAITING, attempts=0, next_attempt_at=None, last_answer="")
            transaction.put_upload(again)
            released = True
    if not released:
        raise BadInput("outbox_item_unknown", item=item[:80])
    return {"released": item}


def _export(desk: "Desk", target: Path) -> dict[str, object]:
    from counter_app.services.sync.support_export import write_support_report

    if not target.absolute().parent.is_dir():
        raise BadInput("out_folder_missing")
    return {"path": str(target), "items": write_support_report(desk, target)}


def _event(item: "OutItem") -> dict[str, object]:
    return {
        "id": item.event_id,
        "dossier_id": item.dossier_id,
        "kind": item.kind,
        "at": item.at.isoformat(),
        "size": item.size,
        "state": item.state.value,
        "attempts": item.attempts,
        "answer": item.last_answer,
        "words": _words(item.last_answer),
    }


def _scan(upload: "ScanUpload") -> dict[str, object]:
    return {
        "id": upload.attachment_id,
        "dossier_id": upload.dossier_id,
        "size": upload.size,
        "sent": upload.sent,
        "state": upload.state.value,
        "attempts": upload.attempts,
        "answer": upload.last_answer,
        "words": _words(upload.last_answer),
    }


def _words(answer: str) -> str:
    from counter_app.sync_words import text_of_answer

    return text_of_answer(answer)
