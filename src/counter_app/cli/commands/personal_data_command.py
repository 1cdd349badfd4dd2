"""counter-app personal-data: find, export, accesses, ask, answer, waiting, due, purge, purged, scrub, notice.

A citizen is named by the number `people find` prints: that keeps personal ids out of shell histories. The
password of an archive is read from the environment or made up, never taken from the arguments.
"""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.cli.pdf_target import pdf_target
from counter_app.domain.errors import BadInput
from counter_app.domain.personal_data import Outcome, RequestKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.domain.personal_data import PersonRequest
    from counter_app.services.desk import Desk

_SEALED_WITH = "COUNTER_ARCHIVE_PASSWORD"
_ABOUT_ONE = ("find", "export", "accesses", "ask")
_ACTIONS = (*_ABOUT_ONE, "answer", "waiting", "due", "purge", "purged", "scrub", "notice")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    parser.add_argument("action", choices=_ACTIONS)
    parser.add_argument(
        "what",
        nargs="*",
        metavar="PERSON|REQUEST|CODE",
        help="a citizen; answer: the request; purge: dossier codes, none for all that may go",
    )
    parser.add_argument(
        "--out", type=Path, default=None, help="export: the ZIP; accesses, notice, answer: a PDF"
    )
    parser.add_argument("--plain", action="store_true", help="export: without a password")
    parser.add_argument("--no-scans", action="store_true", help="export: leave scanned papers out")
    parser.add_argument("--kind", choices=[each.value for each in RequestKind], default=None, help="ask")
    parser.add_argument("--outcome", choices=[each.value for each in Outcome], default=None, help="answer")
    parser.add_argument(
        "--text", default="", help="ask: a note; answer: what is said, the reason of a refusal"
    )
    parser.add_argument(
        "--checked-with", default="", help="purge: what an unverified period was compared with"
    )
    parser.add_argument("--confirm", action="store_true", help="purge: needed, nothing brings them back")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Run one action."""
    action = arguments.action
    if (action in _ABOUT_ONE or action == "answer") and len(arguments.what) != 1:
        raise BadInput("usage", problem="one_expected")
    if action in _WRITING:
        return _WRITING[action](context.desk("write"), arguments)
    if action == "notice":
        return _notice(context.desk("read"), arguments)
    return _READING[action](context.desk("read"))


def _found(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.personal_data.find import find_all

    found = find_all(desk, _id_of(desk, arguments.what[0]))
    return {
        "places": {place.value: {"certain": n, "by_name": m} for place, (n, m) in found.by_place.items()},
        "dossiers": [found.codes[each] for each in found.dossiers if each in found.codes],
    }


def _exported(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.personal_data.export import export
    from counter_app.storage.sealed_archive import make_archive, new_password

    if arguments.out is None:
        raise BadInput("usage", problem="out_missing")
    chosen = os.environ.get(_SEALED_WITH, "")
    password = "" if arguments.plain else chosen or new_password()
    done = export(
        desk,
        _id_of(desk, arguments.what[0]),
        arguments.out,
        make_archive,
        password=password,
        with_scans=not arguments.no_scans,
    )
    told: dict[str, object] = {
        "file": str(done.file),
        "dossiers": done.dossiers,
        "scans": done.scans,
        "missing": list(done.missing),
        "sealed": bool(password),
    }
    return told if not password or chosen else told | {"password": password}


def _accesses(desk: "Desk", arguments: argparse.Namespace) -> list[dict[str, object]]:
    from counter_app.services.personal_data.access_report import access_report, report_paper
    from counter_app.services.whole_file import write_whole

    personal_id = _id_of(desk, arguments.what[0])
    lines = access_report(desk, personal_id)
    if arguments.out is not None:
        with desk.store.reading() as queries:
            known = queries.person(personal_id)
        name = known.person.full_name if known else ""
        write_whole(pdf_target(arguments.out), report_paper(desk, name, lines))
    return [
        {
            "at": each.at.isoformat(),
            "clerk": each.clerk,
            "kind": each.kind.value,
            "act": each.act,
            "dossier": each.about,
        }
        for each in lines
    ]


def _asked(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.personal_data.requests import register

    if arguments.kind is None:
        raise BadInput("usage", problem="kind_missing")
    kind = RequestKind(arguments.kind)
    return _request(register(desk, _id_of(desk, arguments.what[0]), kind, note=arguments.text))


def _answered(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.personal_data.answer_letter import answer_letter
    from counter_app.services.personal_data.requests import answer
    from counter_app.services.whole_file import write_whole

    if arguments.outcome is None:
        raise BadInput("usage", problem="outcome_missing")
    target = pdf_target(arguments.out) if arguments.out is not None else None
    done = answer(desk, arguments.what[0], Outcome(arguments.outcome), arguments.text)
    if target is not None:
        write_whole(target, answer_letter(desk, done))
    return _request(done)


def _waiting(desk: "Desk") -> list[dict[str, object]]:
    from counter_app.services.personal_data.requests import waiting

    return [_request(each.request) for each in waiting(desk)]


def _due(desk: "Desk") -> dict[str, object]:
    from counter_app.services.personal_data.retention import due_for_purge

    kept = due_for_purge(desk)
    return {
        "due": [
            {
                "dossier_code": each.dossier.dossier_code,
                "procedure_id": each.dossier.procedure_id,
                "ended_at": each.dossier.ended_at.isoformat(),
                "over_on": each.over_on.isoformat(),
                "years": each.rule.years,
                "basis": each.rule.basis_text,
                "verified": each.rule.verified,
                "hindrance": each.hindrance or None,
            }
            for each in kept.due
        ],
        "not_yet": kept.not_yet,
        "for_ever": kept.for_ever,
        "no_rule": kept.no_rule,
    }


def _purged(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.domain.clerks import Permission
    from counter_app.services.personal_data.purge import purge, scrub
    from counter_app.services.personal_data.retention import due_for_purge

    if arguments.action == "scrub":
        desk.require(Permission.PERSONAL_DATA)
        return {"scrubbed": scrub(desk)}
    if not arguments.confirm:
        raise BadInput("usage", problem="confirm_missing")
    due = due_for_purge(desk).due
    wanted = set(arguments.what) or {each.dossier.dossier_code for each in due if not each.hindrance}
    known = {each.dossier.dossier_code: each.dossier.dossier_id for each in due}
    unknown = sorted(wanted - set(known))
    if unknown:
        raise BadInput("purge_not_due")
    done = purge(desk, [known[code] for code in sorted(wanted)], checked_with=arguments.checked_with)
    return {
        "purged": list(done.done),
        "people": done.people,
        "scrubbed": done.scrubbed,
        "in_backups_until": done.in_backups_until.isoformat(),
        "not_done": [{"dossier_code": each.dossier_code, "code": each.error.code} for each in done.not_done],
    }


def _proofs(desk: "Desk") -> list[dict[str, object]]:
    with desk.store.reading() as queries:
        return [
            {
                "dossier_code": each.dossier_code,
                "procedure_id": each.procedure_id,
                "received_at": each.received_at.isoformat(),
                "ended_at": each.ended_at.isoformat(),
                "status": each.status.value,
                "content_digest": each.content_digest,
                "basis": each.basis,
                "purged_at": each.purged_at.isoformat(),
                "clerk": each.clerk,
            }
            for each in queries.purged_dossiers()
        ]


def _notice(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.personal_data.privacy_notice import notice_lines, notice_paper
    from counter_app.services.whole_file import write_whole

    if arguments.out is not None:
        write_whole(pdf_target(arguments.out), notice_paper(desk))
    title, lines = notice_lines(desk)
    return {"title": title, "lines": [{"question": question, "answer": said} for question, said in lines]}


def _request(request: "PersonRequest") -> dict[str, object]:
    return {
        "request_id": request.request_id,
        "person": request.person_number,
        "kind": request.kind.value,
        "asked_at": request.asked_at.isoformat(),
        "answer_by": request.answer_by.isoformat(),
        "outcome": request.outcome.value if request.outcome else None,
        "answered_at": request.answered_at.isoformat() if request.answered_at else None,
    }


def _id_of(desk: "Desk", text: str) -> str:
    """Return the personal id of a record's number; BadInput ``person_unknown``."""
    if not (text.isascii() and text.isdigit() and len(text) <= 8):
        raise BadInput("person_unknown")
    with desk.store.reading() as queries:
        personal_id = queries.person_id_of(int(text))
    if not personal_id:
        raise BadInput("person_unknown")
    return personal_id


_WRITING: "dict[str, Callable[[Desk, argparse.Namespace], object]]" = {
    "find": _found,
    "export": _exported,
    "accesses": _accesses,
    "ask": _asked,
    "answer": _answered,
    "purge": _purged,
    "scrub": _purged,
}
_READING: "dict[str, Callable[[Desk], object]]" = {"waiting": _waiting, "due": _due, "purged": _proofs}
