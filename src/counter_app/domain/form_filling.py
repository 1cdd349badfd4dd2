"""Fills a form from the people scanned, keeps what the clerk typed, and says what is still missing.

``answers`` are only what the clerk typed or accepted: a key that is present, even empty, is the
clerk's word and is never overwritten. The rest is worked out anew on every call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.card_values import card_value
from counter_app.domain.field_values import is_answered
from counter_app.domain.form_cleaning import cleaned_answer, cleaned_answers
from counter_app.domain.form_computing import computed_value
from counter_app.domain.form_suggestions import SuggestionSources, proposals_for
from counter_app.domain.form_template import FieldType, FormField, FormTemplate, Role
from counter_app.domain.form_visibility import (
    effective_answers,
    is_required,
    missing_fields,
    shown_fields,
    unanswered_fields,
    visible_fields,
)
from counter_app.domain.office import Office
from counter_app.domain.person import Person

__all__ = [
    "FilledAnswers",
    "Source",
    "applicant_role",
    "effective_answers",
    "fill_from_people",
    "is_required",
    "missing_fields",
    "roles_of_applicant",
    "unanswered_fields",
    "visible_fields",
]


class Source(StrEnum):
    """Where an answer came from, as the screen names it."""

    TYPED = "typed"
    CARD = "card"
    APPLICANT = "applicant"  # this person is the applicant, whose answers are known
    DEFAULT = "default"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledAnswers:
    """A form as far as it is known.

    ``values`` and ``sources`` have the same keys. ``proposals`` are suggestions for empty visible
    fields: the clerk accepts one with Enter, until then it is no answer. ``known`` are the effective
    answers and ``visible`` the fields asked for these values: whoever judges the form next need not
    work them out again.
    """

    values: Mapping[str, object]
    sources: Mapping[str, Source]
    proposals: Mapping[str, object] = field(default_factory=dict)
    known: Mapping[str, object] = field(default_factory=dict, compare=False)
    visible: tuple[FormField, ...] = field(default=(), compare=False)


def fill_from_people(
    template: FormTemplate,
    answers: Mapping[str, object],
    people: Mapping[str, Person],
    *,
    today: date,
    office: Office | None = None,
    last: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
    decided: Mapping[str, object] | None = None,
) -> FilledAnswers:
    """Return every known value of the form with its source.

    All values are in stored form (`form_cleaning`). Typed ones come back with keys the form does not know
    among them, so that validation reports them. `people` maps role ids to persons; `last` are the answers
    of the form filled before this one, for suggestions; `facts` are facts of the visit
    (``channel`` …) that conditions may name; `decided` are the answers the case gives, which stand
    in for the form's defaults.
    """
    values: dict[str, object] = {}
    sources: dict[str, Source] = {}
    typed = cleaned_answers(template, answers, today=today)
    for each in template.fields:
        preset = (decided or {}).get(each.key, each.default)
        if each.key in typed:
            values[each.key], sources[each.key] = typed[each.key], Source.TYPED
        elif preset is not None:
            values[each.key], sources[each.key] = cleaned_answer(each, preset, today), Source.DEFAULT
    keys = {each.key for each in template.fields}
    unknown = {key: value for key, value in typed.items() if key not in keys}
    values |= unknown
    sources |= dict.fromkeys(unknown, Source.TYPED)
    _fill_from_cards(template, people, values, sources, today)
    # Only now is it known who the applicant is to the others, so these roles come second.
    _fill_from_applicant(template, people, values, sources, facts or {}, today)
    _fill_computed(template, effective_answers(template, values, facts), values, sources, today)
    known = effective_answers(template, values, facts)
    visible = shown_fields(template, known)
    proposals = proposals_for(visible, values, sources, SuggestionSources(office, last or {}, today))
    return FilledAnswers(values=values, sources=sources, proposals=proposals, known=known, visible=visible)


def _fill_computed(
    template: FormTemplate,
    known: Mapping[str, object],
    values: dict[str, object],
    sources: dict[str, Source],
    today: date,
) -> None:
    for each in template.fields:
        if each.type is FieldType.COMPUTED:
            value = computed_value(each, template, known, today)
            if value is not None:
                values[each.key], sources[each.key] = value, Source.COMPUTED


def _fill_from_cards(
    template: FormTemplate,
    people: Mapping[str, Person],
    values: dict[str, object],
    sources: dict[str, Source],
    today: date,
) -> None:
    for each in template.fields:
        person = people.get(each.role)
        if person is not None and each.card is not None:
            _offer(each, cleaned_answer(each, card_value(each, person), today), Source.CARD, values, sources)


def _fill_from_applicant(
    template: FormTemplate,
    people: Mapping[str, Person],
    values: dict[str, object],
    sources: dict[str, Source],
    facts: Mapping[str, object],
    today: date,
) -> None:
    applicant = applicant_role(template)
    if applicant is None:
        return
    known = {each.card: values.get(each.key) for each in template.fields if each.role == applicant.role_id}
    for role in roles_of_applicant(template, values, facts):
        if role.role_id in people:
            continue
        for each in template.fields:
            if each.role == role.role_id and each.card is not None:
                value = known.get(each.card)
                if not is_answered(value) and applicant.role_id in people:
                    value = cleaned_answer(each, card_value(each, people[applicant.role_id]), today)
                _offer(each, value, Source.APPLICANT, values, sources)


def _offer(
    each: FormField,
    value: object,
    source: Source,
    values: dict[str, object],
    sources: dict[str, Source],
) -> None:
    """Take over a value unless the clerk typed one; a half-typed id document is completed."""
    if not is_answered(value):
        return
    if sources.get(each.key) is not Source.TYPED:
        values[each.key], sources[each.key] = value, source
        return
    typed = values[each.key]
    if each.type is FieldType.ID_DOCUMENT and isinstance(typed, Mapping) and isinstance(value, Mapping):
        said = {part: text for part, text in typed.items() if text}
        if said and said.get("number", value.get("number")) == value.get("number"):
            values[each.key] = {**value, **said}


def applicant_role(template: FormTemplate) -> Role | None:
    """Return the role of the applicant, if the form has one."""
    return next((role for role in template.roles if role.applicant), None)


def roles_of_applicant(
    template: FormTemplate, values: Mapping[str, object], facts: Mapping[str, object] | None = None
) -> tuple[Role, ...]:
    """Return the other roles that the applicant holds too (the mother who registers a birth)."""
    known = {**(facts or {}), **values}
    return tuple(
        role
        for role in template.roles
        if role.same_as_applicant_when is not None and role.same_as_applicant_when.holds(known)
    )
