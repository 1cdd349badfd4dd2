"""Answers in the words of the screen: dates as dd/mm/yyyy, numbers of citizens masked."""

from collections.abc import Mapping

from counter_app.domain import field_values
from counter_app.domain.form_template import FieldType, FormField
from counter_app.domain.person import mask_personal_id
from counter_app.i18n import _


def in_words(field: FormField, value: object) -> str:
    """Return an answer as one line of text, "" when there is none."""
    if value is None or value == "":
        return ""
    match field.type:
        case FieldType.DATE:
            return field_values.printed_date(value) or str(value)
        case FieldType.PERSONAL_ID:
            return masked(str(value))
        case FieldType.ADDRESS:
            return field_values.printed_address(value)
        case FieldType.ID_DOCUMENT:
            return _id_document(value)
        case FieldType.MONEY:
            return field_values.printed_money(value) if isinstance(value, int) else str(value)
        case FieldType.TICK:
            return _("Có") if value is True else _("Không")
        case FieldType.TABLE:
            return _("{count} dòng").format(count=len(value) if isinstance(value, list) else 0)
        case _:
            return str(value)


def masked(personal_id: str) -> str:
    """Return "0170••••••45", the number as screens show it."""
    return mask_personal_id(personal_id).replace("*", "•")


def _id_document(value: object) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    number = str(value.get("number") or "")
    return field_values.printed_id_document({**value, "number": masked(number)})
