# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of citizens' data: finding it, requests about it, purging it."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.domain.personal_data import Identity, PersonRequest, Trace
from counter_app.domain.purged_dossier import PurgedDossier
from counter_app.services.personal_data_port import EndedDossier
from counter_app.storage import forgotten_people, person_requests, purges, settings, traces
from counter_app.storage.sql import Sql

SCRUB_DUE = "personal_data.scrub_due"


class SqlPersonalDataQueries:
    """Implements `services.personal_data_port.PersonalDataQueries`."""

    _sql: Sql

    def traces(self, identity: Identity) -> Sequence[Trace]:
        return traces.traces(self._sql, identity)

    def person_requests(
        self, *, record_numbers: Sequence[int] = (), open_only: bool = False
    ) -> Sequence[PersonRequest]:
        return person_requests.load_all(self._sql, record_numbers, open_only=open_only)

    def person_request(self, request_id: str) -> PersonRequest | None:
        return person_requests.load(self._sql, request_id)

    def ended_dossiers(self, before: datetime, dossier_id: str = "") -> Sequence[EndedDossier]:
        return purges.ended(self._sql, before, dossier_id)

    def content_digest(self, dossier_id: str) -> str:
        return purges.digest(self._sql, dossier_id)

    def purged_dossier(self, dossier_id: str) -> PurgedDossier | None:
        return purges.proof_of(self._sql, dossier_id)

    def purged_dossiers(self, limit: int = 200) -> Sequence[PurgedDossier]:
        return purges.proofs(self._sql, limit)

    def scrub_due(self) -> bool:
        return settings.get(self._sql, SCRUB_DUE) == "1"


class SqlPersonalDataWrites(SqlPersonalDataQueries):
    """Implements `services.personal_data_port.PersonalDataWrites`."""

    def put_person_request(self, request: PersonRequest) -> None:
        person_requests.put(self._sql, request)

    def purge_dossier(self, proof: PurgedDossier) -> Sequence[str]:
        settings.put(self._sql, SCRUB_DUE, "1")
        return purges.purge(self._sql, proof)

    def forget_people(self, personal_ids: Sequence[str]) -> int:
        return forgotten_people.forget(self._sql, personal_ids)

    def empty_log_bodies(self, dossier_id: str) -> None:
        settings.put(self._sql, SCRUB_DUE, "1")
        purges.empty_log(self._sql, dossier_id)
