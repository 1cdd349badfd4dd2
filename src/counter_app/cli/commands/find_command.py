"""counter-app find: search by code, name without marks, personal id or phone."""

import argparse

from counter_app.cli.context import CliContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of find."""
    parser.add_argument("text")
    parser.add_argument("--limit", type=int, default=50)


def run(context: CliContext, arguments: argparse.Namespace) -> list[dict[str, object]]:
    """Return the newest matches."""
    from counter_app.services.dossier_json import row_to_json
    from counter_app.services.look_up import find

    limit = max(1, min(arguments.limit, 1000))
    return [row_to_json(row) for row in find(context.desk("read"), arguments.text, limit=limit)]
