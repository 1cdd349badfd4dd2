"""Which fields of a form are asked, and which of them still lack an answer."""

from collections.abc import Mapping

from counter_app.domain.condition import holds
from counter_app.domain.field_values import is_answered
from counter_app.domain.form_template import FieldType, FormField, FormTemplate


def effective_answers(
    template: FormTemplate,
    answers: Mapping[str, object],
    facts: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """Return facts and the answers of the visible fields; hidden and empty ones are left out.

    Conditions are judged on this: what was typed into a field that is now hidden counts no more.
    """
    known = {**(facts or {})}
    known.update({key: value for key, value in answers.items() if _says_something(value)})
    for each in template.fields:
        if not holds(each.when, known):
            known.pop(each.key, None)
        elif each.type is FieldType.TICK:
            known.setdefault(each.key, False)
    return known


def _says_something(value: object) -> bool:
    return value is False or is_answered(value)


def visible_fields(
    template: FormTemplate,
    answers: Mapping[str, object],
    facts: Mapping[str, object] | None = None,
) -> tuple[FormField, ...]:
    """Return the fields asked for these answers, in the order of the form."""
    known = effective_answers(template, answers, facts)
    return tuple(each for each in template.fields if holds(each.when, known))


def missing_fields(
    template: FormTemplate,
    answers: Mapping[str, object],
    facts: Mapping[str, object] | None = None,
) -> tuple[FormField, ...]:
    """Return the visible fields that must still be answered, in the order of the form."""
    known = effective_answers(template, answers, facts)
    return tuple(
        each
        for each in template.fields
        if each.type is not FieldType.COMPUTED
        and holds(each.when, known)
        and is_required(each, known)
        and not is_answered(known.get(each.key))
    )


def is_required(each: FormField, known: Mapping[str, object]) -> bool:
    """Tell whether a visible field must be answered, given the effective answers."""
    return each.required or (each.required_when is not None and each.required_when.holds(known))
