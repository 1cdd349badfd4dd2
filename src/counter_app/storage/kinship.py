# ruff: noqa: D102 - the port says what each method promises
"""The database's side of family links, merged records and authorisation letters."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.domain.authorisation import Authorisation
from counter_app.domain.dossier import Dossier
from counter_app.domain.family import FamilyLink
from counter_app.domain.person import Person
from counter_app.services.kinship_port import EarlierValue, Merge, Relative, StoredPerson
from counter_app.storage import authorisations, people, people_alike, person_links, person_merges
from counter_app.storage.sql import Sql


class SqlKinshipQueries:
    """Implements `services.kinship_port.KinshipQueries`."""

    _sql: Sql

    def together(self, personal_id: str) -> tuple[str, ...]:
        return person_merges.together(self._sql, personal_id)

    def stored_people(self, personal_ids: Sequence[str]) -> Sequence[StoredPerson]:
        return people.stored(self._sql, personal_ids)

    def person_id_of(self, number: int) -> str:
        return people.id_of(self._sql, number)

    def earlier_values(self, personal_ids: Sequence[str]) -> Sequence[EarlierValue]:
        return people.earlier_values(self._sql, personal_ids)

    def relatives(self, personal_id: str) -> Sequence[Relative]:
        return person_links.relatives(self._sql, personal_id)

    def alike(self, person: Person) -> Sequence[Person]:
        return people_alike.alike(self._sql, person)

    def open_dossiers_naming(self, name: str, procedure_id: str, limit: int = 20) -> Sequence[Dossier]:
        return people_alike.open_naming(self._sql, name, procedure_id, limit)

    def merges_of(self, personal_id: str) -> Sequence[Merge]:
        return person_merges.around(self._sql, personal_id)

    def merge(self, merge_id: str) -> Merge | None:
        return person_merges.load(self._sql, merge_id)

    def authorisations_of(self, personal_id: str) -> Sequence[Authorisation]:
        return authorisations.of(self._sql, person_merges.together(self._sql, personal_id))

    def authorisation(self, authorisation_id: str) -> Authorisation | None:
        return authorisations.load(self._sql, authorisation_id)


class SqlKinshipWrites(SqlKinshipQueries):
    """Implements `services.kinship_port.KinshipWrites`."""

    def remember_links(self, links: Sequence[FamilyLink], at: datetime) -> None:
        person_links.remember(self._sql, links, at)

    def remove_link(self, link: FamilyLink, at: datetime) -> None:
        person_links.remove(self._sql, link, at)

    def correct_person(self, person: Person, at: datetime, clerk: str, reason: str) -> None:
        people.correct(self._sql, person, at, clerk, reason)

    def add_merge(self, merge: Merge) -> None:
        person_merges.add(self._sql, merge)

    def end_merge(self, merge_id: str, at: datetime) -> None:
        person_merges.end(self._sql, merge_id, at)

    def add_authorisation(self, authorisation: Authorisation) -> None:
        authorisations.add(self._sql, authorisation)

    def end_authorisation(self, authorisation_id: str, at: datetime, reason: str) -> None:
        authorisations.end(self._sql, authorisation_id, at, reason)
