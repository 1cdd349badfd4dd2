"""Makes the dossier of a visit: what `receive_dossier` writes and the preview shows beforehand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from counter_app.domain.dossier import Dossier, FilledForm, ProcedureRef
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.form_template import FieldType
from counter_app.domain.person import Person
from counter_app.domain.vietnamese_text import clean
from counter_app.services.assess_visit import Assessment, FormState
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.visit import Visit
from counter_app.services.visit_papers import papers_received


def dossier_of(
    visit: Visit,
    assessment: Assessment,
    settings: OfficeSettings,
    *,
    dossier_id: str,
    code: DossierCode,
    secret: str,
    clerk: str,
    now: datetime,
) -> Dossier:
    """Return the visit as a dossier received at `now`; an unfinished one has blanks where it has none.

    Raises:
        BadInput: ``part_unknown`` when a paper is not on the checklist of the case.
    """
    return Dossier(
        dossier_id=dossier_id,
        dossier_code=str(code),
        provisional_code=code.provisional,
        lookup_secret=secret,
        counter=settings.counter.number,
        clerk=clerk,
        procedure=_procedure(assessment),
        applicant=_clean(visit.applicant or Person(full_name="")),
        channel=visit.channel,
        assisted=visit.assisted,
        received_at=now,
        promise=assessment.promise or _no_promise(now),
        slip_required=assessment.slip_required,
        status=DossierStatus.RECEIVED,
        forms=tuple(
            FilledForm(
                form_id=form.template.form_id,
                form_version=form.template.version,
                answers=dict(form.answers),
            )
            for form in assessment.forms
        ),
        parts=papers_received(visit, assessment),
        charges=assessment.charges,
        people={role: _clean(person) for role, person in visit.people.items()},
        facts=dict(visit.facts),
        copies=visit.copies,
        return_by=visit.return_by,
        training=settings.counter.training,
    )


def names_in(forms: Sequence[FormState]) -> tuple[str, ...]:
    """Return the names of people the forms hold: citizens come asking for the child's paper."""
    names = (
        str(form.answers[each.key])
        for form in forms
        for each in form.template.fields
        if each.type is FieldType.PERSON_NAME and form.answers.get(each.key)
    )
    return tuple(dict.fromkeys(names))


def _procedure(assessment: Assessment) -> ProcedureRef:
    procedure, case = assessment.procedure, assessment.case
    return ProcedureRef(
        procedure_id=procedure.procedure_id,
        version=procedure.version,
        case_id=case.case_id,
        name=procedure.name,
        case_name=case.name if len(procedure.cases) > 1 else "",
        national_code=procedure.national_code,
        sector=procedure.sector,
    )


def _no_promise(now: datetime) -> Promise:
    return Promise(due_at=None, counted_from=now, time="", same_day=False, days=(), calendar="official")


def _clean(person: Person) -> Person:
    return replace(
        person,
        full_name=clean(person.full_name),
        address=clean(person.address),
        phone=clean(person.phone),
        email=clean(person.email),
    )
