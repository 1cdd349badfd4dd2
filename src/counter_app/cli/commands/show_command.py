"""counter-app show: one dossier with its history, and what the server asks to look at about it."""

import argparse
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext

if TYPE_CHECKING:
    from counter_app.services.sync_port import Notice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of show."""
    parser.add_argument("code")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Return the dossier of the code."""
    from counter_app.services.audit.noted import note_dossier_view
    from counter_app.services.dossier_json import file_to_json
    from counter_app.services.look_up import open_dossier
    from counter_app.services.sync.open_notices import notices_of_dossier

    desk = context.desk("read")
    file = open_dossier(desk, arguments.code)
    with desk.store.reading() as queries:
        notices = notices_of_dossier(queries, file.dossier.dossier_id)
    note_dossier_view(context.noting(desk), file.dossier.dossier_id)
    return {**file_to_json(file), "notices": [_notice(each) for each in notices]}


def _notice(notice: "Notice") -> dict[str, object]:
    from counter_app.notice_words import happened, title_of, to_do

    return {
        "notice_id": notice.notice_id,
        "kind": notice.kind,
        "at": notice.at.isoformat(),
        "title": title_of(notice.kind),
        "happened": happened(notice.kind, notice.params),
        "to_do": to_do(notice.kind),
    }
