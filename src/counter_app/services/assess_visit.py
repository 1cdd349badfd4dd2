"""What a visit amounts to so far: forms, checklist, fees, promise, and what is still missing.

Pure: the intake screen calls it on every change, `receive_dossier` calls it once more inside the
act, so what the clerk saw is what is received.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain import case_answers, fee, form_filling, form_validation
from counter_app.domain.applicant_agreement import applicant_differs
from counter_app.domain.checklist import ChecklistState, checklist_state
from counter_app.domain.due_date import Promise, slip_required
from counter_app.domain.errors import KnownError
from counter_app.domain.fee import Charge
from counter_app.domain.form_filling import FilledAnswers
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.form_validation import FieldProblem
from counter_app.domain.local_values import LocalValues, effective_form, effective_procedure, fee_amounts
from counter_app.domain.office import Office
from counter_app.domain.person import Person
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.amounts_entered import OtherAmount, other_amounts
from counter_app.services.choose_case import case_of
from counter_app.services.ports import Catalogue
from counter_app.services.promise_of_case import promise_of
from counter_app.services.visit import Visit, papers_of
from counter_app.services.visit_limits import FACT_LABELS as FACT_LABELS
from counter_app.services.visit_limits import facts_asked, usable_amount, visit_problems

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """One form of the case with its answers so far.

    ``answers`` are the visible, cleaned answers without computed ones: what a receipt stores.
    """

    template: FormTemplate
    filled: FilledAnswers
    visible: tuple[FormField, ...]
    answers: Mapping[str, object]
    missing: tuple[FormField, ...]
    problems: tuple[FieldProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that keeps the visit from being received.

    ``kind`` is applicant, field, fact or amount; ``key`` names it within its kind.
    """

    kind: str
    key: str
    label: str
    form_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """An answer that must be corrected; ``problem.message`` may be empty, then its code speaks."""

    form_id: str
    label: str
    problem: FieldProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The visit as the rules see it at one moment.

    ``other_amounts`` are fees the clerk takes with another sum than the one decided here.
    """

    procedure: Procedure
    case: ProcedureCase
    forms: tuple[FormState, ...]
    checklist: ChecklistState
    charges: tuple[Charge, ...]
    total_vnd: int | None
    promise: Promise | None
    promise_problem: KnownError | None
    slip_required: bool
    missing: tuple[Missing, ...]
    errors: tuple[FieldError, ...]
    values: Mapping[str, object]
    other_amounts: tuple[OtherAmount, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the visit can be received now."""
        return not self.missing and not self.errors and self.promise_problem is None


def assess_at(
    desk: "Desk", visit: Visit, now: datetime, *, last: Mapping[str, Mapping[str, object]] | None = None
) -> Assessment:
    """Work the visit out with the catalogue, the office's values and the calendar of the desk."""
    return assess(
        visit,
        catalogue=desk.catalogue,
        office=desk.office(now.date()),
        local_values=desk.local_values,
        calendar=desk.calendar,
        now=now,
        last=last,
    )


def assess(
    visit: Visit,
    *,
    catalogue: Catalogue,
    office: Office,
    local_values: LocalValues,
    calendar: Callable[[], WorkingCalendar],
    now: datetime,
    last: Mapping[str, Mapping[str, object]] | None = None,
) -> Assessment:
    """Work the visit out for the moment `now`, under what province and office decided for its day.

    `calendar` is asked only where there is something to promise; `last` maps form ids to the answers
    given last time, for suggestions.

    Raises:
        BadInput: ``procedure_unknown``, ``case_unknown``, ``case_needed``, ``form_unknown``.
        RuleRefusal: ``procedure_expired``, ``procedure_not_yet_valid``, ``form_expired``.
    """
    procedure, case = _procedure_and_case(visit, catalogue, local_values, now)
    # A transition clause uses the forms of the procedure's last day.
    forms_of = min(now.date(), procedure.valid_to or now.date())
    templates = [
        effective_form(catalogue.form(form_id, forms_of), local_values, now.date()) for form_id in case.forms
    ]
    facts = _facts(visit)
    forms = tuple(
        _form_state(template, case, visit, office, now, facts, (last or {}).get(template.form_id, {}))
        for template in templates
    )
    values = _values(forms, facts)
    charges = _charges(case, visit, values, local_values, now)
    promised, problem = _promise(case, calendar, now)
    return Assessment(
        procedure=procedure,
        case=case,
        forms=forms,
        checklist=checklist_state(case, values, papers_of(visit, case), not_needed=visit.not_needed),
        charges=charges,
        total_vnd=fee.total(charges),
        promise=promised,
        promise_problem=problem,
        slip_required=promised is not None
        and slip_required(promised, case.slip_rule, asked=visit.slip_asked or _holds_originals(visit, case)),
        missing=_missing(visit, case, forms, charges, values),
        errors=(
            *(
                FieldError(form_id="", label=label, problem=fault)
                for label, fault in visit_problems(visit, case, templates)
            ),
            *(error for form in forms for error in _errors(form)),
        ),
        values=values,
        other_amounts=other_amounts(visit, case, charges, values, local_values, now.date()),
    )


def _procedure_and_case(
    visit: Visit, catalogue: Catalogue, local_values: LocalValues, now: datetime
) -> tuple[Procedure, ProcedureCase]:
    if visit.override_reason.strip():
        procedure = _newest(catalogue, visit.procedure_id, now)
    else:
        procedure = catalogue.procedure(visit.procedure_id, now.date())
    procedure = effective_procedure(procedure, local_values, now.date())
    return procedure, case_of(procedure, visit.case_id)


def _newest(catalogue: Catalogue, procedure_id: str, now: datetime) -> Procedure:
    """Return the version in force, or else the last that was: a transition clause needs it."""
    started = [p for p in catalogue.versions_of(procedure_id) if p.valid_from <= now.date()]
    if not started:
        return catalogue.procedure(procedure_id, now.date())
    return max(started, key=lambda p: p.valid_from)


def _form_state(
    template: FormTemplate,
    case: ProcedureCase,
    visit: Visit,
    office: Office,
    now: datetime,
    facts: Mapping[str, object],
    last: Mapping[str, object],
) -> FormState:
    today = now.date()

    def fill(people: Mapping[str, Person]) -> FilledAnswers:
        return form_filling.fill_from_people(
            template,
            visit.fields.get(template.form_id, {}),
            people,
            today=today,
            office=office,
            last=last,
            facts=facts,
            decided=case_answers.decided_answers(case, template.form_id),
        )

    role = form_filling.applicant_role(template)
    others: tuple[FieldProblem, ...] = ()
    if role is None or visit.applicant is None:
        judged = filled = fill(visit.people)
    else:
        judged = filled = fill({**visit.people, role.role_id: visit.applicant})
        others = applicant_differs(template, judged, visit.applicant)
        if others:
            # Never half one person, half another; what else is missing is judged as if they were one,
            # so that the clerk is told of the contradiction and not of its consequences.
            filled = fill(visit.people)
    return FormState(
        template=template,
        filled=filled,
        visible=filled.visible,
        answers={
            each.key: filled.values[each.key]
            for each in filled.visible
            if each.key in filled.values and each.type is not FieldType.COMPUTED
        },
        missing=form_filling.unanswered_fields(judged.visible, judged.known),
        problems=(
            *form_validation.validate(template, judged.values, today=today, known=judged.known),
            *case_answers.differing_answers(case, template, judged.values),
            *others,
        ),
    )


def _errors(form: FormState) -> list[FieldError]:
    errors: list[FieldError] = []
    for problem in form.problems:
        if problem.blocks:
            field = form.template.field(problem.key)
            label = (field.ask or field.label) if field else problem.key
            errors.append(FieldError(form_id=form.template.form_id, label=label, problem=problem))
    return errors


def _facts(visit: Visit) -> dict[str, object]:
    """Return the facts of the visit that conditions of forms, fees and checklists may name."""
    facts: dict[str, object] = {**visit.facts}
    facts |= {"channel": visit.channel.value, "assisted": visit.assisted, "copies": visit.copies}
    if visit.applicant is not None and visit.applicant.sex is not None:
        facts["sex_of_applicant"] = visit.applicant.sex.value
    return facts


def _values(forms: Sequence[FormState], facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts and every visible answer, computed ones included.

    Each answer also stands under ``form.key``: a case with two forms that ask the same must say which.
    """
    values = dict(facts)
    for form in forms:
        form_id = form.template.form_id
        values |= form.filled.known
        values |= {f"{form_id}.{key}": value for key, value in form.filled.known.items()}
    return values


def _charges(
    case: ProcedureCase,
    visit: Visit,
    values: Mapping[str, object],
    local_values: LocalValues,
    now: datetime,
) -> tuple[Charge, ...]:
    amounts = fee_amounts(local_values, now.date(), visit.channel.value, values)
    charges = (
        fee.charge_for(
            rule,
            values=values,
            on=now.date(),
            channel=visit.channel.value,
            province_amounts=amounts,
            exemption_id=visit.exemptions.get(rule.fee_id, ""),
            entered=usable_amount(visit.entered_amounts.get(rule.fee_id)),
        )
        for rule in case.fees
    )
    return tuple(charge for charge in charges if charge is not None)


def _promise(
    case: ProcedureCase, calendar: Callable[[], WorkingCalendar], now: datetime
) -> tuple[Promise | None, KnownError | None]:
    try:
        return promise_of(case, now, calendar()), None
    except KnownError as problem:
        return None, problem


def _holds_originals(visit: Visit, case: ProcedureCase) -> bool:
    """Tell whether the desk keeps something of the citizen's: never without a paper in their hand."""
    return any(part.held > 0 for part in papers_of(visit, case))


def _missing(
    visit: Visit,
    case: ProcedureCase,
    forms: Sequence[FormState],
    charges: Sequence[Charge],
    values: Mapping[str, object],
) -> tuple[Missing, ...]:
    missing: list[Missing] = []
    if visit.applicant is None or not visit.applicant.full_name.strip():
        missing.append(Missing(kind="applicant", key="full_name", label="Người nộp hồ sơ"))
    for form in forms:
        for field in form.missing:
            label = field.ask or field.label
            missing.append(Missing(kind="field", key=field.key, label=label, form_id=form.template.form_id))
    missing += [
        Missing(kind="fact", key=key, label=FACT_LABELS.get(key, key))
        for key in facts_needed(case, forms)
        if values.get(key) is None
    ]
    missing += [
        Missing(kind="amount", key=charge.fee_id, label=charge.name)
        for charge in charges
        if charge.amount_vnd is None
    ]
    return tuple(missing)


def facts_needed(case: ProcedureCase, forms: Sequence[FormState]) -> tuple[str, ...]:
    """Return the facts of the visit the case's fees count and no form asks (pages, copies …)."""
    return facts_asked(case, [form.template for form in forms])
