"""A received dossier as the visit it came from: what a correction starts with."""

from dataclasses import replace

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.extra_papers import is_extra
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.visit import Visit


def visit_of(dossier: Dossier) -> Visit:
    """Return everything the clerk had entered; amounts typed by hand are added by `visit_to_correct`."""
    return Visit(
        procedure_id=dossier.procedure.procedure_id,
        case_id=dossier.procedure.case_id,
        applicant=dossier.applicant,
        people=dict(dossier.people),
        fields={form.form_id: dict(form.answers) for form in dossier.forms},
        facts=dict(dossier.facts),
        parts=tuple(part for part in dossier.parts if not is_extra(part)),
        exemptions={charge.fee_id: charge.exemption_id for charge in dossier.charges if charge.exemption_id},
        channel=dossier.channel,
        assisted=dossier.assisted,
        copies=dossier.copies,
        return_by=dossier.return_by,
        slip_asked=dossier.slip_required,
    )


def visit_to_correct(desk: Desk, dossier: Dossier) -> Visit:
    """Return the visit with the amounts it was received with and the reason an expired procedure has.

    Raises:
        KnownError: as `assess`, when the law of the day of receipt is no longer among the data.
    """
    with desk.store.reading() as queries:
        first = queries.history(dossier.dossier_id)[:1]
    reason = str(first[0].detail.get("override_reason", "")) if first else ""
    visit = replace(visit_of(dossier), override_reason=reason)
    computed = {c.fee_id: c.amount_vnd for c in assess_at(desk, visit, dossier.received_at).charges}
    entered = {
        charge.fee_id: charge.amount_vnd
        for charge in dossier.charges
        if charge.amount_vnd is not None
        and not charge.exemption_id
        and computed.get(charge.fee_id) != charge.amount_vnd
    }
    return replace(visit, entered_amounts=entered)
