"""Corrects a wrong intake: procedure, case, person, answers, papers or the promised day.

Code, secret, moment of receipt and place in the register stay: the citizen's slip keeps resolving. The
slip and the forms are printed again afterwards, marked as reprints.
"""

from dataclasses import replace
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.extra_papers import is_extra
from counter_app.domain.dossier_acts.texts import needed
from counter_app.domain.dossier_code import parse_code
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise, promise_until
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.family import links_of
from counter_app.domain.receipt import completed
from counter_app.services.acts.perform import load, record, require_own
from counter_app.services.assess_visit import Assessment, assess_at
from counter_app.services.clock_check import require_clock
from counter_app.services.definitions import pin
from counter_app.services.desk import Desk
from counter_app.services.dossier_of_visit import dossier_of, names_in
from counter_app.services.ports import Transaction
from counter_app.services.promise_of_case import promise_of
from counter_app.services.receipts_elsewhere import known_receipts
from counter_app.services.receive_dossier import people_of, refuse_unready
from counter_app.services.visit import Visit
from counter_protocol.events import EventKind

# Once the result is there, or the dossier ended, papers of an office rest on it.
CORRECTABLE = frozenset(
    {
        DossierStatus.RECEIVED,
        DossierStatus.PROCESSING,
        DossierStatus.AWAITING_SUPPLEMENT,
        DossierStatus.AWAITING_PAYMENT,
    }
)
_COMPARED = ("procedure", "applicant", "people", "forms", "parts", "charges", "facts", "channel", "copies")
_COMPARED_TOO = ("assisted", "return_by", "promise")


def correct_intake(
    desk: Desk,
    dossier_id: str,
    visit: Visit,
    *,
    reason: str,
    clerk: str = "",
    due_at: datetime | None = None,
    seen_rev: int | None = None,
    clock_confirmed: bool = False,
) -> Dossier:
    """Make the dossier what `visit` says, under the law of the day it was received; return it once durable.

    `due_at` promises another day than the case gives: a wrongly printed date. A later one never betters
    the statistics: they go on counting by the first promise.

    Raises:
        RuleRefusal: ``act_not_allowed`` (rule ``correct_while_open``), ``clock_set_back``,
            ``dossier_changed_meanwhile``, ``dossier_of_other_counter``, and as `assess`.
        BadInput: ``entry_missing``, ``nothing_corrected``, ``originals_not_held``, ``due_before_receipt``,
            and as `refuse_unready`.
        EnvironmentProblem: as `Store.writing`.
    """
    at = desk.clock.now().replace(microsecond=0)
    why = needed(reason, "reason")
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        before = load(transaction, dossier_id, seen_rev)
        require_own(transaction, before)
        refusal = why_not_correctable(before)
        if refusal is not None:
            raise refusal
        assessment = assess_at(desk, visit, before.received_at)
        refuse_unready(assessment)
        corrected = _corrected(desk, before, visit, assessment, due_at)
        receipts = known_receipts(transaction, before)
        corrected = replace(corrected, charges=completed(corrected.charges, receipts))
        changed = changed_in(before, corrected)
        if not changed:
            raise BadInput("nothing_corrected")
        corrected = _kept(transaction, desk, before, corrected, assessment)
        life = replace(before.life, rev=before.life.rev + 1, corrections=before.life.corrections + 1)
        corrected = replace(corrected, life=life)
        transaction.change_dossier(corrected)
        transaction.index_anew(corrected, names_in(assessment.forms))
        for source, person in people_of(corrected):
            transaction.remember_person(person, at, source)
        transaction.remember_links(links_of(corrected), at)
        record(
            transaction,
            desk,
            corrected,
            act="corrected",
            event=EventKind.DOSSIER_CORRECTED,
            detail=_detail(before, corrected, changed, why),
            clerk=clerk or desk.clerk,
            at=at,
            data={
                "reason": why,
                "changed": list(changed),
                "also_named": list(names_in(assessment.forms)),
            },
        )
    return corrected


def why_not_correctable(dossier: Dossier) -> RuleRefusal | None:
    """Return why a dossier can no longer be corrected, or None."""
    if dossier.status in CORRECTABLE:
        return None
    return RuleRefusal("act_not_allowed", rule="correct_while_open", status=dossier.status.value)


def preview_correction(desk: Desk, before: Dossier, visit: Visit, due_at: datetime | None = None) -> Dossier:
    """Return what the dossier would become, unready or not; nothing is written."""
    return _corrected(desk, before, visit, assess_at(desk, visit, before.received_at), due_at)


def changed_in(before: Dossier, after: Dossier) -> tuple[str, ...]:
    """Return which parts of the dossier differ, by the names of its fields."""
    return tuple(name for name in (*_COMPARED, *_COMPARED_TOO) if _plain(before, name) != _plain(after, name))


def _plain(dossier: Dossier, name: str) -> object:
    """Return a field without the digests of what it was kept under: those may change with the data."""
    if name == "procedure":
        return replace(dossier.procedure, definition="")
    if name == "forms":
        return tuple(replace(form, definition="") for form in dossier.forms)
    if name == "promise":
        return dossier.due_at
    return getattr(dossier, name)


def _corrected(
    desk: Desk, before: Dossier, visit: Visit, assessment: Assessment, due_at: datetime | None
) -> Dossier:
    made = dossier_of(
        visit,
        assessment,
        desk.settings,
        dossier_id=before.dossier_id,
        code=parse_code(before.dossier_code),
        secret=before.lookup_secret,
        clerk=before.clerk,
        now=before.received_at,
    )
    promise = _promise(desk, before, made, assessment, due_at)
    first = before.first_due_at
    if promise.due_at != before.due_at:
        first = _first_promise(before, promise) if due_at is not None else None
    corrected = replace(
        before,
        procedure=made.procedure,
        applicant=made.applicant,
        people=made.people,
        channel=made.channel,
        assisted=made.assisted,
        forms=made.forms,
        parts=(*made.parts, *filter(is_extra, before.parts)),
        charges=made.charges,
        facts=made.facts,
        copies=made.copies,
        return_by=made.return_by,
        promise=promise,
        first_due_at=first,
        slip_required=before.slip_required or made.slip_required,
    )
    if any(corrected.life.given_back.get(part, 0) > count for part, count in _held(corrected).items()):
        raise BadInput("originals_not_held", part="")
    return corrected


def _held(dossier: Dossier) -> dict[str, int]:
    held = dict.fromkeys(dossier.life.given_back, 0)
    return held | {part.part_id: part.held for part in dossier.parts}


def _promise(
    desk: Desk, before: Dossier, made: Dossier, assessment: Assessment, due_at: datetime | None
) -> Promise:
    if due_at is not None:
        if due_at < before.received_at:
            raise BadInput("due_before_receipt")
        return promise_until(due_at, since=before.counted_since, made=made.promise, calendar=desk.calendar())
    same_case = (made.procedure.procedure_id, made.procedure.case_id) == (
        before.procedure.procedure_id,
        before.procedure.case_id,
    )
    if same_case or before.promise.decided:  # somebody decided the day; it stands until decided anew
        return before.promise
    return promise_of(assessment.case, before.counted_since, desk.calendar())


def _first_promise(before: Dossier, promise: Promise) -> datetime | None:
    """Return the first promise where the decided day lies after it: a correction betters no figures."""
    counted = before.first_due_at or before.due_at
    return (
        counted if counted is not None and promise.due_at is not None and promise.due_at > counted else None
    )


def _kept(
    transaction: Transaction, desk: Desk, before: Dossier, corrected: Dossier, assessment: Assessment
) -> Dossier:
    pinned = pin(
        transaction,
        corrected,
        procedure=assessment.procedure,
        templates={form.template.form_id: form.template for form in assessment.forms},
        office=desk.office(corrected.received_at.date()),
        calendar=desk.calendar(),
    )
    # The letterhead of the first papers stays, and the calendar as long as the promise does.
    weighed = before if corrected.promise is before.promise else pinned
    return replace(
        pinned,
        office_definition=before.office_definition,
        calendar_definition=weighed.calendar_definition,
    )


def _detail(before: Dossier, after: Dossier, changed: tuple[str, ...], reason: str) -> dict[str, object]:
    detail: dict[str, object] = {"reason": reason, "changed": list(changed)}
    if before.originals_held != after.originals_held:
        detail |= {"old_held": before.originals_held, "new_held": after.originals_held}
    if "procedure" in changed:
        detail |= {"old_procedure": before.procedure.name, "new_procedure": after.procedure.name}
    if "promise" in changed:
        detail |= {
            "old_due": before.due_at.isoformat() if before.due_at else None,
            "new_due": after.due_at.isoformat() if after.due_at else None,
        }
    return detail
