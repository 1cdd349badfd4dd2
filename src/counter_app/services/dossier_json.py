"""Dossiers as JSON values, for the command line and for people's scripts."""

from counter_app.domain.dossier import Dossier
from counter_app.domain.fee import Charge
from counter_app.domain.person import mask_personal_id
from counter_app.domain.purged_dossier import PurgedDossier
from counter_app.domain.receipt import overpaid_vnd
from counter_app.services.look_up import DossierFile
from counter_app.services.ports import DossierRow
from counter_app.services.promise_json import promise_to_json
from counter_app.services.visit_json import person_to_json


def _returned(dossier: Dossier) -> dict[str, object] | None:
    returned = dossier.life.returned
    if returned is None:
        return None
    return {
        "to": returned.to.value,
        "full_name": returned.full_name,
        "personal_id": mask_personal_id(returned.personal_id),
        "identity_checked": returned.identity_checked,
        "authorisation": returned.authorisation,
        "at": returned.at.isoformat(),
    }


def _purged(proof: PurgedDossier | None) -> dict[str, object] | None:
    if proof is None:
        return None
    return {
        "at": proof.purged_at.isoformat(),
        "clerk": proof.clerk,
        "basis": proof.basis,
        "content_digest": proof.content_digest,
    }


def row_to_json(row: DossierRow) -> dict[str, object]:
    """Return a line of a list."""
    return {
        "dossier_code": row.dossier_code,
        "applicant": row.applicant,
        "procedure": row.procedure,
        "status": row.status.value,
        "received_at": row.received_at.isoformat(),
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "unsent": row.unsent,
    }


def charge_to_json(charge: Charge) -> dict[str, object]:
    """Return one charge; amounts in đồng."""
    return {
        "fee_id": charge.fee_id,
        "name": charge.name,
        "kind": charge.kind.value,
        "amount_vnd": charge.amount_vnd,
        "quantity": charge.quantity,
        "exemption": charge.exemption_id or None,
    }


def file_to_json(file: DossierFile) -> dict[str, object]:
    """Return a dossier with its history and prints."""
    dossier = file.dossier
    return {
        "dossier_id": dossier.dossier_id,
        "dossier_code": dossier.dossier_code,
        "provisional": dossier.provisional_code,
        "status": dossier.status.value,
        "counter": dossier.counter,
        "own": not dossier.owner,
        "procedure": dossier.procedure.name,
        "procedure_id": dossier.procedure.procedure_id,
        "procedure_version": dossier.procedure.version,
        "case": dossier.procedure.case_name or None,
        "applicant": person_to_json(dossier.applicant),
        "people": {role: person_to_json(person) for role, person in dossier.people.items()},
        "channel": dossier.channel.value,
        "assisted": dossier.assisted,
        "clerk": dossier.clerk,
        "received_at": dossier.received_at.isoformat(),
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "first_due_at": dossier.first_due_at.isoformat() if dossier.first_due_at else None,
        "promise": promise_to_json(dossier.promise),
        "register_no": dossier.register_no,
        "holder": dossier.life.holder.name if dossier.life.holder else None,
        "resolved_at": dossier.resolved_at.isoformat() if dossier.resolved_at else None,
        "ended_at": dossier.ended_at.isoformat() if dossier.ended_at else None,
        "originals_held": dossier.originals_held,
        "returned_to": _returned(dossier),
        "paid_vnd": dossier.life.paid_vnd,
        "overpaid_vnd": overpaid_vnd(dossier.charges, dossier.life.paid_vnd),
        "rev": dossier.life.rev,
        "forms": [
            {"form_id": form.form_id, "version": form.form_version, "answers": dict(form.answers)}
            for form in dossier.forms
        ],
        "parts": [
            {
                "part_id": part.part_id,
                "name": part.name,
                "original": part.original,
                "copy": part.copy,
                "electronic": part.electronic,
                "held": part.held,
                "presented": part.presented,
            }
            for part in dossier.parts
        ],
        "charges": [charge_to_json(charge) for charge in dossier.charges],
        "copies": dossier.copies,
        "return_by": dossier.return_by.value,
        "training": dossier.training,
        "purged": _purged(file.purged),
        "unsent": file.unsent,
        "history": [
            {"at": step.at.isoformat(), "clerk": step.clerk, "act": step.act, "detail": dict(step.detail)}
            for step in file.history
        ],
        "prints": [
            {
                "paper": print_.paper,
                "copy_no": print_.copy_no,
                "at": print_.at.isoformat(),
                "outcome": print_.outcome,
            }
            for print_ in file.prints
        ],
    }
