"""Brings answers into their stored form before they are checked and kept.

What cannot be understood stays as it was typed: `form_validation` then says what is wrong with it.
"""

from collections.abc import Callable, Mapping
from datetime import date

from counter_app.domain.errors import BadInput
from counter_app.domain.field_values import is_stored_date, normal_phone, read_typed_date, read_typed_money
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.vietnamese_text import clean


def cleaned_answers(
    template: FormTemplate, answers: Mapping[str, object], *, today: date
) -> dict[str, object]:
    """Return the answers with clean text, stored dates, whole đồng and normal telephone numbers.

    Answers to computed fields are left out (they are never stored); keys the form does not know stay,
    so that they are reported.
    """
    fields = {field.key: field for field in template.fields}
    cleaned: dict[str, object] = {}
    for key, value in answers.items():
        field = fields.get(key)
        if field is None:
            cleaned[key] = value
        elif field.type is not FieldType.COMPUTED:
            cleaned[key] = cleaned_answer(field, value, today)
    return cleaned


def cleaned_answer(field: FormField, value: object, today: date) -> object:
    """Return one answer in its stored form, or as it is when it cannot be understood."""
    if isinstance(value, str):
        return cleaned_text(field.type, value, today)
    if isinstance(value, Mapping):
        return {key: _cleaned_part(key, part, today) for key, part in value.items()}
    if field.type is FieldType.TABLE and isinstance(value, list | tuple):
        return [_cleaned_row(field, row, today) for row in value]
    return value


def _cleaned_part(key: object, part: object, today: date) -> object:
    if not isinstance(part, str):
        return part
    return cleaned_text(FieldType.DATE if key == "issued_on" else FieldType.TEXT, part, today)


def _cleaned_row(field: FormField, row: object, today: date) -> object:
    if not isinstance(row, Mapping):
        return row
    types = {column.key: column.type for column in field.columns}
    return {
        key: str(cleaned_text(types.get(key, FieldType.TEXT), cell, today)) if isinstance(cell, str) else cell
        for key, cell in row.items()
    }


def cleaned_text(kind: FieldType, text: str, today: date) -> object:
    """Return one typed text as the stored value of that type, or merely cleaned when it is not one."""
    tidy = clean(text)
    reader = _READERS.get(kind)
    if reader is None or not tidy:
        return tidy
    try:
        return reader(tidy, today)
    except BadInput:
        return tidy


def _read_date(text: str, today: date) -> object:
    return text if is_stored_date(text) else read_typed_date(text, today=today)


def _read_id(text: str, _today: date) -> object:
    return "".join(text.split())


_READERS: Mapping[FieldType, Callable[[str, date], object]] = {
    FieldType.DATE: _read_date,
    FieldType.MONEY: lambda text, _today: read_typed_money(text),
    FieldType.NUMBER: lambda text, _today: read_typed_money(text),
    FieldType.PHONE: lambda text, _today: normal_phone(text),
    FieldType.PERSONAL_ID: _read_id,
}
