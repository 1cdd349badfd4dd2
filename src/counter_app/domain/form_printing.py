"""Answers of a form as the texts that stand on paper."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import NamedTuple

from counter_app.domain.field_values import (
    ADDRESS_PARTS,
    ID_DOCUMENT_PARTS,
    date_span,
    day_month_year,
    grouped,
    is_answered,
    is_filled_row,
    part_of,
    printed_address,
    printed_address_with_legacy,
    printed_date,
    printed_id_document,
    printed_money,
)
from counter_app.domain.form_computing import as_number, computed_value
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.form_visibility import effective_answers
from counter_app.domain.office import Office
from counter_app.domain.vietnamese_text import clean

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
TICKED, NOT_TICKED = "[X]", "[  ]"
# Never filled in: a dotted leader for what somebody else writes by hand, short for the parts of a day.
BLANK_PLACEHOLDERS = ("blank", "blank.day", "blank.month", "blank.year")
OFFICE_PLACEHOLDERS = (*(field.name for field in fields(Office)), "committee")

# What may follow a field's key in a placeholder: {ks_ngay_sinh.year}, {me_giay_to.number}, {gio.padded}.
PLACEHOLDER_PARTS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.DATE: ("day", "month", "year", "words"),
    FieldType.ADDRESS: (*ADDRESS_PARTS, "with_legacy"),
    FieldType.ID_DOCUMENT: ID_DOCUMENT_PARTS,
    FieldType.NUMBER: ("padded",),
}


class PrintedForm(NamedTuple):
    """Placeholder → text ("" prints a dotted leader), and table field → rows of cells."""

    values: dict[str, str]
    tables: dict[str, tuple[tuple[str, ...], ...]]


def printed_form(
    template: FormTemplate,
    answers: Mapping[str, object],
    *,
    office: Office,
    today: date,
    facts: Mapping[str, object] | None = None,
) -> PrintedForm:
    """Return the printed text of every placeholder the form may use.

    Every field has an entry, also the hidden and the empty ones, so no layout finds a name missing.
    Computed fields are worked out here; `today` is the day of the date line.
    """
    known = effective_answers(template, answers, facts)
    values = office_texts(office) | {"today": day_month_year(today)} | dict.fromkeys(BLANK_PLACEHOLDERS, "")
    tables: dict[str, tuple[tuple[str, ...], ...]] = {}
    for each in template.fields:
        value = known.get(each.key)
        if each.type is FieldType.COMPUTED:
            value = computed_value(each, template, known, today)
        if each.type is FieldType.TABLE:
            tables[each.key] = _rows(each, value)
        else:
            values[each.key] = printed_value(each, value)
        values.update(_parts(each, value))
    return PrintedForm(values, tables)


def office_texts(office: Office) -> dict[str, str]:
    """Return the office's placeholders; ``office.place`` is the place name of a date line."""
    texts = {f"office.{name}": clean(str(getattr(office, name))) for name in OFFICE_PLACEHOLDERS}
    return texts | {
        "office.place": clean(office.date_place),
        "office.commune_name": office.commune_in_text,
        "office.province": office.province_in_text,
    }


def unknown_office_placeholders(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text that no form could fill, or the text when its braces are stray."""
    rest = _PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        return (text,)
    known = {f"office.{name}" for name in (*OFFICE_PLACEHOLDERS, "place")} | set(BLANK_PLACEHOLDERS)
    return tuple(name for name in _PLACEHOLDER.findall(text) if name not in known)


def printed_value(each: FormField, value: object) -> str:
    """Return one answer as printed; "" when there is none."""
    if each.type is FieldType.TICK:
        return TICKED if value is True else NOT_TICKED
    if not is_answered(value):
        return ""
    printer = _PRINTERS.get(each.type, _text)
    text = printer(value)
    return text.upper() if each.uppercase else text


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        # Four digits may be a year; grouped they would read as something else.
        return grouped(value) if value >= 10_000 else str(value)
    return clean(str(value)) if isinstance(value, str) else ""


def _date(value: object) -> str:
    return printed_date(value) or _text(value)


def _money(value: object) -> str:
    amount = as_number(value)
    return _text(value) if amount is None else printed_money(amount)


_PRINTERS: Mapping[FieldType, Callable[[object], str]] = {
    FieldType.DATE: _date,
    FieldType.MONEY: _money,
    FieldType.ADDRESS: printed_address,
    FieldType.ID_DOCUMENT: printed_id_document,
}


def _parts(each: FormField, value: object) -> dict[str, str]:
    """Return the placeholders below a date, an address or an id document."""
    key = each.key
    match each.type:
        case FieldType.DATE:
            return {f"{key}.{part}": text for part, text in _date_parts(value).items()}
        case FieldType.ADDRESS:
            told = {f"{key}.{part}": part_of(value, part) for part in ADDRESS_PARTS}
            return told | {f"{key}.with_legacy": printed_address_with_legacy(value)}
        case FieldType.ID_DOCUMENT:
            told = {f"{key}.{part}": part_of(value, part) for part in ID_DOCUMENT_PARTS}
            return told | {f"{key}.issued_on": printed_date(part_of(value, "issued_on"))}
        case FieldType.NUMBER:
            number = as_number(value)
            return {f"{key}.padded": "" if number is None else f"{number:02d}"}
        case _:
            return {}


def _date_parts(value: object) -> dict[str, str]:
    span = date_span(value)
    if span is None:
        return dict.fromkeys(PLACEHOLDER_PARTS[FieldType.DATE], "")
    day, whole = span[0], span[0] == span[1]
    return {
        "day": f"{day.day:02d}" if whole else "",
        "month": f"{day.month:02d}" if whole else "",
        "year": str(day.year),
        "words": day_month_year(day) if whole else f"năm {day.year}",
    }


def _rows(each: FormField, value: object) -> tuple[tuple[str, ...], ...]:
    rows = value if isinstance(value, list | tuple) else ()
    return tuple(
        tuple(_cell(column.type, row.get(column.key)) for column in each.columns)
        for row in rows
        if isinstance(row, Mapping) and is_filled_row(row)
    )


def _cell(kind: FieldType, cell: object) -> str:
    if not is_answered(cell):
        return ""
    if kind is FieldType.DATE:
        return _date(cell)
    if kind is FieldType.MONEY:
        amount = as_number(cell)
        return _text(cell) if amount is None else grouped(amount)
    return _text(cell)
