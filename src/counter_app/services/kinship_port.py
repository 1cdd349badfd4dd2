"""What the use cases need of the database about family links, merged records and authorisation letters.

A merged record keeps everything of its own; reads show it under the kept one (`together`). Personal ids
given to reads may be those of any record merged together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.authorisation import Authorisation
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.family import FamilyLink, Kin
    from counter_app.domain.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPerson:
    """A citizen's own record, as it is kept. ``source`` is the role in the dossier it came from."""

    number: int
    person: Person
    seen_at: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierValue:
    """What a record said before; ``reason`` is the clerk's where it was corrected by hand."""

    personal_id: str
    field: str
    value: str
    replaced_at: datetime
    source: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Somebody's relative, as a received dossier declared them."""

    person: Person
    kin: Kin
    learned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two records taken for one person: ``other_id`` is shown under ``keep_id`` until it is undone."""

    merge_id: str
    keep_id: str
    other_id: str
    reason: str
    merged_at: datetime
    clerk: str
    undone_at: datetime | None = None


class KinshipQueries(Protocol):
    """Reads about family links, merged records and authorisation letters."""

    def together(self, personal_id: str) -> tuple[str, ...]:
        """Return the ids of all records merged with this one, the kept record's first."""
        ...

    def stored_people(self, personal_ids: Sequence[str]) -> Sequence[StoredPerson]:
        """Return the own records of these ids in the order given; unknown ids are left out."""
        ...

    def person_id_of(self, number: int) -> str:
        """Return the personal id of a record's number, "" when there is none."""
        ...

    def earlier_values(self, personal_ids: Sequence[str]) -> Sequence[EarlierValue]:
        """Return what these records said before, newest first."""
        ...

    def relatives(self, personal_id: str) -> Sequence[Relative]:
        """Return the relatives, the newest known first; merged people once, as the kept record."""
        ...

    def alike(self, person: Person) -> Sequence[Person]:
        """Return other citizens who may be this one: by the old number, or by name and whole birth date.

        People already merged with this one are left out; the person need not be known.
        """
        ...

    def open_dossiers_naming(self, name: str, procedure_id: str, limit: int = 20) -> Sequence[Dossier]:
        """Return the newest unfinished dossiers of a procedure whose words hold every word of a name."""
        ...

    def merges_of(self, personal_id: str) -> Sequence[Merge]:
        """Return the merges in force around a person, newest first."""
        ...

    def merge(self, merge_id: str) -> Merge | None:
        """Return a merge, undone or not; None when there is none of that id."""
        ...

    def authorisations_of(self, personal_id: str) -> Sequence[Authorisation]:
        """Return the letters a person gave or received, newest first, ended ones too."""
        ...

    def authorisation(self, authorisation_id: str) -> Authorisation | None:
        """Return one letter, or None."""
        ...


class KinshipWrites(KinshipQueries, Protocol):
    """Writes about family links, merged records and authorisation letters; part of one act."""

    def remember_links(self, links: Sequence[FamilyLink], at: datetime) -> None:
        """Keep the links not known yet, one statement for all; nothing is written for none."""
        ...

    def remove_link(self, link: FamilyLink, at: datetime) -> None:
        """Let a link no longer hold, from both ends; declared anew it holds again."""
        ...

    def correct_person(self, person: Person, at: datetime, clerk: str, reason: str) -> None:
        """Write a known citizen exactly as given; the values of before stay as earlier values."""
        ...

    def add_merge(self, merge: Merge) -> None:
        """Show one record under another from now on; changes neither."""
        ...

    def end_merge(self, merge_id: str, at: datetime) -> None:
        """Show the two records apart again."""
        ...

    def add_authorisation(self, authorisation: Authorisation) -> None:
        """Keep a letter."""
        ...

    def end_authorisation(self, authorisation_id: str, at: datetime, reason: str) -> None:
        """Mark a letter as ended."""
        ...
