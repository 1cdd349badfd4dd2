"""What a clerk should look at before receiving a visit, though nothing forbids it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

from counter_app.domain.fee import format_vnd
from counter_app.domain.field_values import whole_date
from counter_app.domain.person import mask_personal_id
from counter_app.domain.personal_id import personal_id_warnings
from counter_app.services.assess_visit import Assessment
from counter_app.services.desk import Desk
from counter_app.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitWarning:
    """A doubt about the visit; ``field`` is its path in the answers, ``message`` may be empty."""

    code: str
    params: Mapping[str, object] = attribute(default_factory=dict)
    field: str = ""
    message: str = ""


def visit_warnings(desk: Desk, visit: Visit, assessment: Assessment) -> tuple[VisitWarning, ...]:
    """Return the doubts about data, law, typed numbers, forms, amounts, open dossiers, namesakes."""
    return (
        *_of_data(desk),
        *_of_expiry(desk, assessment),
        *_of_applicant(desk, visit),
        *_of_forms(assessment),
        *_of_amounts(assessment),
        *_of_open_dossiers(desk, visit, assessment),
        *_of_same_person(desk, visit),
    )


def _of_data(desk: Desk) -> Iterator[VisitWarning]:
    """A damaged pack gives way to older data: fees and limits may be those of before, and nobody sees."""
    for problem in desk.catalogue.problems:
        if problem.code == "pack_damaged":
            yield VisitWarning(code=problem.code, params=problem.params)


def _of_expiry(desk: Desk, assessment: Assessment) -> Iterator[VisitWarning]:
    procedure = assessment.procedure
    if procedure.valid_to is not None and procedure.valid_to < desk.clock.now().date():
        params = {"name": procedure.name, "valid_to": procedure.valid_to}
        yield VisitWarning(code="received_on_expired_procedure", params=params)


def _of_amounts(assessment: Assessment) -> Iterator[VisitWarning]:
    for each in assessment.other_amounts:
        yield VisitWarning(
            code="amount_differs_from_decision",
            params={
                "name": each.name,
                "entered": format_vnd(each.entered),
                "decided": format_vnd(each.decided),
            },
            field=f"entered_amounts.{each.fee_id}",
        )


def _of_applicant(desk: Desk, visit: Visit) -> Iterator[VisitWarning]:
    person = visit.applicant
    if person is None or not person.personal_id:
        return
    found = personal_id_warnings(
        person.personal_id,
        birth_date=whole_date(person.birth_date),
        sex=person.sex,
        issued_on=person.issued_on,
        today=desk.clock.now().date(),
    )
    for warning in found:
        yield VisitWarning(code=warning.code, params=warning.params, field="applicant.personal_id")


def _of_forms(assessment: Assessment) -> Iterator[VisitWarning]:
    for form in assessment.forms:
        for problem in form.problems:
            if not problem.blocks:
                yield VisitWarning(
                    code=problem.code,
                    params=problem.params,
                    field=f"fields.{form.template.form_id}.{problem.key}",
                    message=problem.message,
                )


def _of_open_dossiers(desk: Desk, visit: Visit, assessment: Assessment) -> Iterator[VisitWarning]:
    """The same request twice: by the same citizen, or about the same child by another applicant."""
    from counter_app.services.people.same_request import same_requests, subjects_of

    applicant = visit.applicant.personal_id if visit.applicant is not None else ""
    with desk.store.reading() as queries:
        own = queries.open_dossiers_of(applicant, visit.procedure_id)
        about = same_requests(queries, visit.procedure_id, subjects_of(assessment.forms))
    codes = [row.dossier_code for row in own]
    if codes:
        yield VisitWarning(code="open_dossier_same_procedure", params={"codes": codes}, field="applicant")
    others = [each.dossier_code for each in about if each.dossier_code not in codes]
    if others:
        yield VisitWarning(code="open_dossier_same_subject", params={"codes": others})


def _of_same_person(desk: Desk, visit: Visit) -> Iterator[VisitWarning]:
    """The citizen is known under another number: visits and papers would be in two places."""
    if visit.applicant is None or not visit.applicant.personal_id:
        return
    with desk.store.reading() as queries:
        alike = queries.alike(visit.applicant)
    if alike:
        ids = [mask_personal_id(person.personal_id) for person in alike]
        yield VisitWarning(code="known_under_other_id", params={"ids": ids}, field="applicant.personal_id")
