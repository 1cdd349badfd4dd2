"""Everything the desk knows of one citizen, in one reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.authorisation import Authorisation, Scope
from counter_app.domain.errors import BadInput
from counter_app.domain.person import Person
from counter_app.services.kinship_port import EarlierValue, Merge, Relative, StoredPerson
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.ports import AuditEntry, DossierRow

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter seen from one side: whether this citizen ``gave`` it, to or from whom, in what."""

    authorisation: Authorisation
    gave: bool
    other: Person | None
    subject: str = ""  # the procedure's name or the dossier's code


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """A citizen as shown (``person``), made of ``records``: the kept one first, then those merged into it.

    ``visits`` are dossiers as applicant, newest first. ``alike`` may be the same person.
    """

    person: Person
    records: tuple[StoredPerson, ...]
    earlier: tuple[EarlierValue, ...]
    visits: tuple[DossierRow, ...]
    relatives: tuple[Relative, ...]
    letters: tuple[Letter, ...]
    alike: tuple[Person, ...]
    merges: tuple[Merge, ...]


def find_people(desk: "Desk", text: str, *, limit: int = 50) -> Sequence[Person]:
    """Return citizens by folded name, either number or phone; merged records once."""
    with desk.store.reading() as queries:
        return queries.find_people(text, limit)


def open_person(desk: "Desk", personal_id: str) -> PersonFile:
    """Return the file of the citizen an id belongs to, also one merged into another.

    Raises:
        BadInput: ``person_unknown``.
    """
    with desk.store.reading() as queries:
        known = queries.person(personal_id)
        if known is None:
            raise BadInput("person_unknown")
        ids = queries.together(personal_id)
        return PersonFile(
            person=known.person,
            records=tuple(queries.stored_people(ids)),
            earlier=tuple(queries.earlier_values(ids)),
            visits=known.visits,
            relatives=tuple(queries.relatives(ids[0])),
            letters=_letters(desk, queries, ids),
            alike=_alike(queries, ids),
            merges=tuple(queries.merges_of(ids[0])),
        )


def record_view(desk: "Desk", personal_id: str) -> None:
    """Put on record that the clerk looked at the whole number; BadInput ``person_unknown``."""
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="person_viewed",
                subject_id=audit_name(record_of(transaction, personal_id)),
                detail={"whole_number": True},
            )
        )


def _alike(queries: "Queries", ids: Sequence[str]) -> tuple[Person, ...]:
    """Every record may be the one that is like somebody: the number merged in has its own namesakes."""
    found = {
        other.personal_id: other
        for record in queries.stored_people(ids)
        for other in queries.alike(record.person)
    }
    return tuple(found.values())


def _letters(desk: "Desk", queries: "Queries", ids: Sequence[str]) -> tuple[Letter, ...]:
    letters: list[Letter] = []
    for each in queries.authorisations_of(ids[0]):
        gave = each.giver_id in ids
        other = queries.person(each.delegate_id if gave else each.giver_id)
        subject = _subject(desk, queries, each)
        letters.append(
            Letter(authorisation=each, gave=gave, other=other.person if other else None, subject=subject)
        )
    return tuple(letters)


def _subject(desk: "Desk", queries: "Queries", letter: Authorisation) -> str:
    if letter.scope is Scope.DOSSIER:
        dossier = queries.dossier(letter.subject)
        return dossier.dossier_code if dossier else ""
    versions = desk.catalogue.versions_of(letter.subject) if letter.scope is Scope.PROCEDURE else ()
    return versions[-1].name if versions else letter.subject if letter.scope is Scope.PROCEDURE else ""
