"""counter-app receive: a whole intake, as the window does it."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.cli.answers_file import read_answers, with_typed_applicant
from counter_app.cli.context import CliContext
from counter_app.cli.reporting import report_place
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError
from counter_app.messages import warning_text
from counter_app.services.answers_keys import check_names
from counter_app.services.visit_warnings import VisitWarning

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.personal_id import CardWarning
    from counter_app.services.assess_visit import Assessment
    from counter_app.services.desk import Desk
    from counter_app.services.visit import Visit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of receive."""
    parser.add_argument("--procedure", required=True, metavar="ID")
    parser.add_argument("--case", default="", metavar="ID")
    parser.add_argument("--answers", required=True, type=Path, metavar="FILE")
    parser.add_argument("--card", action="append", default=[], metavar="TEXT")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR")
    parser.add_argument("--size", default="", choices=("", "A5", "A4", "80mm"))
    parser.add_argument("--slip", action="store_true", help="print the slip although none is needed")
    parser.add_argument("--override-reason", default="", help="receive an expired procedure all the same")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Receive the visit, then write its papers into the folder."""
    from counter_app.services.amounts_entered import refuse_central_amounts
    from counter_app.services.assess_visit import assess_at
    from counter_app.services.paper_files import require_writable
    from counter_app.services.receive_dossier import receive, refuse_unready
    from counter_app.services.visit_warnings import visit_warnings

    desk = context.desk("write")
    answers = read_answers(arguments.answers)
    visit, doubts = _visit(desk, arguments, answers, context.moment().date())
    assessment = assess_at(desk, visit, desk.clock.now())
    check_names(visit, assessment.case, [form.template for form in assessment.forms])
    refuse_central_amounts(visit, assessment.case)
    refuse_unready(assessment)
    require_writable(arguments.out)
    of_cards = [VisitWarning(code=each.code, params=each.params) for each in doubts]
    warnings = _as_json([*of_cards, *visit_warnings(desk, visit, assessment)])
    dossier = receive(desk, visit, clerk=desk.clerk)
    papers = _papers(desk, dossier, arguments)
    return _outcome(dossier, papers, assessment, warnings)


def _visit(
    desk: "Desk", arguments: argparse.Namespace, answers: dict[str, Any], today: date
) -> "tuple[Visit, list[CardWarning]]":
    from counter_app.domain.scan import read_scan
    from counter_app.services.scan_person import fill_next_role
    from counter_app.services.visit_json import visit_from_json

    typed = answers.pop("applicant", None)
    visit = visit_from_json(
        answers
        | {
            "procedure_id": arguments.procedure,
            "case_id": arguments.case,
            "slip_asked": arguments.slip or answers.get("slip_asked", False),
            "override_reason": arguments.override_reason,
        }
    )
    doubts: list[CardWarning] = []
    for text in arguments.card:
        scan = read_scan(text, today=today, unit_code=desk.settings.office.unit_code)
        card = scan.card or scan.mrz
        if card is None:
            raise BadInput("not_a_card")
        doubts += card.warnings
        visit = fill_next_role(desk, visit, card.to_person())
    return with_typed_applicant(visit, typed, today=today), doubts


def _as_json(warnings: "Sequence[VisitWarning]") -> list[dict[str, Any]]:
    """Return each doubt once: a scanned number is doubted by the card and by the form it fills."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for warning in warnings:
        message = warning.message or warning_text(warning.code, warning.params)
        row = {"code": warning.code, "message": message, "field": warning.field}
        rows.setdefault((warning.code, message), row)
    return list(rows.values())


def _papers(desk: "Desk", dossier: "Dossier", arguments: argparse.Namespace) -> dict[str, str]:
    """Write the papers; whatever fails now, the dossier is saved and the caller must know its code."""
    from counter_app.services.paper_content import PaperSize
    from counter_app.services.paper_files import write_paper
    from counter_app.services.print_papers import papers_to_hand_out

    size = PaperSize(arguments.size) if arguments.size else desk.settings.slip_size
    try:
        return {
            paper: str(write_paper(desk, dossier, paper, folder=arguments.out, size=size))
            for paper in papers_to_hand_out(dossier)
        }
    except KnownError as problem:
        code, params = problem.code, problem.params
    except Exception as bug:  # noqa: BLE001 - a second intake would be worse than a missing traceback
        report_place(bug)
        code, params = "paper_not_made", {}
    named = {"dossier_id": dossier.dossier_id, "dossier_code": dossier.dossier_code}
    raise EnvironmentProblem(code, **{**params, **named})


def _outcome(
    dossier: "Dossier", papers: dict[str, str], assessment: "Assessment", warnings: list[dict[str, Any]]
) -> dict[str, object]:
    from counter_app.services.dossier_json import charge_to_json

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
        "missing": [
            {"part_id": part.part_id, "name": part.name} for part in assessment.checklist.missing_parts
        ],
        "warnings": warnings,
    }
