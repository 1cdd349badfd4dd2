"""Receives a dossier: one transaction, and only after it may anything be printed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from counter_app.domain import dossier_code
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.family import links_of
from counter_app.domain.person import Person
from counter_app.services.assess_visit import Assessment, Missing, assess_at
from counter_app.services.clock_check import later_moment
from counter_app.services.definitions import pin
from counter_app.services.desk import Desk
from counter_app.services.dossier_events import tell
from counter_app.services.dossier_of_visit import dossier_of, names_in
from counter_app.services.override_reason import checked_reason
from counter_app.services.ports import AuditEntry, HistoryEntry, Transaction
from counter_app.services.scans.adopt import adopt_scans
from counter_app.services.visit import Visit
from counter_protocol.events import EventKind


def receive(
    desk: Desk, visit: Visit, *, clerk: str, draft_id: str = "", clock_confirmed: bool = False
) -> Dossier:
    """Receive the visit as a dossier and return it once it is durable.

    Dossier, forms, papers, charges, search row, persons, history, audit entry, outbox event and the
    end of the draft commit together or not at all.

    Raises:
        BadInput: ``part_unknown``, and as `checked_reason`, `refuse_unready` and `assess`.
        RuleRefusal: ``clock_set_back``, ``number_block_exhausted``, and as `assess`.
        EnvironmentProblem: as `Store.writing`.
    """
    now = desk.clock.now().replace(microsecond=0)
    settings = desk.settings
    if visit.override_reason.strip():
        visit = replace(visit, override_reason=checked_reason(visit.override_reason))
    assessment = assess_at(desk, visit, now)
    refuse_unready(assessment)
    dossier_id = desk.ids.new_id()
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            _check_clock(transaction, now)
        running = transaction.take_number(now.date(), settings.counter.number)
        number, provisional = dossier_code.number_for(
            settings.counter.number, running, _blocks(transaction, settings.counter.number, running, now)
        )
        code = dossier_code.DossierCode(
            unit_code=settings.office.unit_code, day=now.date(), number=number, provisional=provisional
        )
        dossier = dossier_of(
            visit,
            assessment,
            settings,
            dossier_id=dossier_id,
            code=code,
            secret=desk.ids.new_secret(),
            clerk=clerk,
            now=now,
        )
        dossier = pin(
            transaction,
            dossier,
            procedure=assessment.procedure,
            templates={form.template.form_id: form.template for form in assessment.forms},
            office=desk.office(now.date()),
            calendar=desk.calendar(),
        )
        number_in_book = transaction.take_paper_number("register", now.year, settings.counter.number)
        dossier = replace(dossier, register_no=number_in_book)
        also_named = names_in(assessment.forms)
        transaction.add_dossier(dossier, also_named)
        for source, person in people_of(dossier):
            transaction.remember_person(person, now, source)
        transaction.remember_links(links_of(dossier), now)
        _record(transaction, desk, dossier, visit, clock_confirmed=clock_confirmed, also_named=also_named)
        if draft_id:
            dossier = adopt_scans(transaction, desk, draft_id, dossier)
            transaction.delete_draft(draft_id)
    return dossier


def refuse_unready(assessment: Assessment) -> None:
    """Refuse a visit that cannot be received, everything that is missing or wrong in one answer.

    ``keys`` of what is missing and ``field`` of every problem are paths in the answers:
    ``applicant.full_name``, ``fields.FORM.FIELD``, ``facts.pages``, ``entered_amounts.FEE``.

    Raises:
        BadInput: ``answers_missing`` (labels, keys, and as below), ``answers_wrong`` (labels, problems).
        KnownError: what keeps the result from being promised.
    """
    problems = [
        {
            "field": f"fields.{error.form_id}.{error.problem.key}" if error.form_id else error.problem.key,
            "label": error.label,
            "code": error.problem.code,
            "params": dict(error.problem.params),
            "message": error.problem.message,
        }
        for error in assessment.errors
        if error.problem.code != "required"
    ]
    if assessment.missing:
        labels, keys = [item.label for item in assessment.missing], [_path(i) for i in assessment.missing]
        raise BadInput("answers_missing", labels=labels, keys=keys, problems=problems)
    if assessment.errors:
        wrong = [error.label for error in assessment.errors]
        raise BadInput("answers_wrong", labels=wrong, problems=problems)
    if assessment.promise_problem is not None:
        raise assessment.promise_problem


_PLACES = {"applicant": "applicant", "fact": "facts", "amount": "entered_amounts"}


def _path(item: Missing) -> str:
    return f"fields.{item.form_id}.{item.key}" if item.form_id else f"{_PLACES[item.kind]}.{item.key}"


def _check_clock(transaction: Transaction, now: datetime) -> None:
    latest = later_moment(transaction, now)
    if latest is not None:
        raise RuleRefusal("clock_set_back", now=now, latest=latest)


def people_of(dossier: Dossier) -> list[tuple[str, Person]]:
    """Return the persons worth remembering, with their role."""
    people = [("applicant", dossier.applicant), *dossier.people.items()]
    return [(source, person) for source, person in people if person.personal_id]


def _blocks(
    transaction: Transaction, counter: int, running: int, now: datetime
) -> tuple[dossier_code.NumberBlock, ...]:
    own = dossier_code.blocks_of(counter)
    if running <= sum(map(len, own)):
        return own  # nearly always: what is leased is not even looked up
    return (*own, *transaction.leased_blocks(now.date()))


def _record(
    transaction: Transaction,
    desk: Desk,
    dossier: Dossier,
    visit: Visit,
    *,
    clock_confirmed: bool,
    also_named: Sequence[str],
) -> None:
    detail: dict[str, object] = {"procedure_id": dossier.procedure.procedure_id}
    if visit.override_reason:
        detail["override_reason"] = visit.override_reason
    if clock_confirmed:
        detail["clock_confirmed"] = True
    transaction.append_history(
        dossier.dossier_id,
        HistoryEntry(at=dossier.received_at, clerk=dossier.clerk, act="received", detail=detail),
    )
    plain = {key: value for key, value in detail.items() if key != "override_reason"}
    if visit.override_reason:
        plain["overridden"] = True  # why, only the history says: what is typed may name somebody
    transaction.append_audit(
        AuditEntry(
            at=dossier.received_at,
            clerk=dossier.clerk,
            act="dossier_received",
            subject_id=dossier.dossier_id,
            detail=plain,
        )
    )
    tell(
        transaction,
        desk,
        EventKind.DOSSIER_RECEIVED,
        dossier,
        act="received",
        clerk=dossier.clerk,
        at=dossier.received_at,
        data={"also_named": list(also_named)},
    )
