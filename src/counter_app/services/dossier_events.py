"""What the central server learns of a dossier, as events in the outbox."""

from collections.abc import Mapping
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.office import Counter, Office
from counter_app.services.ports import OutboxEvent
from counter_app.services.visit_json import person_to_json
from counter_protocol.events import EventEnvelope, EventKind, encode_event

_PART_COUNTS = ("original", "copy", "electronic", "held")


def dossier_event(
    event_id: str,
    kind: EventKind,
    dossier: Dossier,
    office: Office,
    counter: Counter,
    *,
    clerk: str,
    at: datetime,
    data: Mapping[str, object],
) -> OutboxEvent:
    """Return an event about a dossier; its number is the dossier's `Life.rev`, which the act has raised."""
    envelope = EventEnvelope(
        event_id=event_id,
        kind=kind.value,
        unit_code=office.unit_code,
        device_id=counter.device_id,
        counter=counter.number,
        clerk=clerk,
        dossier_id=dossier.dossier_id,
        rev=dossier.life.rev,
        at=at,
        data=data,
    )
    return OutboxEvent(
        event_id=event_id,
        dossier_id=dossier.dossier_id,
        kind=envelope.kind,
        at=at,
        body=encode_event(envelope),
    )


def dossier_received(event_id: str, dossier: Dossier, office: Office, counter: Counter) -> OutboxEvent:
    """Return the event of a receipt: the whole dossier, so that it arrives complete or not at all."""
    return dossier_event(
        event_id,
        EventKind.DOSSIER_RECEIVED,
        dossier,
        office,
        counter,
        clerk=dossier.clerk,
        at=dossier.received_at,
        data=whole(dossier),
    )


def promise_data(dossier: Dossier, previous: datetime, reason: str) -> dict[str, object]:
    """Return what the server learns of a promise made anew: the day of before, of now, and the very first."""
    promise = dossier.promise
    return {
        "due_at": promise.due_at.isoformat() if promise.due_at else None,
        "previous_due_at": previous.isoformat(),
        "first_due_at": (dossier.first_due_at or previous).isoformat(),
        "calendar_version": promise.calendar_version,
        "reason": reason,
    }


def whole(dossier: Dossier) -> dict[str, object]:
    """Return everything of a dossier the server keeps."""
    procedure = dossier.procedure
    return {
        "dossier_code": dossier.dossier_code,
        "provisional_code": dossier.provisional_code,
        "lookup_secret": dossier.lookup_secret,
        "procedure": {
            "procedure_id": procedure.procedure_id,
            "version": procedure.version,
            "case_id": procedure.case_id,
            "national_code": procedure.national_code,
        },
        "applicant": person_to_json(dossier.applicant),
        "facts": dict(dossier.facts),
        "people": {role: person_to_json(person) for role, person in dossier.people.items()},
        "channel": dossier.channel.value,
        "assisted": dossier.assisted,
        "received_at": dossier.received_at.isoformat(),
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "status": dossier.status.value,
        "forms": [
            {"form_id": form.form_id, "version": form.form_version, "answers": dict(form.answers)}
            for form in dossier.forms
        ],
        "parts": [
            {
                "part_id": p.part_id,
                "original": p.original,
                "copy": p.copy,
                "electronic": p.electronic,
                "held": p.held,
            }
            for p in dossier.parts
        ],
        "charges": [
            {"fee_id": c.fee_id, "kind": c.kind.value, "amount_vnd": c.amount_vnd, "quantity": c.quantity}
            for c in dossier.charges
        ],
        "copies": dossier.copies,
        "return_by": dossier.return_by.value,
        "training": dossier.training,
        "register_no": dossier.register_no,
    }
