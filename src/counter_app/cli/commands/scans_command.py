"""counter-app scans: the scanned papers of a dossier; list, add, export."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.attachments_port import Attachment
    from counter_app.services.desk import Desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of scans."""
    parser.add_argument("action", choices=("list", "add", "export"))
    parser.add_argument("code")
    parser.add_argument(
        "part", nargs="?", default="", help="add: the id of the paper, as `scans list` shows it"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="add: PDF, JPEG, PNG or TIFF")
    parser.add_argument(
        "--replace", action="store_true", help="add: instead of the file there is, not after it"
    )
    parser.add_argument("--accept-low", action="store_true", help="add: below 200 dpi too")
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="export: the folder")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """List the papers with their files, attach files to one, or copy all of them out."""
    from counter_app.services.look_up import open_dossier

    _check(arguments)
    desk = context.desk("read" if arguments.action == "list" else "write")
    dossier = open_dossier(desk, arguments.code).dossier
    if arguments.action == "list":
        return _list(desk, dossier)
    if arguments.action == "add":
        return _add(desk, dossier, arguments)
    return _export(desk, dossier, arguments)


def _check(arguments: argparse.Namespace) -> None:
    adding, exporting = arguments.action == "add", arguments.action == "export"
    if adding and not arguments.files:
        raise BadInput("usage", problem="PART FILE")
    if arguments.part and not adding:
        raise BadInput("usage", problem=arguments.part[:40])
    if exporting and arguments.out is None:
        raise BadInput("usage", problem="--out")


def _list(desk: "Desk", dossier: "Dossier") -> list[dict[str, object]]:
    from counter_app.services.scans.scan_parts import parts_of_dossier

    with desk.store.reading() as queries:
        parts = parts_of_dossier(queries, dossier)
        files = {each.part_id: each for each in queries.attachments(dossier_id=dossier.dossier_id)}
    lines: list[dict[str, object]] = [
        {"part_id": part.part_id, "part": part.name, "file": _file(dossier, files.pop(part.part_id, None))}
        for part in parts
    ]
    lines += [
        {"part_id": each.part_id, "part": each.part_name, "file": _file(dossier, each)}
        for each in files.values()
    ]
    return lines


def _add(desk: "Desk", dossier: "Dossier", arguments: argparse.Namespace) -> dict[str, object] | None:
    from counter_app.services.scans.attach import ScanOwner, attach, prepare
    from counter_app.services.scans.scan_parts import part_of_dossier
    from counter_app.services.scans.scan_sources import read_file

    with desk.store.reading() as queries:
        part = part_of_dossier(queries, dossier, arguments.part)
        there = [
            each.attachment_id
            for each in queries.attachments(dossier_id=dossier.dossier_id)
            if each.part_id == part.part_id
        ]
    before = there[0] if there else ""
    contents = [read_file(path) for path in arguments.files]
    made = prepare(desk, contents, onto="" if arguments.replace else before)
    attached = attach(
        desk,
        ScanOwner(dossier_id=dossier.dossier_id),
        part,
        made,
        replaces=before,
        low_accepted=arguments.accept_low,
    )
    return _file(dossier, attached)


def _export(desk: "Desk", dossier: "Dossier", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.scans.keep import export_scans

    written = export_scans(desk, dossier, arguments.out)
    return {"files": [str(path) for path in written]}


def _file(dossier: "Dossier", attachment: "Attachment | None") -> dict[str, object] | None:
    from counter_app.services.scans.scan_records import name_of

    if attachment is None:
        return None
    return {
        "attachment_id": attachment.attachment_id,
        "name": name_of(dossier, attachment),
        "pages": attachment.pages,
        "dpi": attachment.dpi,
        "straightened_degrees": attachment.skew,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "signed": attachment.signed,
        "added_at": attachment.added_at.isoformat(),
        "clerk": attachment.clerk,
    }
