"""counter-app receive: a whole intake, as the window does it."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.visit import Visit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of receive."""
    parser.add_argument("--procedure", required=True, metavar="ID")
    parser.add_argument("--case", default="", metavar="ID")
    parser.add_argument("--answers", required=True, type=Path, metavar="FILE")
    parser.add_argument("--card", action="append", default=[], metavar="TEXT")
    parser.add_argument("--clerk", default="", metavar="USER")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR")
    parser.add_argument("--size", default="", choices=("", "A5", "A4", "80mm"))
    parser.add_argument("--slip", action="store_true", help="print the slip although none is needed")
    parser.add_argument("--override-reason", default="", help="receive an expired procedure all the same")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Receive the visit, then write its papers into the folder."""
    from counter_app.services.receive_dossier import receive

    desk = context.desk("write")
    visit, warnings = _visit(desk, arguments, context.moment().date())
    clerk = arguments.clerk or desk.settings.clerk
    dossier = receive(desk, visit, clerk=clerk)
    return _outcome(desk, dossier, _papers(desk, dossier, arguments), warnings)


def _visit(desk: "Desk", arguments: argparse.Namespace, today: date) -> "tuple[Visit, list[dict[str, Any]]]":
    from counter_app.domain.scan import read_scan
    from counter_app.messages import warning_text
    from counter_app.services.scan_person import fill_next_role
    from counter_app.services.visit_json import visit_from_json

    answers = _answers(arguments.answers)
    applicant = answers.pop("applicant", None)
    visit = visit_from_json(
        answers
        | {
            "procedure_id": arguments.procedure,
            "case_id": arguments.case,
            "slip_asked": arguments.slip or answers.get("slip_asked", False),
            "override_reason": arguments.override_reason,
        }
    )
    warnings: list[dict[str, Any]] = []
    for text in arguments.card:
        scan = read_scan(text, today=today, unit_code=desk.settings.office.unit_code)
        card = scan.card or scan.mrz
        if card is None:
            raise BadInput("not_a_card")
        warnings += [
            {"code": warning.code, "message": warning_text(warning.code, warning.params)}
            for warning in card.warnings
        ]
        visit = fill_next_role(desk, visit, card.to_person())
    return _with_applicant(visit, applicant), warnings


def _answers(path: Path) -> dict[str, Any]:
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadInput("bad_answers_file") from problem
    if not isinstance(answers, dict):
        raise BadInput("bad_answers_file")
    return answers


def _with_applicant(visit: "Visit", applicant: Mapping[str, Any] | None) -> "Visit":
    """Lay what the answers say of the applicant over what the card said."""
    from counter_app.services.visit_json import person_from_json, person_to_json

    if not applicant:
        return visit
    scanned = person_to_json(visit.applicant) if visit.applicant else {}
    said = {key: value for key, value in applicant.items() if value not in (None, "")}
    return replace(visit, applicant=person_from_json(scanned | said))


def _papers(desk: "Desk", dossier: "Dossier", arguments: argparse.Namespace) -> dict[str, str]:
    from counter_app.services.paper_content import PaperSize
    from counter_app.services.paper_files import write_paper
    from counter_app.services.print_papers import papers_of

    size = PaperSize(arguments.size) if arguments.size else desk.settings.slip_size
    return {
        paper: str(write_paper(desk, dossier, paper, folder=arguments.out, size=size))
        for paper in papers_of(dossier)
    }


def _outcome(
    desk: "Desk", dossier: "Dossier", papers: dict[str, str], warnings: list[dict[str, Any]]
) -> dict[str, object]:
    from counter_app.services.dossier_json import charge_to_json, papers_missing

    return {
        "dossier_id": dossier.dossier_id,
        "dossier_code": dossier.dossier_code,
        "provisional": dossier.provisional_code,
        "received_at": dossier.received_at.isoformat(),
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "same_day": dossier.promise.same_day,
        "slip": papers.get("slip"),
        "forms": [path for name, path in papers.items() if name.startswith("form:")],
        "charges": [charge_to_json(charge) for charge in dossier.charges],
        "missing": papers_missing(desk.catalogue, dossier),
        "warnings": warnings,
    }
