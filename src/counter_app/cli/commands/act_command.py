"""counter-app act: what a clerk does with a dossier after its receipt."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.cli.context import CliContext
from counter_app.cli.json_file import read_object
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of act."""
    parser.add_argument("code")
    parser.add_argument(
        "action",
        help="hand-over, supplement, resume, refuse, ask-payment, pay, extend, stop, withdraw, result, "
        "return, give-back, collect, correct, take-over or undo",
    )
    parser.add_argument("--data", type=Path, default=None, metavar="FILE", help="a JSON object")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Do the act and return the dossier as `show` does."""
    from counter_app.services.dossier_json import file_to_json
    from counter_app.services.look_up import open_dossier

    desk = context.desk("write")
    data = read_object(arguments.data) if arguments.data else {}
    dossier = open_dossier(desk, arguments.code).dossier
    _act(desk, dossier, arguments.action, data)
    return file_to_json(open_dossier(desk, arguments.code))


def _act(desk: "Desk", dossier: "Dossier", action: str, data: dict[str, Any]) -> None:
    from counter_app.domain.dossier_acts import Undo
    from counter_app.services.acts.act_json import ACTIONS, request_of
    from counter_app.services.acts.perform import perform
    from counter_app.services.acts.undo import undo

    if action == "correct":
        _correct(desk, dossier, data)
        return
    if action == "collect":
        from counter_app.services.receipts_json import collect_json

        collect_json(desk, dossier.dossier_id, data)
        return
    if action == "take-over":
        _take_over(desk, dossier, data)
        return
    if action not in ACTIONS:
        known = ", ".join((*ACTIONS, "collect", "correct", "take-over"))
        raise BadInput("action_unknown", action=action[:40], known=known)
    request = request_of(action, data, dossier)
    if isinstance(request, Undo):
        undo(desk, dossier.dossier_id, request)
    else:
        perform(desk, dossier.dossier_id, request)


def _take_over(desk: "Desk", dossier: "Dossier", data: dict[str, Any]) -> None:
    from counter_app.services.acts.take_over import take_over

    unknown = next((key for key in data if key != "reason"), None)
    if unknown is not None or not isinstance(data.get("reason", ""), str):
        raise BadInput("bad_act_data", field=unknown or "reason")
    take_over(desk, dossier.dossier_id, data.get("reason", ""))


def _correct(desk: "Desk", dossier: "Dossier", data: dict[str, Any]) -> None:
    from counter_app.services.acts.act_json import moment
    from counter_app.services.acts.correct_intake import correct_intake
    from counter_app.services.answers_keys import check_shape, check_text
    from counter_app.services.visit_json import visit_from_json, visit_to_json
    from counter_app.services.visit_of_dossier import visit_to_correct

    known = {"reason", "due_at", "visit"}
    unknown = next((key for key in data if key not in known), None)
    changes = data.get("visit", {})
    if unknown is not None or not isinstance(changes, dict):
        raise BadInput("bad_act_data", field=unknown or "visit")
    check_text(changes)
    check_shape({key: value for key, value in changes.items() if key not in ("procedure_id", "case_id")})
    visit = visit_from_json(_merged(visit_to_json(visit_to_correct(desk, dossier)), changes))
    correct_intake(
        desk,
        dossier.dossier_id,
        visit,
        reason=str(data.get("reason", "")),
        due_at=moment(data, "due_at"),
    )


def _merged(visit: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Lay what is corrected over what was received, name by name; lists are replaced whole."""
    merged = dict(visit)
    for key, value in changes.items():
        there = merged.get(key)
        merged[key] = _merged(there, value) if isinstance(there, dict) and isinstance(value, dict) else value
    return merged
