"""Everything kept of one citizen as JSON, others in it masked: what they are entitled to be given.

A dossier they filed is given whole but for others' names and numbers. Of a dossier that only names them,
what is theirs: their role, and the answers that hold their name or number.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.form_template import FieldType
from counter_app.domain.person import mask_name
from counter_app.domain.scan_file import file_name
from counter_app.services.definitions import template_of
from counter_app.services.personal_data.access_report import accesses
from counter_app.services.personal_data.find import Inventory
from counter_app.services.personal_data.third_parties import ThirdParties, concerns
from counter_app.services.visit_json import person_to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counter_app.domain.dossier import Dossier, FilledForm
    from counter_app.domain.form_template import FormField, FormTemplate
    from counter_app.services.attachments_port import Attachment
    from counter_app.services.ports import Queries

HIDDEN = "***"
FORMAT = "one-stop-counter/personal-data/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """``data`` is JSON; ``scans`` are the papers of dossiers the citizen filed, by name in the archive."""

    data: dict[str, object]
    scans: "tuple[tuple[str, Attachment], ...]" = ()


def collect(queries: "Queries", found: Inventory) -> Collected:
    """Return what is given to the citizen of an inventory."""
    ids = queries.together(found.person.personal_id)
    own = _own_numbers(queries, found, ids)
    dossiers = [queries.dossier(each) for each in found.dossiers]
    scans: list[tuple[str, Attachment]] = []
    told: list[dict[str, object]] = []
    for dossier in filter(None, dossiers):
        filed = dossier.applicant.personal_id in ids
        told.append(_dossier(queries, dossier, found, own, filed=filed))
        if filed:
            attached = queries.attachments(dossier_id=dossier.dossier_id)
            scans += [(f"giay-to-da-quet/{_scan_name(dossier, each)}", each) for each in attached]
    nobody_named = ThirdParties(own, ())
    data: dict[str, object] = {
        "format": FORMAT,
        "person": person_to_json(found.person),
        "records": [
            {
                "number": each.number,
                "seen_at": each.seen_at.isoformat(),
                "source": each.source,
                **person_to_json(each.person),
            }
            for each in queries.stored_people(ids)
        ],
        "earlier_values": [
            {"field": each.field, "value": each.value, "replaced_at": each.replaced_at.isoformat()}
            for each in queries.earlier_values(ids)
        ],
        "relatives": [
            {
                "kin": each.kin.value,
                "name": mask_name(each.person.full_name),
                "learned_at": each.learned_at.isoformat(),
            }
            for each in queries.relatives(ids[0])
        ],
        "letters_of_authority": list(_letters(queries, ids)),
        "dossiers": told,
        "notices_before_receipt": [
            {
                "kind": each.kind.value,
                "at": each.at.isoformat(),
                "procedure": each.procedure.name,
                "number": each.number,
            }
            for personal_id in ids
            for each in queries.notices_of_person(personal_id)
        ],
        "requests": [
            {
                "kind": each.kind.value,
                "asked_at": each.asked_at.isoformat(),
                "answer_by": each.answer_by.isoformat(),
                "outcome": each.outcome.value if each.outcome else None,
                "answer": nobody_named.text(each.answer),
            }
            for each in queries.person_requests(record_numbers=found.identity.record_numbers)
        ],
        "where_else": {place.value: {"certain": n, "by_name": m} for place, (n, m) in found.by_place.items()},
        "accesses": [
            {"at": each.at.isoformat(), "clerk": each.clerk, "kind": each.kind.value, "dossier": each.about}
            for each in accesses(queries, found)
        ],
    }
    return Collected(data=data, scans=tuple(scans))


def _own_numbers(queries: "Queries", found: Inventory, ids: tuple[str, ...]) -> frozenset[str]:
    phones = {each.person.phone for each in queries.stored_people(ids)}
    phones |= {each.value for each in queries.earlier_values(ids) if each.field == "phone"}
    return frozenset({*found.identity.numbers, *phones} - {""})


def _dossier(
    queries: "Queries", dossier: "Dossier", found: Inventory, own: frozenset[str], *, filed: bool
) -> dict[str, object]:
    marks = (*found.identity.numbers, *found.identity.names)
    others = ThirdParties(own, _other_names(queries, dossier, found))
    roles = [role for role, person in dossier.people.items() if person.personal_id in found.identity.numbers]
    theirs = frozenset(dossier.people) - set(roles)
    answers = [
        {
            "form_id": form.form_id,
            "version": form.form_version,
            "answers": [
                {
                    "key": key,
                    "label": fields[key].label if key in fields else "",
                    "value": HIDDEN if _is_others(fields.get(key), theirs) else others.masked(value),
                }
                for key, value in form.answers.items()
                if filed or concerns(value, marks)
            ],
        }
        for form, fields in zip(dossier.forms, _fields(queries, dossier), strict=True)
    ]
    told: dict[str, object] = {
        "dossier_code": dossier.dossier_code,
        "procedure": dossier.procedure.name,
        "received_at": dossier.received_at.isoformat(),
        "status": dossier.status.value,
        "ended_at": dossier.ended_at.isoformat() if dossier.ended_at else None,
        "roles": (["applicant"] if filed else []) + roles,
        "forms": [each for each in answers if each["answers"]],
    }
    if filed:
        told |= {
            "applicant": person_to_json(dossier.applicant),
            "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
            "papers": [others.text(part.name) for part in dossier.parts],
            "paid_vnd": dossier.life.paid_vnd,
            "receipts": [
                {"number": each.number, "at": each.at.isoformat(), "total_vnd": each.total_vnd}
                for each in queries.receipts(dossier.dossier_id)
            ],
            "prints": [
                {"paper": each.paper, "copy_no": each.copy_no, "at": each.at.isoformat()}
                for each in queries.prints(dossier.dossier_id)
            ],
            "history": [
                {"at": each.at.isoformat(), "act": each.act, "clerk": each.clerk}
                for each in queries.history(dossier.dossier_id)
            ],
        }
    told["people"] = {role: person_to_json(dossier.people[role]) for role in roles}
    return told


def _other_names(queries: "Queries", dossier: "Dossier", found: Inventory) -> "set[str]":
    """Return everybody else the dossier is known to name: scanned, typed into forms, come for the result."""
    people = [dossier.applicant, *dossier.people.values()]
    names = {each.full_name for each in people if each.personal_id not in found.identity.numbers}
    names |= set(_typed_names(queries, dossier))
    if dossier.life.returned is not None:
        names.add(dossier.life.returned.full_name)
    own = {name.casefold() for name in found.identity.names}
    return {name for name in names if name and name.casefold() not in own}


def _is_others(field: "FormField | None", theirs: frozenset[str]) -> bool:
    """Tell whether an answer describes somebody else: what their card said, but the name, is hidden whole."""
    return field is not None and field.role in theirs and field.type is not FieldType.PERSON_NAME


def _fields(queries: "Queries", dossier: "Dossier") -> "Iterator[dict[str, FormField]]":
    for form in dossier.forms:
        template = _template(queries, form)
        yield {field.key: field for field in template.fields} if template else {}


def _template(queries: "Queries", form: "FilledForm") -> "FormTemplate | None":
    try:
        return template_of(queries, form)
    except EnvironmentProblem:
        return None  # a damaged definition: numbers are masked all the same


def _typed_names(queries: "Queries", dossier: "Dossier") -> "Iterator[str]":
    for form in dossier.forms:
        template = _template(queries, form)
        for field in template.fields if template else ():
            value = form.answers.get(field.key)
            if field.type is FieldType.PERSON_NAME and isinstance(value, str):
                yield value


def _letters(queries: "Queries", ids: tuple[str, ...]) -> "Iterator[dict[str, object]]":
    for each in queries.authorisations_of(ids[0]):
        gave = each.giver_id in ids
        other = queries.person(each.delegate_id if gave else each.giver_id)
        yield {
            "gave": gave,
            "other": mask_name(other.person.full_name) if other else "",
            "scope": each.scope.value,
            "signed_on": each.signed_on.isoformat() if each.signed_on else None,
            "valid_until": each.valid_until.isoformat() if each.valid_until else None,
        }


def _scan_name(dossier: "Dossier", attachment: "Attachment") -> str:
    return file_name(dossier.dossier_code, attachment.part_order, attachment.part_id)
