"""Procedures as JSON values, for the command line and for people's scripts."""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.fee import Exemption, FeeRule
from counter_app.domain.field_values import ADDRESS_PARTS, ID_DOCUMENT_PARTS
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.local_values import LocalValues, fee_on
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.procedure_here import procedure_here
from counter_app.services.condition_json import condition_to_json
from counter_app.services.limit_notes import time_note
from counter_app.services.ports import Catalogue
from counter_app.services.visit_limits import FACT_LABELS, MAX_FACT, facts_asked


def procedure_to_json(
    procedure: Procedure,
    *,
    catalogue: Catalogue | None = None,
    on: date | None = None,
    values: LocalValues | None = None,
) -> dict[str, object]:
    """Return the procedure; with a day, only the fees of that day; with a catalogue, its forms too.

    `values` are what province and office decided; without them only the national data speaks.
    """
    if on is not None:
        procedure = procedure_here(procedure, values or LocalValues(), on)
    cases = [_case(case, values, on) for case in procedure.cases]
    result: dict[str, object] = {
        "id": procedure.procedure_id,
        "version": procedure.version,
        "national_code": procedure.national_code,
        "name": procedure.name,
        "sector": procedure.sector,
        "valid_from": procedure.valid_from.isoformat(),
        "valid_to": procedure.valid_to.isoformat() if procedure.valid_to else None,
        "basis": list(procedure.basis),
        "decision": procedure.decision,
        "verified": procedure.provenance.verified,
        "source": procedure.provenance.source,
        "channels": list(procedure.channels),
        "results": [{"name": result.name, "code": result.code} for result in procedure.results],
        "receiving_body": procedure.receiving_body,
        "destination": procedure.destination,
        "replaces": list(procedure.replaces),
        "superseded_by": list(procedure.superseded_by),
        "cases": cases,
    }
    if catalogue is not None and on is not None:
        form_ids = dict.fromkeys(form_id for case in procedure.cases for form_id in case.forms)
        forms = {form_id: catalogue.form(form_id, on) for form_id in form_ids}
        for case, written in zip(procedure.cases, cases, strict=True):
            written["facts"] = _facts(case, [forms[form_id] for form_id in case.forms])
        result["forms"] = [_form(form) for form in forms.values()]
    return result


def _case(case: ProcedureCase, values: LocalValues | None, on: date | None) -> dict[str, object]:
    return {
        "id": case.case_id,
        "name": case.name,
        "time": str(case.time) if case.time else None,
        "time_note": time_note(case),
        "legal_time": str(case.legal_time) if case.legal_time else None,
        "same_day": case.same_day,
        "slip_rule": case.slip_rule.value,
        "forms": list(case.forms),
        "decides": [
            {"form_id": each.form_id, "field": each.field, "value": each.value} for each in case.sets
        ],
        "parts": [
            {
                "part_id": part.part_id,
                "name": part.name,
                "use": part.use.value,
                "original": part.original,
                "copy": part.copy,
                "optional": part.optional or part.when is not None,
                "when": condition_to_json(part.when),
            }
            for part in case.parts
        ],
        "fees": [_fee(rule) | _decided(rule, values, on) for rule in case.fees],
    }


def _facts(case: ProcedureCase, templates: Sequence[FormTemplate]) -> list[dict[str, object]]:
    """Return what the visit must be told beside the forms, for ``facts`` of the answers."""
    return [
        {"key": key, "label": FACT_LABELS.get(key, key), "type": "number", "least": 1, "most": MAX_FACT}
        for key in facts_asked(case, templates)
    ]


def _fee(rule: FeeRule) -> dict[str, object]:
    return {
        "fee_id": rule.fee_id,
        "name": rule.name,
        "kind": rule.kind.value,
        "set_by": rule.set_by.value,
        "amount_vnd": rule.amount_vnd,
        "basis": rule.basis.value,
        **_validity(rule),
        "when": condition_to_json(rule.when),
        "exemptions": [
            {
                "exemption_id": each.exemption_id,
                "name": each.name,
                "proof": each.proof,
                **_validity(each),
                "when": condition_to_json(each.when),
            }
            for each in rule.exemptions
        ],
    }


def _validity(dated: FeeRule | Exemption) -> dict[str, object]:
    return {
        "valid_from": dated.valid_from.isoformat() if dated.valid_from else None,
        "valid_to": dated.valid_to.isoformat() if dated.valid_to else None,
    }


def _decided(rule: FeeRule, values: LocalValues | None, on: date | None) -> dict[str, object]:
    """Return what a fee of the province costs here at the counter; None is unknown, never 0."""
    if values is None or on is None:
        return {}
    found = fee_on(values, rule.fee_id, on)
    return {
        "local_amount_vnd": found.amount_vnd if found else None,
        "local_basis": found.basis_text if found else "",
    }


def _form(template: FormTemplate) -> dict[str, object]:
    return {
        **form_dates_to_json(template),
        "roles": [
            {
                "role": role.role_id,
                "label": role.label,
                "applicant": role.applicant,
                "same_as_applicant_when": condition_to_json(role.same_as_applicant_when),
            }
            for role in template.roles
        ],
        "fields": [_field(field) for field in template.fields],
    }


def form_dates_to_json(template: FormTemplate) -> dict[str, object]:
    """Return which version of a form it is and when it is in force."""
    return {
        "form_id": template.form_id,
        "version": template.version,
        "title": template.title,
        "valid_from": template.valid_from.isoformat(),
        "valid_to": template.valid_to.isoformat() if template.valid_to else None,
    }


def _field(field: FormField) -> dict[str, object]:
    return {
        "key": field.key,
        "label": field.ask or field.label,
        "type": field.type.value,
        "required": field.required,
        "required_when": condition_to_json(field.required_when),
        "when": condition_to_json(field.when),
        "role": field.role,
        "card": field.card.value if field.card else None,
        "choices": list(field.choices),
        "free_choice": field.free_choice,
        "shape": _shape(field),
        "columns": [
            {"key": column.key, "label": column.label, "type": column.type.value} for column in field.columns
        ],
    }


def _shape(field: FormField) -> object:
    """Return what the JSON value of an answer looks like."""
    match field.type:
        case FieldType.ADDRESS:
            return dict.fromkeys(ADDRESS_PARTS, "string")
        case FieldType.ID_DOCUMENT:
            return dict.fromkeys(ID_DOCUMENT_PARTS, "string") | {"issued_on": "YYYY-MM-DD"}
        case FieldType.DATE:
            return "YYYY-MM-DD or YYYY" if field.year_only else "YYYY-MM-DD"
        case FieldType.MONEY | FieldType.NUMBER:
            return "integer"
        case FieldType.TICK:
            return "boolean"
        case FieldType.TABLE:
            return [dict.fromkeys((column.key for column in field.columns), "string")]
        case FieldType.COMPUTED:
            return None
        case _:
            return "string"
