"""Answers the clerk may accept with Enter: what a field's data suggests, where it has no answer yet."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.field_values import is_answered
from counter_app.domain.form_template import FieldType, FormField
from counter_app.domain.office import Office


@dataclass(frozen=True, slots=True)
class SuggestionSources:
    """Where suggestions may come from besides the form's own answers."""

    office: Office | None
    last: Mapping[str, object]
    today: date


def proposals_for(
    shown: Iterable[FormField],
    values: Mapping[str, object],
    answered: Container[str],
    context: SuggestionSources,
) -> dict[str, object]:
    """Return the suggestions for those `shown` fields that nobody answered (`answered` holds keys)."""
    proposals: dict[str, object] = {}
    for each in shown:
        if each.suggest and each.key not in answered:
            value = _suggested(each, values, context)
            if is_answered(value):
                proposals[each.key] = value
    return proposals


def _suggested(each: FormField, values: Mapping[str, object], context: SuggestionSources) -> object:
    kind, _, name = each.suggest.partition(":")
    match kind:
        case "field":
            return values.get(name)
        case "last":
            return context.last.get(each.key)
        case "today":
            return context.today.isoformat()
        case "office" if context.office is not None:
            return _from_office(each, name, context.office)
        case _:
            return None


def _from_office(each: FormField, name: str, office: Office) -> object:
    if each.type is FieldType.ADDRESS:
        return {"detail": "", "commune": office.commune_name, "province": office.province, "legacy_text": ""}
    return getattr(office, name, None)
