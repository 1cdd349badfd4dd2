"""A visit as JSON values and back: the drafts' state and the command line's --answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar, cast

from counter_app.domain.condition import Scalar
from counter_app.domain.dossier import Channel, ReturnBy, SubmittedPart
from counter_app.domain.errors import BadInput
from counter_app.domain.person import Person, Sex
from counter_app.services.visit import Visit

_Choice = TypeVar("_Choice", Channel, ReturnBy)

_PART_COUNTS = ("original", "copy", "electronic", "held")


def visit_to_json(visit: Visit) -> dict[str, object]:
    """Return the visit as JSON values, everything typed so far included."""
    return {
        "procedure_id": visit.procedure_id,
        "case_id": visit.case_id,
        "applicant": person_to_json(visit.applicant) if visit.applicant else None,
        "people": {role: person_to_json(person) for role, person in visit.people.items()},
        "fields": {form: dict(answers) for form, answers in visit.fields.items()},
        "facts": dict(visit.facts),
        "parts": [
            {"part_id": p.part_id, "name": p.name, "presented": p.presented}
            | {count: getattr(p, count) for count in _PART_COUNTS}
            for p in visit.parts
        ],
        "entered_amounts": dict(visit.entered_amounts),
        "exemptions": dict(visit.exemptions),
        "channel": visit.channel.value,
        "assisted": visit.assisted,
        "copies": visit.copies,
        "return_by": visit.return_by.value,
        "slip_asked": visit.slip_asked,
        "card_shown": visit.card_shown,
        "override_reason": visit.override_reason,
        "not_needed": list(visit.not_needed),
    }


def visit_from_json(state: Mapping[str, Any]) -> Visit:
    """Read a visit; missing keys take their defaults.

    Raises:
        BadInput: ``bad_answers`` with the `field` that is not of its kind.
    """
    applicant = state.get("applicant")
    return Visit(
        procedure_id=_text(state, "procedure_id"),
        case_id=_text(state, "case_id"),
        applicant=person_from_json(_mapping(applicant, "applicant")) if applicant else None,
        people={
            role: person_from_json(_mapping(person, f"people.{role}"))
            for role, person in _mapping(state.get("people", {}), "people").items()
        },
        fields={
            form: dict(_mapping(answers, f"fields.{form}"))
            for form, answers in _mapping(state.get("fields", {}), "fields").items()
        },
        facts=_scalars(state.get("facts", {}), "facts"),
        parts=tuple(part_from_json(row) for row in _rows(state.get("parts", []), "parts")),
        entered_amounts=_whole_numbers(state.get("entered_amounts", {}), "entered_amounts"),
        exemptions={
            fee: _text(_mapping(state["exemptions"], "exemptions"), fee)
            for fee in _mapping(state.get("exemptions", {}), "exemptions")
        },
        channel=_choice(Channel, state.get("channel", "counter"), "channel"),
        assisted=_boolean(state.get("assisted", True), "assisted"),
        copies=_whole(state.get("copies", 1), "copies"),
        return_by=_choice(ReturnBy, state.get("return_by", "counter"), "return_by"),
        slip_asked=_boolean(state.get("slip_asked", False), "slip_asked"),
        card_shown=_boolean(state.get("card_shown", False), "card_shown"),
        override_reason=_text(state, "override_reason"),
        not_needed=_texts(state.get("not_needed", []), "not_needed"),
    )


def person_to_json(person: Person) -> dict[str, object]:
    """Return a person as JSON values, dates as ISO text."""
    return {
        "full_name": person.full_name,
        "personal_id": person.personal_id,
        "old_id": person.old_id,
        "birth_date": person.birth_date,
        "sex": person.sex.value if person.sex else "",
        "address": person.address,
        "legacy_address": person.legacy_address,
        "issued_on": person.issued_on.isoformat() if person.issued_on else "",
        "phone": person.phone,
        "email": person.email,
        "ethnicity": person.ethnicity,
    }


def person_from_json(value: Mapping[str, Any]) -> Person:
    """Read a person; BadInput ``bad_answers`` when a value is not of its kind."""
    sex = _text(value, "sex")
    issued_on = _text(value, "issued_on")
    try:
        return Person(
            full_name=_text(value, "full_name"),
            personal_id=_text(value, "personal_id"),
            old_id=_text(value, "old_id"),
            birth_date=_text(value, "birth_date"),
            sex=Sex(sex) if sex else None,
            address=_text(value, "address"),
            legacy_address=_text(value, "legacy_address"),
            issued_on=date.fromisoformat(issued_on) if issued_on else None,
            phone=_text(value, "phone"),
            email=_text(value, "email"),
            ethnicity=_text(value, "ethnicity"),
        )
    except ValueError as problem:
        raise BadInput("bad_answers", field="applicant") from problem


def part_from_json(row: Mapping[str, Any]) -> SubmittedPart:
    """Read a paper handed in; BadInput ``bad_answers`` when a value is not of its kind."""
    counts = {count: _whole(row.get(count, 0), f"parts.{count}") for count in _PART_COUNTS}
    return SubmittedPart(
        part_id=_text(row, "part_id"),
        name=_text(row, "name"),
        presented=_boolean(row.get("presented", False), "parts.presented"),
        original=counts["original"],
        copy=counts["copy"],
        electronic=counts["electronic"],
        held=counts["held"],
    )


def _text(value: Mapping[str, Any], key: str) -> str:
    text = value.get(key)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise BadInput("bad_answers", field=key)
    return text


def _texts(value: object, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadInput("bad_answers", field=field)
    return tuple(value)


def _mapping(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput("bad_answers", field=field)
    return cast("Mapping[str, Any]", value)


def _rows(value: object, field: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise BadInput("bad_answers", field=field)
    return [_mapping(row, field) for row in value]


def _whole(value: object, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000_000:
        raise BadInput("bad_answers", field=field)
    return value


def _whole_numbers(value: object, field: str) -> dict[str, int]:
    return {key: _whole(number, f"{field}.{key}") for key, number in _mapping(value, field).items()}


def _scalars(value: object, field: str) -> dict[str, Scalar]:
    facts = dict(_mapping(value, field))
    for key, fact in facts.items():
        if not isinstance(fact, str | int):
            raise BadInput("bad_answers", field=f"{field}.{key}")
    return facts


def _boolean(value: object, field: str) -> bool:
    if not isinstance(value, bool):
        raise BadInput("bad_answers", field=field)
    return value


def _choice(kind: type[_Choice], value: object, field: str) -> _Choice:
    try:
        return kind(str(value))
    except ValueError as problem:
        raise BadInput("bad_answers", field=field) from problem
