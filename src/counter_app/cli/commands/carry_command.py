"""counter-app carry: sync with the server by a file on a stick; export, import, show."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.cli.own_files import require_outside
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_protocol.carry import CarryHeader


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of carry."""
    parser.add_argument("action", choices=("export", "import", "show"))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--scans", action="store_true", help="export: the scans too that wait")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Write a file, take one in, or tell what one holds."""
    match arguments.action:
        case "export":
            return _export(context, arguments)
        case "import":
            return _import(context, arguments)
        case _:
            return _show(context, arguments.file)


def _export(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.carry.export_carry import export_carry
    from counter_app.sync.carry_file import CarryFilesOnDisk

    if not arguments.file.absolute().parent.is_dir():
        raise BadInput("out_folder_missing")
    require_outside(context.data_dir, arguments.file)
    done = export_carry(
        context.desk("write"),
        CarryFilesOnDisk(),
        arguments.file,
        with_scans=arguments.scans,
    )
    listed = _listed(done.header)
    return {"path": str(arguments.file), "size": done.size, "scans_left": done.scans_left, **listed}


def _import(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.carry.import_carry import import_carry
    from counter_app.sync.carry_file import CarryFilesOnDisk
    from counter_app.sync.carry_packs import CarriedPacks

    shelf = CarriedPacks(context.data_dir / "packs" / "incoming")
    desk = context.desk("write")
    done = import_carry(desk, CarryFilesOnDisk(), shelf, arguments.file)
    return {
        "file_id": done.header.file_id,
        "created": done.header.created,
        "repeated": done.repeated,
        "older": done.older,
        "acked": done.acked,
        "entries": done.entries,
        "dossiers": len(done.dossiers),
        "parked": done.parked,
        "packs": done.packs,
        "packs_refused": done.packs_refused,
        "blocks": done.blocks,
        "skipped": done.skipped,
        "gap": done.gap,
        "put_aside": done.put_aside,
        "export_again": done.export_again,
        "chain": done.chain,
    }


def _show(context: CliContext, file: Path) -> dict[str, object]:
    """Needs no set-up counter; where there is one, it also tells whether the sender is who the file says."""
    from counter_app.services.carry.show_carry import show_carry
    from counter_app.sync.carry_file import CarryFilesOnDisk

    desk = context.desk("read") if (context.data_dir / "counter.db").is_file() else None
    shown = show_carry(desk, CarryFilesOnDisk(), file)
    return {"for_this_counter": shown.for_this_counter, "signature": shown.signature, **_listed(shown.header)}


def _listed(header: "CarryHeader") -> dict[str, object]:
    return {
        "direction": header.direction,
        "unit": header.unit,
        "counter": header.counter,
        "sender": header.sender,
        "recipient": header.recipient,
        "file_id": header.file_id,
        "created": header.created,
        "answers": header.answers,
        "counts": header.counts,
        "kinds": header.kinds,
        "packs": header.packs,
    }
