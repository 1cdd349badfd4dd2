"""counter-app support: what may be handed to support, seen first, then written."""

import argparse
from pathlib import Path

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of support."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("preview", help="print what a bundle would hold")
    bundle = acts.add_parser("bundle", help="write the bundle as a ZIP file")
    bundle.add_argument("file", type=Path, metavar="FILE")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Gather the parts; write them when asked."""
    from counter_app.services.check_health import as_checks, check_health
    from counter_app.services.support.bundle import bundle_parts, write_bundle

    target: Path | None = getattr(arguments, "file", None)
    if target is not None and target.suffix.lower() != ".zip":
        raise BadInput("paper_format_unknown", suffix=target.suffix[:10])
    desk = context.desk("write" if target is not None else "read")
    checks = as_checks(context.doors.machine_report(context.data_dir))
    parts = bundle_parts(desk, [*checks, *check_health(desk)], context.doors.incidents(context.data_dir))
    if target is None:
        return {"parts": [{"name": part.name, "text": part.text} for part in parts]}
    write_bundle(desk, parts, target.absolute())
    return {"path": str(target.absolute()), "parts": [part.name for part in parts]}
