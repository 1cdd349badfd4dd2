"""Authorisation letters: kept, ended, and asked for when somebody comes in another's place."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.authorisation import Authorisation, Scope
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.person import Person
from counter_app.domain.vietnamese_text import clean
from counter_app.services.clock_check import require_clock
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """What the clerk reads off a letter; ``subject`` is a procedure id or a dossier code.

    The delegate may be somebody the desk has never met.
    """

    giver_id: str
    delegate: Person
    scope: Scope = Scope.EVERYTHING
    subject: str = ""
    paper_number: str = ""
    signed_on: date | None = None
    certified_by: str = ""
    valid_until: date | None = None
    attachment_id: str = ""
    note: str = ""


def add(desk: "Desk", letter: LetterDraft, *, clerk: str = "") -> Authorisation:
    """Keep a letter; a delegate never met before becomes known.

    Raises:
        BadInput: ``person_unknown`` (the giver), ``delegate_missing``, ``letter_signed_ahead``,
            ``letter_ends_before_it_begins``, ``procedure_unknown``, ``dossier_unknown``.
        RuleRefusal: ``authorises_oneself``, ``not_their_dossier``, ``clock_set_back``.
    """
    now, by = desk.clock.now(), clerk or desk.clerk
    delegate = replace(letter.delegate, full_name=clean(letter.delegate.full_name))
    if not delegate.personal_id or not delegate.full_name:
        raise BadInput("delegate_missing")
    _check_days(letter, now.date())
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        giver = record_of(transaction, letter.giver_id)
        if delegate.personal_id in transaction.together(letter.giver_id):
            raise RuleRefusal("authorises_oneself")
        subject = _subject(desk, transaction, letter)
        if not transaction.stored_people((delegate.personal_id,)):
            transaction.remember_person(delegate, now, "delegate")
        made = Authorisation(
            authorisation_id=desk.ids.new_id(),
            giver_id=letter.giver_id,
            delegate_id=delegate.personal_id,
            scope=letter.scope,
            subject=subject,
            paper_number=clean(letter.paper_number),
            signed_on=letter.signed_on,
            certified_by=clean(letter.certified_by),
            valid_until=letter.valid_until,
            attachment_id=letter.attachment_id,
            note=clean(letter.note),
            entered_at=now,
            clerk=by,
        )
        transaction.add_authorisation(made)
        detail: dict[str, object] = {"authorisation_id": made.authorisation_id, "scope": made.scope.value}
        _audit(transaction, desk, by, "authorisation_added", audit_name(giver), detail)
    return made


def end(desk: "Desk", authorisation_id: str, reason: str, *, clerk: str = "") -> Authorisation:
    """Let a letter no longer hold.

    Raises:
        BadInput: ``authorisation_unknown``, ``reason_missing``.
        RuleRefusal: ``authorisation_already_ended``, ``clock_set_back``.
    """
    now, by, why = desk.clock.now(), clerk or desk.clerk, clean(reason)
    if not why:
        raise BadInput("reason_missing")
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        letter = transaction.authorisation(authorisation_id)
        if letter is None:
            raise BadInput("authorisation_unknown")
        if letter.ended_at is not None:
            raise RuleRefusal("authorisation_already_ended")
        transaction.end_authorisation(authorisation_id, now, why)
        giver = audit_name(record_of(transaction, letter.giver_id))
        ended: dict[str, object] = {"authorisation_id": authorisation_id}
        _audit(transaction, desk, by, "authorisation_ended", giver, ended)
    return replace(letter, ended_at=now, end_reason=why)


def valid_for(desk: "Desk", dossier: "Dossier", delegate_id: str, on: date) -> tuple[Authorisation, ...]:
    """Return the letters by which this delegate may act in the dossier on a day, newest first.

    Only a letter of somebody who is in the dossier counts: its applicant, or a person of its forms.
    """
    if not delegate_id:
        return ()
    with desk.store.reading() as queries:
        delegate = queries.together(delegate_id)
        return tuple(letter for letter in _of_dossier(queries, dossier, on) if letter.delegate_id in delegate)


def delegates_for(desk: "Desk", dossier: "Dossier", on: date) -> tuple[tuple[Person, Authorisation], ...]:
    """Return who may act in the dossier on a day, each with the newest letter that says so."""
    found: dict[str, tuple[Person, Authorisation]] = {}
    with desk.store.reading() as queries:
        for letter in _of_dossier(queries, dossier, on):
            known = queries.person(letter.delegate_id)
            if known is not None:
                found.setdefault(known.person.personal_id, (known.person, letter))
    return tuple(found.values())


def givers_for(queries: "Queries", delegate_id: str, on: date) -> tuple[Person, ...]:
    """Return whom a citizen may act for on a day, by letters of any scope; the newest letter's first."""
    own = queries.together(delegate_id)
    found: dict[str, Person] = {}
    for letter in queries.authorisations_of(delegate_id):
        if letter.delegate_id in own and letter.valid_on(on):
            giver = queries.person(letter.giver_id)
            if giver is not None:
                found.setdefault(giver.person.personal_id, giver.person)
    return tuple(found.values())


def _of_dossier(queries: "Queries", dossier: "Dossier", on: date) -> tuple[Authorisation, ...]:
    people = (dossier.applicant, *dossier.people.values())
    party = {each for one in people if one.personal_id for each in queries.together(one.personal_id)}
    letters = {
        letter.authorisation_id: letter
        for personal_id in sorted(party)
        for letter in queries.authorisations_of(personal_id)
    }
    return tuple(
        letter
        for letter in sorted(letters.values(), key=lambda each: each.entered_at, reverse=True)
        if letter.giver_id in party
        and letter.valid_on(on)
        and letter.covers(dossier_id=dossier.dossier_id, procedure_id=dossier.procedure.procedure_id)
    )


def _check_days(letter: LetterDraft, today: date) -> None:
    if letter.signed_on is not None and letter.signed_on > today:
        raise BadInput("letter_signed_ahead", day=letter.signed_on)
    last, first = letter.valid_until, letter.signed_on
    if last is not None and first is not None and last < first:
        raise BadInput("letter_ends_before_it_begins")


def _subject(desk: "Desk", queries: "Queries", letter: LetterDraft) -> str:
    """Return the id the scope is about."""
    if letter.scope is Scope.EVERYTHING:
        return ""
    if letter.scope is Scope.PROCEDURE:
        if not desk.catalogue.versions_of(letter.subject):
            raise BadInput("procedure_unknown", id=letter.subject)
        return letter.subject
    dossier = queries.dossier_by_code(letter.subject) if letter.subject else None
    if dossier is None:
        raise BadInput("dossier_unknown", dossier_code=letter.subject[:40])
    ids = queries.together(letter.giver_id)
    if not any(each.personal_id in ids for each in (dossier.applicant, *dossier.people.values())):
        raise RuleRefusal("not_their_dossier", dossier_code=dossier.dossier_code)
    return dossier.dossier_id


def _audit(
    transaction: "Transaction", desk: "Desk", clerk: str, act: str, subject: str, detail: dict[str, object]
) -> None:
    transaction.append_audit(
        AuditEntry(at=desk.clock.now(), clerk=clerk, act=act, subject_id=subject, detail=detail)
    )


def letter_in_words(letter: Authorisation) -> str:
    """Return how a letter is named in the dossier, which is always Vietnamese."""
    parts = [f"Giấy ủy quyền số {letter.paper_number}" if letter.paper_number else "Giấy ủy quyền"]
    if letter.signed_on is not None:
        parts.append(f"ngày {letter.signed_on:%d/%m/%Y}")
    if letter.certified_by:
        parts.append(letter.certified_by)
    return ", ".join(parts)
