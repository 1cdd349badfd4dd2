"""Finds what is no longer in force and what soon will not be, with nothing to follow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from counter_app.catalogue.entries import Head
from counter_app.catalogue.loaded_data import LoadedData
from counter_app.domain.catalogue_check import CatalogueCheck


def check_expiry(data: LoadedData, on: date, days: int) -> CatalogueCheck:
    """Return what is expired on day `on` and what expires within `days` calendar days of it."""
    expired, expiring = _ending(data.procedures_by_id, on, days)
    asked_for = _forms_asked_for(data, on)
    forms = {form_id: heads for form_id, heads in data.forms_by_id.items() if form_id in asked_for}
    forms_expired, forms_expiring = _ending(forms, on, days)
    return CatalogueCheck(
        expired=tuple(map(data.procedure, expired)),
        expiring=tuple(map(data.procedure, expiring)),
        forms_expired=tuple(map(data.form, forms_expired)),
        forms_expiring=tuple(map(data.form, forms_expiring)),
    )


def _forms_asked_for(data: LoadedData, on: date) -> set[str]:
    in_force = (data.procedure(head) for head in data.procedures if data.usable(head, on))
    return {form_id for procedure in in_force for case in procedure.cases for form_id in case.forms}


def _ending(
    versions_by_id: Mapping[str, Sequence[Head]], on: date, days: int
) -> tuple[list[Head], list[Head]]:
    horizon = on + timedelta(days=days)
    expired: list[Head] = []
    expiring: list[Head] = []
    for versions in versions_by_id.values():
        current = next((head for head in versions if head.in_force(on)), None)
        if current is None:
            past = [head for head in versions if head.valid_to is not None and head.valid_to < on]
            expired += [max(past, key=lambda head: head.valid_from)] if past else []
        elif current.valid_to is not None and current.valid_to <= horizon:
            follows = any(head.in_force(current.valid_to + timedelta(days=1)) for head in versions)
            expiring += [] if follows else [current]
    return _by_end(expired), _by_end(expiring)


def _by_end(heads: Iterable[Head]) -> list[Head]:
    return sorted(heads, key=lambda head: (head.valid_to or date.max, head.name))
