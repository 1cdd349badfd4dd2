"""The named checks a form's data may put on a field (`ValidationRule.check`).

Dates of which only the year is known get the benefit of the doubt.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.field_values import date_span
from counter_app.domain.form_computing import as_number, completed_years
from counter_app.domain.vietnamese_text import fold


@dataclass(frozen=True, slots=True)
class CheckInput:
    """An answer to be checked, the rule's parameter, and what is known besides."""

    value: object
    parameter: str
    answers: Mapping[str, object]
    today: date


class Parameter:
    """What kind of parameter a check takes, so that data with a wrong one is refused at load."""

    NONE = "none"
    NUMBER = "number"
    PATTERN = "pattern"
    FIELD = "field"
    FIELD_OR_DATE = "field_or_date"
    FIELD_AND_NUMBER = "field_and_number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Check:
    """A named check. ``warns`` marks what the clerk is told about but may go on with."""

    passes: Callable[[CheckInput], bool]
    parameter: str
    warns: bool = False


def _span_of(reference: str, answers: Mapping[str, object]) -> tuple[date, date] | None:
    return date_span(reference) or date_span(answers.get(reference))


def _pattern(given: CheckInput) -> bool:
    return re.fullmatch(given.parameter, str(given.value)) is not None


def _min(given: CheckInput) -> bool:
    number = as_number(given.value)
    return number is None or number >= int(given.parameter)


def _max(given: CheckInput) -> bool:
    number = as_number(given.value)
    return number is None or number <= int(given.parameter)


def _min_length(given: CheckInput) -> bool:
    return len(str(given.value)) >= int(given.parameter)


def _max_length(given: CheckInput) -> bool:
    return len(str(given.value)) <= int(given.parameter)


def _not_future(given: CheckInput) -> bool:
    span = date_span(given.value)
    return span is None or span[0] <= given.today


def _not_past(given: CheckInput) -> bool:
    span = date_span(given.value)
    return span is None or span[1] >= given.today


def _not_before(given: CheckInput) -> bool:
    span, other = date_span(given.value), _span_of(given.parameter, given.answers)
    return span is None or other is None or span[1] >= other[0]


def _after_field(given: CheckInput) -> bool:
    span, other = date_span(given.value), _span_of(given.parameter, given.answers)
    return span is None or other is None or span[1] > other[0]


def _max_days_before_today(given: CheckInput) -> bool:
    span = date_span(given.value)
    return span is None or (given.today - span[1]).days <= int(given.parameter)


def _max_days_after_field(given: CheckInput) -> bool:
    key, _, days = given.parameter.partition(":")
    span, other = date_span(given.value), _span_of(key, given.answers)
    return span is None or other is None or (span[0] - other[1]).days <= int(days)


def _min_age(given: CheckInput) -> bool:
    span = date_span(given.value)
    return span is None or completed_years(span[0], given.today) >= int(given.parameter)


def _max_age(given: CheckInput) -> bool:
    span = date_span(given.value)
    return span is None or completed_years(span[1], given.today) <= int(given.parameter)


def _comparable(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(fold(str(part)) for _, part in sorted(value.items()) if part)
    return fold(str(value)) if value is not None else ""


def _differs_from(given: CheckInput) -> bool:
    other = _comparable(given.answers.get(given.parameter))
    return not other or other != _comparable(given.value)


def _equals_field(given: CheckInput) -> bool:
    other = _comparable(given.answers.get(given.parameter))
    return not other or other == _comparable(given.value)


def _one_of(given: CheckInput) -> bool:
    return str(given.value) in given.parameter.split("|")


CHECKS: Mapping[str, Check] = {
    "pattern": Check(_pattern, Parameter.PATTERN),
    "min": Check(_min, Parameter.NUMBER),
    "max": Check(_max, Parameter.NUMBER),
    "min_length": Check(_min_length, Parameter.NUMBER),
    "max_length": Check(_max_length, Parameter.NUMBER),
    "not_future": Check(_not_future, Parameter.NONE),
    "not_past": Check(_not_past, Parameter.NONE),
    "not_before": Check(_not_before, Parameter.FIELD_OR_DATE),
    "after_field": Check(_after_field, Parameter.FIELD),
    "max_days_before_today": Check(_max_days_before_today, Parameter.NUMBER, warns=True),
    "max_days_after_field": Check(_max_days_after_field, Parameter.FIELD_AND_NUMBER, warns=True),
    "min_age": Check(_min_age, Parameter.NUMBER),
    "max_age": Check(_max_age, Parameter.NUMBER),
    "differs_from": Check(_differs_from, Parameter.FIELD),
    "equals_field": Check(_equals_field, Parameter.FIELD),
    "one_of": Check(_one_of, Parameter.WORDS),
}
