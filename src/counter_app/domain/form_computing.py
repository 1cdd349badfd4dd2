"""The functions a form's data may name to work an answer out, and what each of them needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.errors import BadInput
from counter_app.domain.field_values import (
    date_span,
    is_answered,
    is_filled_row,
    part_of,
    printed_address,
    read_typed_money,
    whole_date,
)
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.number_words import LARGEST, amount_in_words, date_in_words, number_in_words

Function = Callable[[Sequence[object], date], object]


@dataclass(frozen=True, slots=True)
class Computation:
    """One function: how many sources it takes (``most`` None: any number) and how it works."""

    function: Function
    least: int = 1
    most: int | None = 1


def computed_value(
    field: FormField, template: FormTemplate, answers: Mapping[str, object], today: date
) -> object:
    """Return the value of a computed field, or None while its sources say too little."""
    computation = COMPUTATIONS.get(field.compute)
    if computation is None:
        return None
    sources = [source_value(source, template, answers, today) for source in field.compute_from]
    return computation.function(sources, today)


def source_value(
    source: str, template: FormTemplate, answers: Mapping[str, object], today: date, depth: int = 0
) -> object:
    """Return what a source names: a field's answer, or the cells of "table.column" as a list."""
    key, _, column = source.partition(".")
    field = template.field(key)
    if column:
        rows = answers.get(key)
        cells = rows if isinstance(rows, list | tuple) else ()
        return [row.get(column) for row in cells if isinstance(row, Mapping)]
    if field is not None and field.type is FieldType.COMPUTED and depth < 5:
        nested = [source_value(one, template, answers, today, depth + 1) for one in field.compute_from]
        return COMPUTATIONS[field.compute].function(nested, today) if field.compute in COMPUTATIONS else None
    return answers.get(key)


def _date_in_words(sources: Sequence[object], _today: date) -> object:
    day = whole_date(sources[0])
    return None if day is None else date_in_words(day)


def _amount_in_words(sources: Sequence[object], _today: date) -> object:
    amount = _readable(sources[0])
    return None if amount is None else amount_in_words(amount)


def _number_in_words(sources: Sequence[object], _today: date) -> object:
    number = _readable(sources[0])
    return None if number is None else number_in_words(number)


def _readable(value: object) -> int | None:
    number = as_number(value)
    return number if number is not None and abs(number) <= LARGEST else None


def _sum(sources: Sequence[object], _today: date) -> object:
    flat = [cell for source in sources for cell in (source if isinstance(source, list) else [source])]
    numbers = [number for number in map(as_number, flat) if number is not None]
    return sum(numbers) if numbers else None


def _count(sources: Sequence[object], _today: date) -> object:
    rows = sources[0] if isinstance(sources[0], list | tuple) else []
    return sum(1 for row in rows if is_filled_row(row)) or None


def _age(sources: Sequence[object], today: date) -> object:
    """Completed years; with the year alone, what the person turns this year at most."""
    born = date_span(sources[0])
    on = date_span(sources[1]) if len(sources) > 1 else (today, today)
    if born is None or on is None or on[1] < born[0]:
        return None
    return completed_years(born[0], on[1])


def _year(sources: Sequence[object], _today: date) -> object:
    span = date_span(sources[0])
    return None if span is None else str(span[0].year)


def _days_between(sources: Sequence[object], _today: date) -> object:
    first, last = whole_date(sources[0]), whole_date(sources[1])
    return None if first is None or last is None else (last - first).days


def _days_since(sources: Sequence[object], today: date) -> object:
    day = whole_date(sources[0])
    return None if day is None else (today - day).days


def _copy(sources: Sequence[object], _today: date) -> object:
    return sources[0]


def _join(sources: Sequence[object], _today: date) -> object:
    texts = [_as_text(source) for source in sources if is_answered(source)]
    return ", ".join(texts) or None


def _as_text(value: object) -> str:
    if isinstance(value, Mapping):
        return part_of(value, "number") or printed_address(value)
    return str(value)


def as_number(value: object) -> int | None:
    """Return a whole number given as such or as typed money; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    try:
        return read_typed_money(value) if isinstance(value, str) else None
    except BadInput:
        return None


def completed_years(born: date, on: date) -> int:
    """Return the age in completed years; somebody born on 29 February ages on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


COMPUTATIONS: Mapping[str, Computation] = {
    "date_in_words": Computation(_date_in_words),
    "amount_in_words": Computation(_amount_in_words),
    "number_in_words": Computation(_number_in_words),
    "sum": Computation(_sum, most=None),
    "count": Computation(_count),
    "age": Computation(_age, most=2),
    "year": Computation(_year),
    "days_between": Computation(_days_between, least=2, most=2),
    "days_since": Computation(_days_since),
    "copy": Computation(_copy),
    "join": Computation(_join, most=None),
}
