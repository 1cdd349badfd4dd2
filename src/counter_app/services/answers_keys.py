"""Names in an answers file that mean nothing: a slip of the pen would otherwise be lost in silence."""

from collections.abc import Collection, Mapping
from typing import Any

from counter_app.domain.errors import BadInput
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.person import Person
from counter_app.domain.procedure import ProcedureCase
from counter_app.services.visit import Visit
from counter_app.services.visit_json import person_to_json

_TOP = frozenset(
    (
        *("applicant", "people", "fields", "facts", "parts", "entered_amounts", "exemptions", "channel"),
        *("assisted", "copies", "return_by", "slip_asked", "not_needed", "card_shown"),
    )
)
_PART = frozenset(("part_id", "name", "original", "copy", "electronic", "presented", "held"))
_PERSON = frozenset(person_to_json(Person(full_name="")))
DEEPEST = 20


def check_text(answers: object) -> None:
    """Refuse what no paper can carry, before anything walks through it.

    Raises:
        BadInput: ``bad_answers`` (field) for half a surrogate pair, or more than 20 levels of nesting.
    """
    waiting: list[tuple[object, int, str]] = [(answers, 0, "")]
    while waiting:
        value, depth, place = waiting.pop()
        if depth > DEEPEST:
            raise BadInput("bad_answers", field=place)
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise BadInput("bad_answers", field=place)
        if isinstance(value, dict):
            for key, inner in value.items():
                named = place or key.encode(errors="replace").decode()[:40]
                waiting += [(key, depth + 1, named), (inner, depth + 1, named)]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1, place) for inner in value]


def check_shape(answers: Mapping[str, Any]) -> None:
    """Refuse keys an answers file does not have; BadInput ``bad_answers`` with the `field`."""
    _only(answers, _TOP, "")
    for place, person in (("applicant", answers.get("applicant")), *_people(answers)):
        if isinstance(person, Mapping):
            _only(person, _PERSON, f"{place}.")
        elif person is not None:
            raise BadInput("bad_answers", field=place)
    parts = answers.get("parts")
    for row in parts if isinstance(parts, list) else ():
        if isinstance(row, Mapping):
            _only(row, _PART, "parts.")


def check_names(visit: Visit, case: ProcedureCase, templates: Collection[FormTemplate]) -> None:
    """Refuse forms, roles, fees and papers the case does not have; BadInput ``bad_answers``."""
    _only(visit.fields, [template.form_id for template in templates], "fields.")
    _only(visit.people, [role.role_id for template in templates for role in template.roles], "people.")
    fees = {rule.fee_id: rule for rule in case.fees}
    _only(visit.entered_amounts, fees, "entered_amounts.")
    _only(visit.exemptions, fees, "exemptions.")
    for fee_id, chosen in visit.exemptions.items():
        if chosen and chosen not in {each.exemption_id for each in fees[fee_id].exemptions}:
            raise BadInput("bad_answers", field=f"exemptions.{fee_id}")
    _only(visit.not_needed, [part.part_id for part in case.parts], "not_needed.")


def _people(answers: Mapping[str, Any]) -> list[tuple[str, object]]:
    people = answers.get("people")
    return [(f"people.{role}", each) for role, each in people.items()] if isinstance(people, Mapping) else []


def _only(found: Collection[str], known: Collection[str], place: str) -> None:
    for key in found:
        if key not in known:
            raise BadInput("bad_answers", field=f"{place}{key[:40]}")
