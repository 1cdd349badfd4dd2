"""A dossier as two rows: the narrow one lists read, and the content only its own screen needs."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from counter_app.domain.condition import Scalar
from counter_app.domain.dossier import (
    Channel,
    Dossier,
    FilledForm,
    ProcedureRef,
    ReturnBy,
    SubmittedPart,
)
from counter_app.domain.dossier_life import Life
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.fee import Charge
from counter_app.domain.person import Person
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json

_Part = TypeVar("_Part", bound=Any)

Record = dict[str, str | int | None]


def to_record(dossier: Dossier) -> Record:
    """Return the columns of both rows, without the number.

    Raises:
        ValueError: a moment of the dossier is naive.
    """
    return {
        "dossier_id": dossier.dossier_id,
        "dossier_code": dossier.dossier_code,
        "provisional_code": int(dossier.provisional_code),
        "lookup_secret": dossier.lookup_secret,
        "counter": dossier.counter,
        "clerk": dossier.clerk,
        "procedure_id": dossier.procedure.procedure_id,
        "procedure_name": dossier.procedure.name,
        "applicant_name": dossier.applicant.full_name,
        "applicant_id": dossier.applicant.personal_id,
        "channel": dossier.channel.value,
        "status": dossier.status.value,
        "received_at": moments.to_text(dossier.received_at),
        "due_at": _moment_or_none(dossier.due_at),
        "first_due_at": _moment_or_none(dossier.first_due_at),
        "training": int(dossier.training),
        "sector": dossier.procedure.sector,
        "national_code": dossier.procedure.national_code,
        "applicant_address": dossier.applicant.address,
        "applicant_phone": dossier.applicant.phone,
        "assisted": int(dossier.assisted),
        "return_by": dossier.return_by.value,
        "copies": dossier.copies,
        "register_no": dossier.register_no,
        "holder": dossier.life.holder.name if dossier.life.holder else "",
        "handed_over_at": _moment_or_none(dossier.life.handed_over_at),
        "waiting_since": _moment_or_none(dossier.waiting_since),
        "stands_still": int(dossier.stands_still),
        "resolved_at": _moment_or_none(dossier.resolved_at),
        "ended_at": _moment_or_none(dossier.ended_at),
        "supplements": len(dossier.life.supplements),
        "extended": int(dossier.life.extension is not None),
        "originals_held": dossier.originals_held,
        "charges_vnd": dossier.charges_vnd,
        "paid_vnd": dossier.life.paid_vnd,
        "owner": dossier.owner,
        "seen": dossier.seen,
        "procedure": to_json(dossier.procedure),
        "applicant": to_json(dossier.applicant),
        "promise": to_json(_promise_in(dossier.promise, moments.utc)),
        "forms": to_json(dossier.forms),
        "parts": to_json(dossier.parts),
        "charges": to_json(dossier.charges),
        "people": to_json(dossier.people),
        "facts": to_json(dossier.facts),
        "aliases": to_json(dossier.aliases),
        "life": to_json(_life_in(dossier.life, moments.utc)),
        "slip_required": int(dossier.slip_required),
        "office_definition": dossier.office_definition,
        "calendar_definition": dossier.calendar_definition,
    }


def from_record(record: Mapping[str, object]) -> Dossier:
    """Return the dossier its two rows describe; times in Asia/Ho_Chi_Minh."""
    text = {name: str(value) for name, value in record.items()}
    return Dossier(
        dossier_id=text["dossier_id"],
        dossier_code=text["dossier_code"],
        provisional_code=bool(record["provisional_code"]),
        lookup_secret=text["lookup_secret"],
        counter=int(text["counter"]),
        clerk=text["clerk"],
        procedure=from_json(text["procedure"], ProcedureRef),
        applicant=from_json(text["applicant"], Person),
        channel=Channel(text["channel"]),
        assisted=bool(record["assisted"]),
        received_at=moments.from_text(text["received_at"]),
        promise=_promise_in(from_json(text["promise"], Promise), moments.local),
        slip_required=bool(record["slip_required"]),
        status=DossierStatus(text["status"]),
        forms=from_json(text["forms"], tuple[FilledForm, ...]),
        parts=from_json(text["parts"], tuple[SubmittedPart, ...]),
        charges=from_json(text["charges"], tuple[Charge, ...]),
        people=from_json(text["people"], dict[str, Person]),
        facts=from_json(text["facts"], dict[str, Scalar]),
        copies=int(text["copies"]),
        return_by=ReturnBy(text["return_by"]),
        training=bool(record["training"]),
        first_due_at=moments.from_text(text["first_due_at"]) if record["first_due_at"] else None,
        office_definition=text["office_definition"],
        calendar_definition=text["calendar_definition"],
        aliases=from_json(text["aliases"], tuple[str, ...]),
        register_no=int(text["register_no"]),
        owner=text["owner"],
        seen=int(text["seen"]),
        life=_life_in(from_json(text["life"], Life), moments.local),
    )


def _moment_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else moments.to_text(moment)


def _promise_in(promise: Promise, zone: moments.Zone) -> Promise:
    due_at: datetime | None = None if promise.due_at is None else zone(promise.due_at)
    return replace(promise, due_at=due_at, counted_from=zone(promise.counted_from))


def _life_in(life: Life, zone: moments.Zone) -> Life:
    """Return the life with every moment in a zone: msgspec writes and reads them as they come."""
    return _in_zone(life, zone)


def _in_zone(value: _Part, zone: moments.Zone) -> _Part:
    changed: dict[str, Any] = {}
    for each in fields(value):
        inner = getattr(value, each.name)
        if isinstance(inner, datetime):
            changed[each.name] = zone(inner)
        elif is_dataclass(inner) and not isinstance(inner, type):
            changed[each.name] = _in_zone(inner, zone)
        elif isinstance(inner, tuple) and inner and is_dataclass(inner[0]):
            changed[each.name] = tuple(_in_zone(item, zone) for item in inner)
    return replace(value, **changed)
