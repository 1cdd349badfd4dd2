"""Which fields of a form are asked, and which of them still lack an answer."""

from collections.abc import Iterable, Mapping

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
    known.update({key: value for key, value in answers.items() if value is False or is_answered(value)})
    for each in template.fields:
        if each.when is not None and not each.when.holds(known):
            known.pop(each.key, None)
        elif each.type is FieldType.TICK:
            known.setdefault(each.key, False)
    return known


def visible_fields(
    template: FormTemplate,
    answers: Mapping[str, object],
    facts: Mapping[str, object] | None = None,
) -> tuple[FormField, ...]:
    """Return the fields asked for these answers, in the order of the form."""
    return shown_fields(template, effective_answers(template, answers, facts))


def shown_fields(template: FormTemplate, known: Mapping[str, object]) -> tuple[FormField, ...]:
    """Return the fields asked, given the effective answers."""
    return tuple(each for each in template.fields if each.when is None or each.when.holds(known))


def missing_fields(
    template: FormTemplate,
    answers: Mapping[str, object],
    facts: Mapping[str, object] | None = None,
) -> tuple[FormField, ...]:
    """Return the visible fields that must still be answered, in the order of the form."""
    known = effective_answers(template, answers, facts)
    return unanswered_fields(shown_fields(template, known), known)


def unanswered_fields(shown: Iterable[FormField], known: Mapping[str, object]) -> tuple[FormField, ...]:
    """Return those of the fields asked that must still be answered, given the effective answers."""
    return tuple(
        each
        for each in shown
        if each.type is not FieldType.COMPUTED
        and is_required(each, known)
        and not is_answered(known.get(each.key))
    )


def is_required(each: FormField, known: Mapping[str, object]) -> bool:
    """Tell whether a visible field must be answered, given the effective answers."""
    return each.required or (each.required_when is not None and each.required_when.holds(known))
