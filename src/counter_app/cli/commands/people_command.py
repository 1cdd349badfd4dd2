"""counter-app people: find, show, merge, undo-merge.

A citizen is named by the number `find` prints or by the personal id: a record's number keeps personal
ids out of shell histories.
"""

import argparse
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_MOST = 1000
_LONGEST_NUMBER = 8  # personal ids have nine digits or twelve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of people."""
    parser.add_argument(
        "action",
        choices=("find", "show", "merge", "undo-merge"),
        help="find TEXT, show PERSON, merge KEEP OTHER, undo-merge MERGE_ID",
    )
    parser.add_argument("what", metavar="TEXT|PERSON|KEEP|MERGE_ID")
    parser.add_argument("other", nargs="?", default="", metavar="OTHER", help="merge: shown under KEEP")
    parser.add_argument("--limit", type=int, default=50, help="find: the most to list")
    parser.add_argument(
        "--reveal", action="store_true", help="show: the whole personal id; that goes on record"
    )
    parser.add_argument("--reason", default="", help="merge: needed when something speaks against it")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Run one action."""
    if arguments.other and arguments.action != "merge":
        raise BadInput("usage", problem="nothing_expected")
    if arguments.action == "merge" and not arguments.other:
        raise BadInput("usage", problem="other_missing")
    match arguments.action:
        case "find":
            return _found(context, arguments)
        case "show":
            return _shown(context, arguments)
        case "merge":
            return _merged(context, arguments)
        case _:
            return _undone(context, arguments)


def _found(context: CliContext, arguments: argparse.Namespace) -> list[dict[str, object]]:
    from counter_app.services.audit.noted import note_people_search
    from counter_app.services.people.person_json import masked

    if not 1 <= arguments.limit <= _MOST:
        raise BadInput("number_out_of_range", field="--limit", least=1, most=_MOST)
    desk = context.desk("read")
    desk.settings  # noqa: B018 - a counter that is not set up says so, whatever is looked for
    with desk.store.reading() as queries:
        people = queries.find_people(arguments.what, arguments.limit)
        records = queries.stored_people([person.personal_id for person in people])
    note_people_search(context.noting(desk))
    numbers = {record.person.personal_id: record.number for record in records}
    return [{"number": numbers[person.personal_id], **masked(person)} for person in people]


def _shown(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.audit.noted import note_person_view
    from counter_app.services.people.person_file import open_person, record_view
    from counter_app.services.people.person_json import file_to_json

    desk = context.desk("write" if arguments.reveal else "read")
    personal_id = _id_of(desk, arguments.what)
    file = open_person(desk, personal_id)
    if arguments.reveal:
        record_view(desk, file.person.personal_id)
    else:
        note_person_view(context.noting(desk), file.person.personal_id)
    return file_to_json(file, reveal=arguments.reveal)


def _merged(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.people.merge_people import merge
    from counter_app.services.people.person_json import merge_to_json

    desk = context.desk("write")
    keep, other = _id_of(desk, arguments.what), _id_of(desk, arguments.other)
    return merge_to_json(merge(desk, keep, other, arguments.reason))


def _undone(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.people.merge_people import undo_merge
    from counter_app.services.people.person_json import merge_to_json

    return merge_to_json(undo_merge(context.desk("write"), arguments.what))


def _id_of(desk: "Desk", text: str) -> str:
    """Return the personal id a number or an id means; BadInput ``person_unknown``."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        return text
    with desk.store.reading() as queries:
        personal_id = queries.person_id_of(int(text))
    if not personal_id:
        raise BadInput("person_unknown")
    return personal_id
