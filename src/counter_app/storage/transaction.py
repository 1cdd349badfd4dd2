# ruff: noqa: D102 - the ports say what each method promises
"""The reading and writing views of the database that services see as ports."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.person import Person
from counter_app.services.ports import (
    AuditEntry,
    DossierRow,
    Draft,
    HistoryEntry,
    OutboxEvent,
    OutboxState,
    PersonRecord,
    PrintRecord,
)
from counter_app.storage import dossiers, drafts, integrity, journal, outbox, people, search, settings
from counter_app.storage.sql import Sql


class SqlQueries:
    """Reads over one connection; implements `services.ports.Queries`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def setting(self, key: str) -> str | None:
        return settings.get(self._sql, key)

    def settings(self) -> Mapping[str, str]:
        return settings.get_all(self._sql)

    def dossier(self, dossier_id: str) -> Dossier | None:
        return dossiers.by_id(self._sql, dossier_id)

    def dossier_by_code(self, dossier_code: str) -> Dossier | None:
        return dossiers.by_code(self._sql, dossier_code)

    def history(self, dossier_id: str) -> Sequence[HistoryEntry]:
        return journal.history(self._sql, dossier_id)

    def prints(self, dossier_id: str) -> Sequence[PrintRecord]:
        return journal.prints(self._sql, dossier_id)

    def unsent(self, dossier_id: str) -> bool:
        return outbox.unsent(self._sql, dossier_id)

    def next_copy_no(self, dossier_id: str, paper: str) -> int:
        return journal.next_copy_no(self._sql, dossier_id, paper)

    def integrity_problem(self) -> str:
        return integrity.problem(self._sql)

    def find(self, text: str, limit: int = 50) -> Sequence[DossierRow]:
        return search.find(self._sql, text, limit)

    def newest(self, limit: int = 200, before: str = "") -> Sequence[DossierRow]:
        return dossiers.newest(self._sql, limit, before)

    def dossier_count(self) -> int:
        return dossiers.count(self._sql)

    def open_dossiers_of(self, personal_id: str, procedure_id: str) -> Sequence[DossierRow]:
        return dossiers.of_applicant(self._sql, personal_id, open_procedure=procedure_id)

    def last_answers(self, form_id: str) -> Mapping[str, object]:
        return dossiers.last_answers(self._sql, form_id)

    def person(self, personal_id: str) -> PersonRecord | None:
        return people.load(self._sql, personal_id)

    def find_people(self, text: str, limit: int = 20) -> Sequence[Person]:
        return search.find_people(self._sql, text, limit)

    def drafts(self) -> Sequence[Draft]:
        return drafts.load_all(self._sql)

    def draft(self, draft_id: str) -> Draft | None:
        return drafts.load(self._sql, draft_id)

    def outbox(self) -> OutboxState:
        return outbox.state(self._sql)

    def latest_moment(self) -> datetime | None:
        return settings.latest_moment(self._sql)


class SqlTransaction(SqlQueries):
    """One act over the writing connection; implements `services.ports.Transaction`.

    ``newest_moment`` is the latest moment this act wrote; the store records it at the end.
    """

    def __init__(self, sql: Sql) -> None:
        super().__init__(sql)
        self.newest_moment: datetime | None = None

    def put_setting(self, key: str, value: str) -> None:
        settings.put(self._sql, key, value)

    def take_number(self, day: date, counter: int) -> int:
        return settings.take_number(self._sql, day, counter)

    def add_dossier(self, dossier: Dossier) -> None:
        dossiers.add(self._sql, dossier)
        self._saw(dossier.received_at)

    def remember_person(self, person: Person, seen_at: datetime, source: str) -> None:
        people.remember(self._sql, person, seen_at, source)
        self._saw(seen_at)

    def append_audit(self, entry: AuditEntry) -> None:
        journal.append_audit(self._sql, entry)
        self._saw(entry.at)

    def append_event(self, event: OutboxEvent) -> None:
        outbox.append(self._sql, event)
        self._saw(event.at)

    def append_history(self, dossier_id: str, entry: HistoryEntry) -> None:
        journal.append_history(self._sql, dossier_id, entry)
        self._saw(entry.at)

    def record_print(self, record: PrintRecord) -> None:
        journal.record_print(self._sql, record)
        self._saw(record.at)

    def save_draft(self, draft: Draft) -> None:
        drafts.save(self._sql, draft)
        self._saw(draft.updated_at)

    def delete_draft(self, draft_id: str) -> None:
        drafts.delete(self._sql, draft_id)

    def finish(self) -> None:
        """Write what belongs to the act as a whole; the store calls it before the commit."""
        if self.newest_moment is not None:
            settings.advance_moment(self._sql, self.newest_moment)

    def _saw(self, moment: datetime) -> None:
        if self.newest_moment is None or moment > self.newest_moment:
            self.newest_moment = moment
