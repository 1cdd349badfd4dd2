"""Says what is wrong with the answers of a form: errors that block and warnings that do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.answer_types import type_faults
from counter_app.domain.condition import holds
from counter_app.domain.field_values import is_answered, part_of
from counter_app.domain.form_checks import CHECKS, CheckInput
from counter_app.domain.form_cleaning import cleaned_answers
from counter_app.domain.form_contradictions import contradictions
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.form_visibility import effective_answers, is_required


class Severity(StrEnum):
    """An error blocks the intake; a warning is shown and may be passed over."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One fault of one field.

    ``message`` is the form data's own Vietnamese sentence; when empty, the central table turns
    ``code`` and ``params`` into words. ``params`` of table cells hold ``row`` (from 1) and ``column``.
    """

    key: str
    code: str
    message: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def blocks(self) -> bool:
        """Tell whether the visit cannot be received with this."""
        return self.severity is Severity.ERROR


def validate(
    template: FormTemplate,
    answers: Mapping[str, object],
    *,
    today: date,
    facts: Mapping[str, object] | None = None,
    known: Mapping[str, object] | None = None,
) -> tuple[FieldProblem, ...]:
    """Check every visible answer; problems come in the order of the form, unknown keys last.

    Answers are cleaned first (`form_cleaning`), so what a clerk types passes as well as stored values.
    Hidden fields are not checked. `facts` are facts of the visit that conditions may name. `known` are
    the effective answers of `answers` that are clean already, as `form_filling` returns both.
    """
    if known is None:
        answers = cleaned_answers(template, answers, today=today)
        known = effective_answers(template, answers, facts)
    problems: list[FieldProblem] = []
    for each in template.fields:
        if each.type is not FieldType.COMPUTED and holds(each.when, known):
            problems += _of_field(each, answers.get(each.key), known, today)
    problems += [
        FieldProblem(key=key, code=code, params=params, severity=_severity(warns))
        for key, code, params, warns in contradictions(template, known, today)
    ]
    order = {each.key: position for position, each in enumerate(template.fields)}
    problems.sort(key=lambda problem: order[problem.key])
    unknown = [key for key in answers if key not in order]
    return (*problems, *(FieldProblem(key=key, code="unknown_field") for key in unknown))


def _severity(warns: bool) -> Severity:
    return Severity.WARNING if warns else Severity.ERROR


def _of_field(
    each: FormField, typed: object, known: Mapping[str, object], today: date
) -> Iterator[FieldProblem]:
    value = known.get(each.key)
    if not is_answered(value):
        if is_required(each, known):
            yield FieldProblem(key=each.key, code="required")
        elif each.type is FieldType.ID_DOCUMENT and is_answered(_besides_number(typed)):
            yield FieldProblem(key=each.key, code="document_number_missing")
        return
    faults = [
        FieldProblem(key=each.key, code=code, params=params)
        for code, params in type_faults(each, value, today)
    ]
    yield from faults
    if not faults:
        yield from _of_rules(each, value, known, today)


def _besides_number(typed: object) -> list[str]:
    # The kind is often preset, so it alone says nothing.
    return [part_of(typed, part) for part in ("issued_on", "issued_by")]


def _of_rules(
    each: FormField, value: object, known: Mapping[str, object], today: date
) -> Iterator[FieldProblem]:
    for rule in each.rules:
        check = CHECKS[rule.check]
        if not check.passes(CheckInput(value, rule.value, known, today)):
            yield FieldProblem(
                key=each.key,
                code=rule.check,
                message=rule.message,
                params={"value": rule.value},
                severity=_severity(check.warns),
            )
