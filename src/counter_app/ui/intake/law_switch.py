"""What becomes of a visit when another version of its procedure or of a form counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from counter_app.services.assess_visit import Assessment
    from counter_app.services.ports import Catalogue
    from counter_app.services.visit import Visit


def law_of(assessment: Assessment) -> dict[str, str]:
    """Return the versions of the procedure and of its forms a visit is seen under, by id."""
    procedure = assessment.procedure
    forms = {form.template.form_id: form.template.version for form in assessment.forms}
    return {procedure.procedure_id: procedure.version, **forms}


def is_other(law: Mapping[str, str], assessment: Assessment) -> bool:
    """Tell whether what the visit was seen under was replaced; another procedure or case is no switch."""
    now = law_of(assessment)
    same_procedure = assessment.procedure.procedure_id in law
    return same_procedure and any(law[key] != now[key] for key in law.keys() & now.keys())


def carried_over(visit: Visit, assessment: Assessment) -> tuple[Visit, int]:
    """Return the visit under the new versions, and how many of its answers nobody asks any more.

    Answers keyed alike stay as they were typed; papers the new list does not know are dropped.
    """
    from counter_app.services import visit_papers

    visit = visit_papers.of_case(visit, assessment.case)
    fields = {form: dict(answers) for form, answers in visit.fields.items()}
    before = sum(map(len, fields.values()))
    for form in assessment.forms:
        known = {each.key for each in form.template.fields}
        answers = fields.get(form.template.form_id, {})
        fields[form.template.form_id] = {key: each for key, each in answers.items() if key in known}
    kept = {form: answers for form, answers in fields.items() if answers or form in visit.fields}
    return replace(visit, fields=kept), before - sum(map(len, kept.values()))


def in_a_case_there_is(visit: Visit, catalogue: Catalogue, on: date) -> Visit:
    """Return the visit in the first case of its procedure, when its own is no longer among them."""
    started = [each for each in catalogue.versions_of(visit.procedure_id) if each.valid_from <= on]
    newest = max(started, key=lambda each: each.valid_from, default=None)
    return visit if newest is None else replace(visit, case_id=newest.cases[0].case_id)
