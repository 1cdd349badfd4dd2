"""Whether an answer has the shape its field's type asks for."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from counter_app.domain.address_value import says_where
from counter_app.domain.errors import BadInput
from counter_app.domain.field_values import (
    ADDRESS_PARTS,
    ID_DOCUMENT_PARTS,
    date_span,
    is_filled_row,
    is_stored_date,
    normal_phone,
)
from counter_app.domain.form_computing import as_number
from counter_app.domain.form_template import Column, FieldType, FormField

LONGEST_NAME = 200
LONGEST_TEXT = 2000
LONGEST_PART = 500
LARGEST_NUMBER = 10**15

_PERSONAL_ID = re.compile(r"[0-9]{12}")
_DOCUMENT_NUMBER = re.compile(r"[0-9A-Za-z./-]{5,30}")

Fault = tuple[str, Mapping[str, object]]


def type_faults(field: FormField, value: object, today: date) -> Iterator[Fault]:
    """Yield code and parameters of every way in which `value` is not an answer to `field`."""
    match field.type:
        case FieldType.CHOICE:
            yield from _choice(field, value)
        case FieldType.DATE:
            yield from _date(value, year_only=field.year_only)
        case FieldType.ID_DOCUMENT:
            yield from _id_document(value, today)
        case FieldType.TABLE:
            yield from _table(field, value)
        case FieldType.TICK:
            yield from () if isinstance(value, bool) else _fault("wrong_type", expected="tick")
        case FieldType.ADDRESS:
            yield from _address(value)
        case FieldType.MONEY | FieldType.NUMBER:
            yield from _number(value)
        case _:
            yield from _text(field.type, value)


def _fault(code: str, **params: object) -> Iterator[Fault]:
    yield code, params


def _text(kind: FieldType, value: object) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield from _fault("wrong_type", expected="text")
        return
    limit = LONGEST_NAME if kind is FieldType.PERSON_NAME else LONGEST_TEXT
    if len(value) > limit:
        yield from _fault("too_long", limit=limit)
    elif kind is FieldType.PERSONAL_ID and not _PERSONAL_ID.fullmatch(value):
        yield from _fault("not_a_personal_id")
    elif kind is FieldType.PHONE and not is_phone(value):
        yield from _fault("not_a_phone")
    elif kind is FieldType.PERSON_NAME and not is_name(value):
        yield from _fault("not_a_name")


def is_name(text: str) -> bool:
    """Tell whether `text` can be a person's name: at least two letters of any script, no digit."""
    return sum(c.isalpha() for c in text) >= 2 and not any(c.isdigit() for c in text)


def is_phone(text: str) -> bool:
    """Tell whether `text` is a telephone number of Vietnam."""
    try:
        normal_phone(text)
    except BadInput:
        return False
    return True


def _choice(field: FormField, value: object) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield from _fault("wrong_type", expected="text")
    elif len(value) > LONGEST_PART:
        yield from _fault("too_long", limit=LONGEST_PART)
    elif value not in field.choices and not field.free_choice:
        yield from _fault("not_a_choice")


def _date(value: object, *, year_only: bool) -> Iterator[Fault]:
    span = date_span(value)
    if span is None:
        yield from _fault("not_a_date")
    elif span[0] != span[1] and not year_only:
        yield from _fault("day_needed")


def _number(value: object) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield from _fault("not_a_number")
    elif not 0 <= value <= LARGEST_NUMBER:
        yield from _fault("number_out_of_range", least=0, most=LARGEST_NUMBER)


def _parts(value: object, allowed: tuple[str, ...], expected: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield from _fault("wrong_type", expected=expected)
        return
    for part, text in value.items():
        if part not in allowed or not isinstance(text, str | None):
            yield from _fault("wrong_type", expected=expected)
        elif text is not None and len(text) > LONGEST_PART:
            yield from _fault("too_long", limit=LONGEST_PART)


def _address(value: object) -> Iterator[Fault]:
    faults = list(_parts(value, ADDRESS_PARTS, "address"))
    yield from faults
    if not faults and not says_where(value):
        yield from _fault("commune_missing")


def _id_document(value: object, today: date) -> Iterator[Fault]:
    faults = list(_parts(value, ID_DOCUMENT_PARTS, "id_document"))
    yield from faults
    if faults or not isinstance(value, Mapping):
        return
    number, issued_on = value.get("number"), value.get("issued_on")
    if number and not _DOCUMENT_NUMBER.fullmatch(number):
        yield from _fault("bad_document_number")
    if issued_on:
        span = date_span(issued_on)
        if span is None:
            yield from _fault("not_a_date")
        elif span[0] > today:
            yield from _fault("issued_in_future")


def _table(field: FormField, value: object) -> Iterator[Fault]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        yield from _fault("wrong_type", expected="table")
        return
    if len(value) > field.max_rows:
        yield from _fault("too_many_rows", limit=field.max_rows)
    columns = {column.key: column for column in field.columns}
    for number, row in enumerate(value, start=1):
        if is_filled_row(row):
            yield from _row(columns, row, number)


def _row(columns: Mapping[str, Column], row: Mapping[str, object], number: int) -> Iterator[Fault]:
    for key, cell in row.items():
        column = columns.get(key)
        if column is None:
            yield from _fault("unknown_column", row=number, column=key)
        elif isinstance(cell, str) and not _cell_fits(column.type, cell):
            yield from _cell_fault(column, cell, number)
        elif not isinstance(cell, str | int | None):
            yield from _fault("wrong_type", expected="text", row=number, column=column.label)


def _cell_fault(column: Column, cell: str, number: int) -> Iterator[Fault]:
    if len(cell) > LONGEST_PART:
        return _fault("too_long", limit=LONGEST_PART, row=number, column=column.label)
    return _fault(_CELL_CODES[column.type], row=number, column=column.label)


def _cell_fits(kind: FieldType, cell: str) -> bool:
    test = _CELL_TESTS.get(kind)
    return len(cell) <= LONGEST_PART and (not cell or test is None or test(cell))


_CELL_TESTS: Mapping[FieldType, Callable[[str], bool]] = {
    FieldType.DATE: is_stored_date,
    FieldType.MONEY: lambda cell: as_number(cell) is not None,
    FieldType.NUMBER: lambda cell: as_number(cell) is not None,
    FieldType.PERSON_NAME: is_name,
    FieldType.PHONE: is_phone,
    FieldType.PERSONAL_ID: lambda cell: _PERSONAL_ID.fullmatch(cell) is not None,
}
_CELL_CODES: Mapping[FieldType, str] = {
    FieldType.DATE: "not_a_date",
    FieldType.MONEY: "not_a_number",
    FieldType.NUMBER: "not_a_number",
    FieldType.PERSON_NAME: "not_a_name",
    FieldType.PHONE: "not_a_phone",
    FieldType.PERSONAL_ID: "not_a_personal_id",
}
