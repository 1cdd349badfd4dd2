"""Compares two states of the catalogue on every day one of them turns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from counter_app.domain.catalogue_changes import (
    Aspect,
    CatalogueChanges,
    CatalogueData,
    CommuneChange,
    DayChange,
    ItemChange,
    SpecialDay,
    Version,
)
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.working_calendar import WorkingCalendar

Compared = TypeVar("Compared", Procedure, FormTemplate, contravariant=True)


def compare(before: CatalogueData, after: CatalogueData) -> CatalogueChanges:
    """Return what `after` changes, day by day: each item as it would have been on the day it changes."""
    procedures = _items(_by_id(before.procedures), _by_id(after.procedures), _procedure_aspects)
    forms = _items(_by_id(before.forms), _by_id(after.forms), _form_aspects)
    return CatalogueChanges(
        procedures=tuple(sorted(procedures, key=lambda change: (change.from_day, change.name))),
        forms=tuple(sorted(forms, key=lambda change: (change.from_day, change.name))),
        days=_days(before.calendar, after.calendar),
        communes=_communes(before.commune_names, after.commune_names),
    )


def _by_id(items: Iterable[Version]) -> dict[str, tuple[Version, ...]]:
    groups: dict[str, list[Version]] = {}
    for item in items:
        groups.setdefault(_id_of(item), []).append(item)
    return {key: tuple(sorted(group, key=lambda one: one.valid_from)) for key, group in groups.items()}


def _id_of(item: Procedure | FormTemplate) -> str:
    return item.procedure_id if isinstance(item, Procedure) else item.form_id


def _items(
    before: Mapping[str, Sequence[Version]],
    after: Mapping[str, Sequence[Version]],
    aspects: "_Aspects[Version]",
) -> list[ItemChange[Version]]:
    changes = []
    for item_id in dict.fromkeys((*before, *after)):
        changes += _timeline(item_id, before.get(item_id, ()), after.get(item_id, ()), aspects)
    return changes


def _timeline(
    item_id: str, before: Sequence[Version], after: Sequence[Version], aspects: "_Aspects[Version]"
) -> list[ItemChange[Version]]:
    """Compare the two states on every day one of them turns; report a difference where it begins."""
    changes: list[ItemChange[Version]] = []
    reported: tuple[Version | None, Version | None] | None = None
    for day in _turning_days(before, after):
        old, new = _in_force(before, day), _in_force(after, day)
        if old is None and new is not None:
            # The next version of one that ends the day before goes on from it; it is not a new item.
            old = _in_force(after, date.fromordinal(day.toordinal() - 1))
        if (old, new) == reported or _same(old, new, aspects, was=_in_force(before, day)):
            continue
        reported = (old, new)
        if old is not None and new is None and (following := _following(after, day)) is not None:
            # Not removed: it pauses until its next version begins.
            new = following
            found: tuple[Aspect, ...] = (Aspect.VALIDITY,)
        else:
            found = _found(old, new, aspects)
        changes.append(ItemChange(item_id=item_id, before=old, after=new, from_day=day, aspects=found))
    return changes


def _found(old: Version | None, new: Version | None, aspects: "_Aspects[Version]") -> tuple[Aspect, ...]:
    return (aspects(old, new) or (Aspect.VALIDITY,)) if old is not None and new is not None else ()


def _following(versions: Sequence[Version], day: date) -> Version | None:
    return next((version for version in versions if version.valid_from > day), None)


def _same(
    old: Version | None, new: Version | None, aspects: "_Aspects[Version]", was: Version | None
) -> bool:
    """Tell whether nothing changes on this day; a version that goes on longer than it did is a change."""
    if old is None or new is None:
        return old is new
    return was is not None and not aspects(old, new)


def _turning_days(before: Sequence[Version], after: Sequence[Version]) -> list[date]:
    days = {version.valid_from for version in (*before, *after)}
    for version in (*before, *after):
        if version.valid_to is not None and version.valid_to < date.max:
            days.add(date.fromordinal(version.valid_to.toordinal() + 1))
    return sorted(days)


def _in_force(versions: Sequence[Version], day: date) -> Version | None:
    return next((version for version in versions if version.in_force(day)), None)


class _Aspects(Protocol[Compared]):
    def __call__(self, before: Compared, after: Compared, /) -> tuple[Aspect, ...]: ...


def _procedure_aspects(before: Procedure, after: Procedure) -> tuple[Aspect, ...]:
    found = [aspect for aspect, fields in _PROCEDURE_FIELDS if _differ(before, after, fields)]
    pairs = [(case, after.case(case.case_id)) for case in before.cases]
    if len(pairs) != len(after.cases) or any(other is None for _, other in pairs):
        found.append(Aspect.CASES)
    for case, other in pairs:
        if other is not None:
            found += case_aspects(case, other)
    if not found and _differ(before, after, ("keywords", "provenance", "cases", "retention", "destination")):
        found.append(Aspect.OTHER)
    return tuple(aspect for aspect in Aspect if aspect in found)


def case_aspects(before: ProcedureCase, after: ProcedureCase) -> tuple[Aspect, ...]:
    """Return what is different in a case."""
    return tuple(aspect for aspect, fields in _CASE_FIELDS if _differ(before, after, fields))


def _form_aspects(before: FormTemplate, after: FormTemplate) -> tuple[Aspect, ...]:
    found = [aspect for aspect, fields in _FORM_FIELDS if _differ(before, after, fields)]
    return tuple(found) or ((Aspect.OTHER,) if before.provenance != after.provenance else ())


def _differ(before: object, after: object, fields: Iterable[str]) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in fields)


_PROCEDURE_FIELDS = (
    (Aspect.NAME, ("name", "short_name", "sector")),
    (Aspect.CODE, ("national_code",)),
    (Aspect.RESULTS, ("results",)),
    (Aspect.CHANNELS, ("channels", "receiving_body")),
    (Aspect.BASIS, ("decision", "basis", "transition", "replaces", "superseded_by")),
)
_CASE_FIELDS = (
    (Aspect.NAME, ("name",)),
    (Aspect.TIME, ("time", "same_day", "no_promise", "slip_rule", "supplement_policy")),
    (Aspect.FEES, ("fees",)),
    (Aspect.PARTS, ("parts",)),
    (Aspect.FORMS, ("forms", "sets")),
)
_FORM_FIELDS = (
    (Aspect.NAME, ("title",)),
    (Aspect.FIELDS, ("fields", "roles")),
    (Aspect.LAYOUT, ("layout",)),
    (Aspect.BASIS, ("basis",)),
)


def _days(before: WorkingCalendar | None, after: WorkingCalendar | None) -> tuple[DayChange, ...]:
    if before is None or after is None:
        return ()
    old, new = _special_days(before), _special_days(after)
    return tuple(
        DayChange(day=day, before=old.get(day), after=new.get(day))
        for day in sorted({*old, *new})
        if not _alike(old.get(day), new.get(day))
    )


def _special_days(calendar: WorkingCalendar) -> dict[date, SpecialDay]:
    days: dict[date, SpecialDay] = {entry.date: entry for entry in calendar.days_off}
    return days | {entry.date: entry for entry in calendar.swapped}


def _alike(before: SpecialDay | None, after: SpecialDay | None) -> bool:
    if before is None or after is None:
        return before is after
    known = (type(before), before.name, before.certainty)
    return known == (type(after), after.name, after.certainty)


def _communes(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> tuple[CommuneChange, ...]:
    if before is None or after is None:
        return ()
    return tuple(
        CommuneChange(code=code, before=before.get(code, ""), after=after.get(code, ""))
        for code in sorted({*before, *after})
        if before.get(code) != after.get(code)
    )
