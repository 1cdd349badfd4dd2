"""What the use cases need of the database about one citizen's data, their requests, and purged dossiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.dossier_status import DossierStatus
    from counter_app.domain.personal_data import Identity, PersonRequest, Trace
    from counter_app.domain.purged_dossier import PurgedDossier


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedDossier:
    """A dossier that has ended and still has its content.

    ``applicant_id`` is "" where there was none, ``definition`` names the procedure it was received under.
    ``unsent`` says that the server does not have all of it yet: events, scans, or something of its log that
    could not be applied here.
    """

    dossier_id: str
    dossier_code: str
    procedure_id: str
    procedure_name: str
    applicant_id: str
    definition: str
    status: "DossierStatus"
    ended_at: datetime
    originals_held: int
    unsent: bool


class PersonalDataQueries(Protocol):
    """Reads about a citizen's data and about what was purged."""

    def traces(self, identity: "Identity") -> "Sequence[Trace]":
        """Return every row in which a citizen occurs; reads all of the database."""
        ...

    def person_requests(
        self, *, record_numbers: Sequence[int] = (), open_only: bool = False
    ) -> "Sequence[PersonRequest]":
        """Return requests, of these records or of everybody: open ones by their day, then the newest."""
        ...

    def person_request(self, request_id: str) -> "PersonRequest | None":
        """Return one request, or None."""
        ...

    def ended_dossiers(self, before: datetime, dossier_id: str = "") -> Sequence[EndedDossier]:
        """Return the dossiers, or that one, that ended before a moment and were not purged, oldest first."""
        ...

    def content_digest(self, dossier_id: str) -> str:
        """Return the SHA-256, in hex, of everything a purge of the dossier takes out."""
        ...

    def purged_dossier(self, dossier_id: str) -> "PurgedDossier | None":
        """Return the proof of a purged dossier, or None."""
        ...

    def purged_dossiers(self, limit: int = 200) -> "Sequence[PurgedDossier]":
        """Return the proofs, newest first."""
        ...

    def scrub_due(self) -> bool:
        """Tell whether content was taken out whose bytes may still lie in free parts of the file."""
        ...


class PersonalDataWrites(PersonalDataQueries, Protocol):
    """Writes about requests and purges; part of one act."""

    def put_person_request(self, request: "PersonRequest") -> None:
        """Insert or change a request."""
        ...

    def purge_dossier(self, proof: "PurgedDossier") -> Sequence[str]:
        """Keep the proof and take the content out; return the ids of scans whose files are to go."""
        ...

    def forget_people(self, personal_ids: Sequence[str]) -> int:
        """Delete the records among these that nothing refers to any more; return how many."""
        ...

    def empty_log_bodies(self, dossier_id: str) -> None:
        """Take the content out of what came down about a purged dossier."""
        ...
