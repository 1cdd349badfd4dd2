# ruff: noqa: D102 - the ports say what each method promises
"""The reading view of the database that services see as a port."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from counter_app.domain.definition import DefinitionT
from counter_app.domain.dossier import Dossier
from counter_app.domain.person import Person
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.ports import (
    DossierRow,
    Draft,
    HistoryEntry,
    OfficeValue,
    PersonRecord,
    PrintRecord,
)
from counter_app.storage import (
    definitions,
    dossiers,
    drafts,
    integrity,
    journal,
    latest_moment,
    office_values,
    outbox,
    people,
    print_log,
    search,
    settings,
)
from counter_app.storage.accounts import SqlAccountQueries
from counter_app.storage.attachments import SqlAttachmentQueries
from counter_app.storage.audit import SqlAuditQueries
from counter_app.storage.backup_runs import SqlBackupQueries
from counter_app.storage.day_closes import SqlDayCloseQueries
from counter_app.storage.figures import SqlFiguresQueries
from counter_app.storage.intake_notices import SqlIntakeNoticeQueries
from counter_app.storage.kinship import SqlKinshipQueries
from counter_app.storage.personal_data import SqlPersonalDataQueries
from counter_app.storage.ratings import SqlRatingQueries
from counter_app.storage.receipts import SqlReceiptQueries
from counter_app.storage.sql import Sql
from counter_app.storage.sync import SqlSyncQueries
from counter_app.storage.tickets import SqlTicketQueries
from counter_app.storage.transfer_lists import SqlTransferListQueries
from counter_app.storage.worklists import SqlWorklistQueries


class SqlQueries(
    SqlAttachmentQueries,
    SqlAccountQueries,
    SqlAuditQueries,
    SqlBackupQueries,
    SqlTicketQueries,
    SqlRatingQueries,
    SqlKinshipQueries,
    SqlPersonalDataQueries,
    SqlTransferListQueries,
    SqlReceiptQueries,
    SqlDayCloseQueries,
    SqlIntakeNoticeQueries,
    SqlWorklistQueries,
    SqlFiguresQueries,
    SqlSyncQueries,
):
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

    def definition(self, digest: str, shape: type[DefinitionT]) -> DefinitionT:
        return definitions.load(self._sql, digest, shape)

    def promise_calendars(self) -> Mapping[str, WorkingCalendar]:
        return definitions.calendars(self._sql)

    def open_promises(
        self, calendar: str, over: Sequence[tuple[datetime, datetime]], since: datetime
    ) -> Sequence[Dossier]:
        return dossiers.open_promises(self._sql, calendar, over, since)

    def history(self, dossier_id: str) -> Sequence[HistoryEntry]:
        return journal.history(self._sql, dossier_id)

    def last_act(self, dossier_id: str) -> tuple[HistoryEntry, Dossier] | None:
        return journal.last_act(self._sql, dossier_id)

    def prints(self, dossier_id: str) -> Sequence[PrintRecord]:
        return print_log.prints(self._sql, dossier_id)

    def unsent(self, dossier_id: str) -> bool:
        return outbox.unsent(self._sql, dossier_id)

    def next_copy_no(self, dossier_id: str, paper: str) -> int:
        return print_log.next_copy_no(self._sql, dossier_id, paper)

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

    def latest_moment(self) -> datetime | None:
        return latest_moment.load(self._sql)

    def office_values(self) -> Sequence[OfficeValue]:
        return office_values.load_all(self._sql)
