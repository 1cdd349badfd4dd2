"""counter-app find: search by code, name without marks, personal id or phone."""

import argparse

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput

MOST = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of find."""
    parser.add_argument("text")
    parser.add_argument("--limit", type=int, default=50)


def run(context: CliContext, arguments: argparse.Namespace) -> list[dict[str, object]]:
    """Return the newest matches; nothing for fewer than two letters or four digits."""
    from counter_app.services.audit.noted import note_people_search
    from counter_app.services.dossier_json import row_to_json
    from counter_app.services.look_up import find

    if arguments.limit < 1:
        raise BadInput("number_out_of_range", field="--limit", least=1, most=MOST)
    desk = context.desk("read")
    desk.settings  # noqa: B018 - a counter that is not set up says so, whatever is looked for
    if not _says_enough(arguments.text):
        return []
    found = [row_to_json(row) for row in find(desk, arguments.text, limit=min(arguments.limit, MOST))]
    note_people_search(context.noting(desk))
    return found


def _says_enough(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 2 or sum(c.isdigit() for c in text) >= 4
