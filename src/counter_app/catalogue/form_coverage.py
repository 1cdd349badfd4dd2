"""Whether the forms a procedure asks for are in force while it is: on its first day, and to its last."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from counter_app.catalogue.condition_checks import Finding
from counter_app.domain.data_pack import FormGap
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure


def check_first_day(
    procedure: Procedure, forms: Mapping[str, Sequence[FormTemplate]], broken: Collection[str]
) -> Iterator[Finding]:
    """Yield every form of a case that has no version in force on the procedure's first day.

    Such a procedure could not take in a single visit. Of a form in `broken` nothing can be said: the
    file that cannot be read may be the version that is missing.
    """
    first = procedure.valid_from
    for index, case in enumerate(procedure.cases):
        for place, form_id in enumerate(case.forms):
            versions = forms.get(form_id, ())
            if versions and form_id not in broken and _in_force(versions, first) is None:
                path = ("cases", index, "forms", place)
                yield path, "has no version in force on the first day", f"{form_id} {first:%d/%m/%Y}"


def form_gaps(procedures: Sequence[Procedure], forms: Sequence[FormTemplate]) -> tuple[FormGap, ...]:
    """Return where a form ends, with nothing to follow, before a procedure that asks for it.

    The procedures work until that day and a later pack may bring the next version, so this is told,
    not refused.
    """
    by_id: dict[str, list[FormTemplate]] = {}
    for form in forms:
        by_id.setdefault(form.form_id, []).append(form)
    found = {
        FormGap(procedure_id=procedure.procedure_id, name=procedure.name, form_id=form_id, from_day=day)
        for procedure in procedures
        for form_id in {form_id for case in procedure.cases for form_id in case.forms}
        for day in _days_without(procedure, by_id.get(form_id, ()))
    }
    return tuple(sorted(found, key=lambda gap: (gap.from_day, gap.procedure_id, gap.form_id)))


def _days_without(procedure: Procedure, versions: Sequence[FormTemplate]) -> Iterator[date]:
    for version in versions:
        if version.valid_to is None or version.valid_to == date.max:
            continue
        day = version.valid_to + timedelta(days=1)
        if procedure.in_force(day) and _in_force(versions, day) is None:
            yield day


def _in_force(versions: Sequence[FormTemplate], day: date) -> FormTemplate | None:
    return next((version for version in versions if version.in_force(day)), None)
