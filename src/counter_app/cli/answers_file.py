"""The --answers file of `receive`: JSON in UTF-8, checked name by name; docs/command-line.md tells it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import BadInput
from counter_app.services.answers_keys import check_shape, check_text

if TYPE_CHECKING:
    from counter_app.domain.person import Person
    from counter_app.services.visit import Visit


def read_answers(path: Path) -> dict[str, Any]:
    """Return the answers.

    Raises:
        BadInput: ``bad_answers_file``, or ``bad_answers`` (field) for what an answers file cannot hold.
    """
    try:
        answers = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except (OSError, ValueError, RecursionError) as problem:
        raise BadInput("bad_answers_file") from problem
    if not isinstance(answers, dict):
        raise BadInput("bad_answers_file")
    check_text(answers)
    check_shape(answers)
    return answers


def _no_number(name: str) -> float:
    raise ValueError(name)


def with_typed_applicant(visit: "Visit", typed: Mapping[str, Any] | None, *, today: date) -> "Visit":
    """Lay what the answers say of the applicant over what the card said.

    Raises:
        BadInput: ``applicant_is_not_the_card`` when name or number say that these are two people.
    """
    from counter_app.services.visit_json import person_from_json, person_to_json

    if not typed:
        return visit
    said = {key: _stored(key, value, today) for key, value in typed.items() if value not in (None, "")}
    if visit.applicant is None:
        return replace(visit, applicant=person_from_json(said))
    applicant = person_from_json(person_to_json(visit.applicant) | said)
    if _two_people(visit.applicant, applicant):
        raise BadInput("applicant_is_not_the_card")
    return replace(visit, applicant=applicant)


def _stored(key: str, value: Any, today: date) -> Any:
    """Dates and telephone numbers are understood as the forms understand them."""
    from counter_app.domain.form_cleaning import cleaned_text
    from counter_app.domain.form_template import FieldType

    kinds = {
        "birth_date": FieldType.DATE,
        "issued_on": FieldType.DATE,
        "phone": FieldType.PHONE,
        "personal_id": FieldType.PERSONAL_ID,
    }
    return cleaned_text(kinds[key], value, today) if key in kinds and isinstance(value, str) else value


def _two_people(scanned: "Person", typed: "Person") -> bool:
    from counter_app.domain.applicant_agreement import same_name

    if scanned.personal_id and typed.personal_id != scanned.personal_id:
        return True
    return bool(scanned.full_name) and not same_name(scanned.full_name, typed.full_name)
