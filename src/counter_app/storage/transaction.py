# ruff: noqa: D102 - the ports say what each method promises
"""The writing view of the database that services see as a port."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

from counter_app.domain.definition import Definition
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.person import Person
from counter_app.services.ports import (
    AuditEntry,
    Draft,
    HistoryEntry,
    OfficeValue,
    OutboxEvent,
    PrintRecord,
    Queries,
)
from counter_app.services.session import refusal_entry
from counter_app.services.sync_port import DefinitionBody, StateChange
from counter_app.storage import (
    audit,
    definitions,
    dossier_state,
    dossiers,
    drafts,
    journal,
    latest_moment,
    numbers,
    office_values,
    outbox,
    people,
    print_log,
    settings,
)
from counter_app.storage.accounts import SqlAccountWrites
from counter_app.storage.attachments import SqlAttachmentWrites
from counter_app.storage.audit import SqlAuditWrites
from counter_app.storage.backup_runs import SqlBackupWrites
from counter_app.storage.day_closes import SqlDayCloseWrites
from counter_app.storage.definitions import KnownDefinitions
from counter_app.storage.figures import SqlFiguresWrites
from counter_app.storage.intake_notices import SqlIntakeNoticeWrites
from counter_app.storage.kinship import SqlKinshipWrites
from counter_app.storage.personal_data import SqlPersonalDataWrites
from counter_app.storage.queries import SqlQueries
from counter_app.storage.ratings import SqlRatingWrites
from counter_app.storage.receipts import SqlReceiptWrites
from counter_app.storage.sql import Sql
from counter_app.storage.sync import SqlSyncWrites
from counter_app.storage.tickets import SqlTicketWrites
from counter_app.storage.transfer_lists import SqlTransferListWrites
from counter_app.storage.worklists import SqlWorklistWrites
from counter_protocol.dossier_state import State, patch_between

Guard = Callable[[Queries, AuditEntry], None]


def nobody_asks(_queries: Queries, _entry: AuditEntry) -> None:
    """Let every act pass: a store opened without a session, by the program itself or a test."""


class SqlTransaction(
    SqlAttachmentWrites,
    SqlAccountWrites,
    SqlAuditWrites,
    SqlBackupWrites,
    SqlTicketWrites,
    SqlRatingWrites,
    SqlKinshipWrites,
    SqlPersonalDataWrites,
    SqlTransferListWrites,
    SqlReceiptWrites,
    SqlDayCloseWrites,
    SqlIntakeNoticeWrites,
    SqlWorklistWrites,
    SqlFiguresWrites,
    SqlSyncWrites,
    SqlQueries,
):
    """One act over the writing connection; implements `services.ports.Transaction`.

    ``newest_moment`` is the latest moment this act wrote; the store records it at the end. ``kept``
    are the digests of definitions this act wrote; the store takes note of them after the commit.
    ``guard`` may refuse an act before its audit entry is written, and with it the whole act; ``refused`` is
    what the audit log keeps of that.
    """

    def __init__(self, sql: Sql, known: KnownDefinitions | None = None, guard: Guard = nobody_asks) -> None:
        super().__init__(sql)
        self._guard = guard
        self._definitions = known or KnownDefinitions()
        self.kept: set[str] = set()
        self.newest_moment: datetime | None = None
        self.refused: AuditEntry | None = None
        self._told: dict[str, State | None] = {}

    def put_setting(self, key: str, value: str) -> None:
        settings.put(self._sql, key, value)

    def append_office_value(self, entry: OfficeValue) -> None:
        office_values.append(self._sql, entry)
        self._saw(entry.entered_at)

    def take_number(self, day: date, counter: int) -> int:
        return numbers.take(self._sql, day, counter)

    def add_dossier(self, dossier: Dossier, also_named: Sequence[str] = ()) -> None:
        dossiers.add(self._sql, dossier, also_named)
        self._told[dossier.dossier_id] = None
        self._saw(dossier.received_at)

    def keep_definition(self, definition: Definition) -> str:
        body = self._definitions.body_of(definition)
        if body.digest not in self._definitions.stored and body.digest not in self.kept:
            definitions.keep(self._sql, body)
            self.kept.add(body.digest)
        return body.digest

    def take_paper_number(self, series: str, year: int, counter: int) -> int:
        return numbers.take_paper(self._sql, series, year, counter)

    def change_dossier(self, dossier: Dossier) -> None:
        self._remember_told(dossier.dossier_id)
        dossiers.change(self._sql, dossier)

    def state_change(self, dossier: Dossier) -> StateChange:
        self._remember_told(dossier.dossier_id)
        now = dossier_state.state_of(dossier)
        patch = patch_between(dossier_state.compared_with(self._told[dossier.dossier_id], now), now)
        self._told[dossier.dossier_id] = now
        return StateChange(patch=patch, seen=dossier.seen)

    def _remember_told(self, dossier_id: str) -> None:
        """Keep what the events before this act said of a dossier, before anything changes."""
        if dossier_id not in self._told:
            before = dossiers.by_id(self._sql, dossier_id)
            self._told[dossier_id] = None if before is None else dossier_state.state_of(before)

    def put_folded(
        self, dossier_id: str, state: State, *, owner: str, seen: int, also_named: Sequence[str] = ()
    ) -> Dossier:
        before = dossiers.by_id(self._sql, dossier_id)
        rated = before is not None and before.life.rated
        dossier = dossier_state.dossier_from(dossier_id, state, seen=seen, rated=rated)
        dossier = replace(dossier, owner=owner)
        dossiers.put_folded(self._sql, dossier, also_named)
        return dossier

    def apart(self) -> AbstractContextManager[None]:
        return self._sql.savepoint()

    def raise_paper_number(self, series: str, year: int, counter: int, at_least: int) -> None:
        numbers.raise_paper(self._sql, series, year, counter, at_least)

    def untold_definitions(self) -> Sequence[DefinitionBody]:
        return definitions.take_untold(self._sql)

    def index_anew(self, dossier: Dossier, also_named: Sequence[str] = ()) -> None:
        dossiers.index_anew(self._sql, dossier, also_named)

    def remember_person(self, person: Person, seen_at: datetime, source: str) -> None:
        people.remember(self._sql, person, seen_at, source)
        self._saw(seen_at)

    def forget_later_moments(self, now: datetime) -> None:
        latest_moment.set_back(self._sql, now)

    def append_audit(self, entry: AuditEntry) -> None:
        try:
            self._guard(self, entry)
        except RuleRefusal as refusal:
            self.refused = refusal_entry(refusal, entry.clerk, entry.act, entry.at)
            raise
        audit.append(self._sql, entry)
        self._saw(entry.at)

    def append_event(self, event: OutboxEvent) -> None:
        outbox.append(self._sql, event)
        self._saw(event.at)

    def append_history(self, dossier_id: str, entry: HistoryEntry, before: Dossier | None = None) -> None:
        journal.append_history(self._sql, dossier_id, entry, before)
        self._saw(entry.at)

    def append_foreign_history(self, dossier_id: str, entry: HistoryEntry) -> None:
        journal.append_history(self._sql, dossier_id, entry, None)

    def record_print(self, record: PrintRecord) -> int:
        self._saw(record.at)
        return print_log.add(self._sql, record)

    def settle_print(self, dossier_id: str, place: int, outcome: str, detail: str = "") -> None:
        print_log.settle(self._sql, dossier_id, place, outcome, detail)

    def save_draft(self, draft: Draft) -> None:
        drafts.save(self._sql, draft)
        self._saw(draft.updated_at)

    def delete_draft(self, draft_id: str) -> None:
        drafts.delete(self._sql, draft_id)

    def finish(self) -> None:
        """Write what belongs to the act as a whole; the store calls it before the commit."""
        if self.newest_moment is not None:
            latest_moment.advance(self._sql, self.newest_moment)

    def _saw(self, moment: datetime) -> None:
        if self.newest_moment is None or moment > self.newest_moment:
            self.newest_moment = moment
