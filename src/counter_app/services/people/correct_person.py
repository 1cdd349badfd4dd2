"""Correcting what is kept of a citizen, and saying that a family link is wrong."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import BadInput
from counter_app.domain.field_values import printed_date
from counter_app.domain.person import Person
from counter_app.domain.same_person import filled_up
from counter_app.domain.vietnamese_text import clean
from counter_app.services.clock_check import require_clock
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.domain.family import FamilyLink
    from counter_app.services.desk import Desk
    from counter_app.services.kinship_port import StoredPerson
    from counter_app.services.ports import Transaction

CORRECTED = "person_corrected"
_TEXTS = ("full_name", "old_id", "birth_date", "address", "legacy_address", "phone", "email", "ethnicity")


def correct_person(desk: "Desk", person: Person, reason: str, *, clerk: str = "") -> Person:
    """Write a citizen's record as the clerk says it is; what it said before stays on the page.

    The personal id says whose record it is and cannot be corrected: a record under a wrong number is
    merged into the right one. Dossiers received before keep what they said.

    `person` is what the page shows, where records merged into this one lend it what it lacks: only what
    the clerk made other than shown is written, so that nothing of another record stays after the merge
    is undone. What is emptied goes from every record that said it, or it would be shown again.

    Raises:
        BadInput: ``person_unknown``, ``person_name_missing``, ``birth_date_unreadable``, ``reason_missing``.
        RuleRefusal: ``clock_set_back``.
    """
    why = clean(reason)
    tidy: dict[str, Any] = {name: clean(getattr(person, name)) for name in _TEXTS}
    person = replace(person, **tidy)
    if not person.full_name:
        raise BadInput("person_name_missing")
    if person.birth_date and not printed_date(person.birth_date):
        raise BadInput("birth_date_unreadable")
    if not why:
        raise BadInput("reason_missing")
    now, by = desk.clock.now(), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        record = record_of(transaction, person.personal_id)
        others = [
            each
            for each in transaction.stored_people(transaction.together(person.personal_id))
            if each.number != record.number
        ]
        changed = _changes(filled_up(record.person, *(each.person for each in others)), person)
        entry = AuditEntry(at=now, clerk=by, act=CORRECTED, subject_id=audit_name(record))
        _write(transaction, record, changed, entry, why)
        emptied = {name: value for name, value in changed.items() if value in ("", None)}
        for other in others:
            _write(transaction, other, emptied, replace(entry, subject_id=audit_name(other)), why)
    return person


def _changes(shown: Person, said: Person) -> dict[str, Any]:
    """Return what the clerk made other than it was shown, by field."""
    return {
        each.name: getattr(said, each.name)
        for each in fields(Person)
        if getattr(said, each.name) != getattr(shown, each.name)
    }


def _write(
    transaction: "Transaction", record: "StoredPerson", changes: "dict[str, Any]", audit: AuditEntry, why: str
) -> None:
    """Change one record, if it is another then."""
    corrected = replace(record.person, **changes)
    if corrected == record.person:
        return
    transaction.correct_person(corrected, audit.at, audit.clerk, why)
    names = list(_changes(record.person, corrected))
    transaction.append_audit(replace(audit, detail={"fields": names}))


def remove_link(desk: "Desk", link: "FamilyLink", *, clerk: str = "") -> None:
    """Offer a relative no more; a later dossier that declares the link brings it back.

    Raises:
        BadInput: ``person_unknown``.
        RuleRefusal: ``clock_set_back``.
    """
    now, by = desk.clock.now(), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        record = record_of(transaction, link.person_id)
        transaction.remove_link(link, now)
        detail = {"kin": link.kin.value, "relative": audit_name(record_of(transaction, link.relative_id))}
        transaction.append_audit(
            AuditEntry(
                at=now, clerk=by, act="family_link_removed", subject_id=audit_name(record), detail=detail
            )
        )


def put_link_back(desk: "Desk", link: "FamilyLink", *, clerk: str = "") -> None:
    """Undo `remove_link`; errors as there."""
    now, by = desk.clock.now(), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        record = record_of(transaction, link.person_id)
        transaction.remember_links((link, link.inverse), now)
        transaction.append_audit(
            AuditEntry(at=now, clerk=by, act="family_link_put_back", subject_id=audit_name(record))
        )
