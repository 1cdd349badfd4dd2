"""What the use cases need from the outside; adapters in storage, catalogue, printing fulfil it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from counter_app.services.accounts_port import AccountQueries, AccountWrites
from counter_app.services.attachments_port import AttachmentQueries, AttachmentWrites
from counter_app.services.audit_port import AuditQueries, AuditWrites
from counter_app.services.backup.backup_port import BackupQueries, BackupWrites
from counter_app.services.day_closes_port import DayCloseQueries, DayCloseWrites
from counter_app.services.figures_port import FiguresQueries, FiguresWrites
from counter_app.services.intake_notices_port import IntakeNoticeQueries, IntakeNoticeWrites
from counter_app.services.kinship_port import KinshipQueries, KinshipWrites
from counter_app.services.personal_data_port import PersonalDataQueries, PersonalDataWrites
from counter_app.services.ratings_port import RatingQueries, RatingWrites
from counter_app.services.receipts_port import ReceiptQueries, ReceiptWrites
from counter_app.services.sync_port import SyncQueries, SyncWrites
from counter_app.services.tickets_port import TicketQueries, TicketWrites
from counter_app.services.transfer_lists_port import TransferListQueries, TransferListWrites
from counter_app.services.worklists_port import WorklistQueries, WorklistWrites

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.domain.admin_units import AdminUnits
    from counter_app.domain.catalogue_check import CatalogueCheck
    from counter_app.domain.data_pack import DataVersion, InstalledPack, PackInfo, PackKind, PackPreview
    from counter_app.domain.definition import Definition, DefinitionT
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.dossier_status import DossierStatus
    from counter_app.domain.errors import BadInput
    from counter_app.domain.form_template import FormTemplate
    from counter_app.domain.local_values import LocalValues
    from counter_app.domain.national_list import NationalList
    from counter_app.domain.person import Person
    from counter_app.domain.privacy_notice import PrivacyNotice
    from counter_app.domain.procedure import Procedure
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.notice_content import NoticeContent
    from counter_app.services.paper_content import FormContent, PaperSize, SlipContent
    from counter_app.services.papers.address_label import LabelSheet
    from counter_app.services.papers.recovery_sheet import RecoverySheet
    from counter_app.services.queue.ticket_content import TicketContent
    from counter_app.services.ruled_content import RegisterBook, StatisticsSheet
    from counter_app.services.sheet_content import SheetContent


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in Asia/Ho_Chi_Minh."""
        ...


class Ids(Protocol):
    """The only source of identifiers and randomness."""

    def new_id(self) -> str:
        """Return a new UUIDv7 as text; later ids sort after earlier ones."""
        ...

    def new_secret(self) -> str:
        """Return a 4-character look-up secret without look-alike letters."""
        ...

    def new_salt(self) -> bytes:
        """Return 16 random bytes."""
        ...


class Catalogue(Protocol):
    """The dated data of forms/ and resources/calendars."""

    @property
    def problems(self) -> Sequence[BadInput]:
        """Data that could not be used (``bad_data_file``, ``pack_damaged``); the rest works."""
        ...

    def reload(self) -> None:
        """Read the data anew, after a pack was installed or taken back."""
        ...

    def data_versions(self) -> Sequence[DataVersion]:
        """Return where the data of each section comes from."""
        ...

    def check(self, on: date, days: int = 30) -> CatalogueCheck:
        """Return what is expired on a day and what expires within `days` with nothing to follow."""
        ...

    def procedures(self, on: date) -> Sequence[Procedure]:
        """Return the procedures in force on a day, by sector and name."""
        ...

    def all_procedures(self) -> Sequence[Procedure]:
        """Return every version of every procedure."""
        ...

    def versions_of(self, procedure_id: str) -> Sequence[Procedure]:
        """Return every version of one procedure, oldest first; none when it is unknown."""
        ...

    def procedure(self, procedure_id: str, on: date) -> Procedure:
        """Return the version in force.

        Raises:
            BadInput: ``procedure_unknown``.
            RuleRefusal: ``procedure_expired`` or ``procedure_not_yet_valid``, with the date.
        """
        ...

    def procedure_version(self, procedure_id: str, version: str) -> Procedure:
        """Return exactly that version, in force or not; BadInput ``procedure_unknown``."""
        ...

    def search(self, text: str, on: date) -> Sequence[Procedure]:
        """Return the procedures in force that match folded words, prefixes or initials; best first."""
        ...

    def form(self, form_id: str, on: date) -> FormTemplate:
        """Return the form version in force; BadInput ``form_unknown``, RuleRefusal ``form_expired``."""
        ...

    def form_version(self, form_id: str, version: str) -> FormTemplate:
        """Return exactly that version; BadInput ``form_unknown``."""
        ...

    def all_forms(self) -> Sequence[FormTemplate]:
        """Return every version of every form."""
        ...

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar with its sessions."""
        ...

    def local_values(self) -> LocalValues:
        """Return the dated values of the installed overlays, the office's over the province's."""
        ...

    def national_list(self) -> NationalList:
        """Return which name belongs to which national code."""
        ...

    def admin_units(self) -> AdminUnits:
        """Return provinces and communes, of today and of before."""
        ...

    def privacy_notice(self, on: date) -> PrivacyNotice:
        """Return what citizens are told about their data on a day; RuleRefusal ``privacy_notice_missing``."""
        ...


class DataPacks(Protocol):
    """The signed data packs of this counter."""

    def root_digest(self) -> str:
        """Return the SHA-256 of the trusted root, in hex."""
        ...

    def require_room(self, file: Path) -> None:
        """Refuse a pack the disk has no room for: EnvironmentProblem ``pack_needs_room``."""
        ...

    def inspect(self, file: Path) -> PackInfo:
        """Check form, signature, digests and content of a pack file without installing it.

        Raises:
            BadInput: ``pack_not_a_pack``, ``pack_too_big``, ``pack_bad_path``, ``pack_changed``,
                ``pack_bad_root``, ``pack_bad_data``.
            RuleRefusal: ``pack_wrong_key``, ``pack_newer_format``, ``pack_kind_unknown``.
            EnvironmentProblem: ``pack_unreadable``, ``pack_not_written``.
        """
        ...

    def preview(self, file: Path) -> PackPreview:
        """Return what installing would change; errors as `inspect`."""
        ...

    def stage(self, file: Path, unit_code: str) -> PackPreview:
        """Check a pack for this unit and lay it ready; it does not count yet.

        Raises:
            RuleRefusal: ``pack_older``, ``pack_for_other_unit``; the rest as `inspect`.
        """
        ...

    def activate(self, info: PackInfo, at: datetime) -> InstalledPack:
        """Let a staged pack count; EnvironmentProblem ``pack_not_written`` leaves the data of before."""
        ...

    def installed(self) -> Sequence[InstalledPack]:
        """Return the packs on this counter, the last installed first."""
        ...

    def roll_back(self, kind: PackKind, unit: str = "") -> InstalledPack | None:
        """Take the last pack of a kind back; return the one that counts now, or None: the bundled data.

        Raises:
            RuleRefusal: ``pack_no_rollback``.
        """
        ...

    def preview_roll_back(self, kind: PackKind, unit: str = "") -> PackPreview:
        """Return the pack `roll_back` would take back, and what that would change; errors as there."""
        ...

    def trust(self, root: bytes) -> int:
        """Take another root as the one to trust; return its version.

        Raises:
            BadInput: ``pack_bad_root``.
            RuleRefusal: ``pack_root_refused``.
        """
        ...

    def state(self) -> bytes | None:
        """Return which packs count, to be put back with `restore`."""
        ...

    def restore(self, state: bytes | None) -> None:
        """Put it back, when the act a change was part of failed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A half-done visit, saved on every keystroke. ``state`` is the intake screen's JSON state."""

    draft_id: str
    procedure_id: str
    procedure_name: str
    applicant_name: str
    updated_at: datetime
    clerk: str
    state: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to which subject. ``detail`` holds no names and no personal ids."""

    at: datetime
    clerk: str
    act: str
    subject_id: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEvent:
    """A fact the central server must learn; ``body`` are the exact canonical bytes, never re-made."""

    event_id: str
    dossier_id: str
    kind: str
    at: datetime
    body: bytes


SENDING = "sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRecord:
    """One paper that left the program, or tried to.

    ``outcome`` is printed, saved, failed, or `SENDING` as long as nobody knows: such a paper may be in
    somebody's hands. ``of_step`` is how many steps the history had that the paper tells of: what came
    first is told by steps, never by the clock, which may be set back.
    """

    dossier_id: str
    paper: str
    copy_no: int
    at: datetime
    clerk: str
    outcome: str
    detail: str = ""
    of_step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One step in a dossier's life, newest last."""

    at: datetime
    clerk: str
    act: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """What lists and search show of a dossier."""

    dossier_id: str
    dossier_code: str
    applicant: str
    personal_id_masked: str
    procedure: str
    status: DossierStatus
    received_at: datetime
    due_at: datetime | None
    unsent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """A citizen we met before, with the visits (newest first)."""

    person: Person
    seen_at: datetime
    visits: tuple[DossierRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeValue:
    """What the office decided under a key from a day on; ``value`` is JSON, None takes it back."""

    key: str
    value: object
    valid_from: date
    entered_at: datetime
    clerk: str
    basis: str = ""


class Queries(
    AttachmentQueries,
    AccountQueries,
    AuditQueries,
    BackupQueries,
    TicketQueries,
    RatingQueries,
    KinshipQueries,
    PersonalDataQueries,
    TransferListQueries,
    ReceiptQueries,
    DayCloseQueries,
    IntakeNoticeQueries,
    WorklistQueries,
    FiguresQueries,
    SyncQueries,
    Protocol,
):
    """Reads; cheap enough for the UI's reader thread. Codes match aliases too."""

    def setting(self, key: str) -> str | None:
        """Return one setting, or None."""
        ...

    def settings(self) -> Mapping[str, str]:
        """Return every setting."""
        ...

    def dossier(self, dossier_id: str) -> Dossier | None:
        """Return a dossier by its id, or None."""
        ...

    def dossier_by_code(self, dossier_code: str) -> Dossier | None:
        """Return a dossier by its code or an alias, or None."""
        ...

    def definition(self, digest: str, shape: type[DefinitionT]) -> DefinitionT:
        """Return what a dossier was received under; EnvironmentProblem ``definition_missing``."""
        ...

    def promise_calendars(self) -> Mapping[str, WorkingCalendar]:
        """Return every calendar a promise was made with, by the digest dossiers refer to."""
        ...

    def open_promises(
        self, calendar: str, over: Sequence[tuple[datetime, datetime]], since: datetime
    ) -> Sequence[Dossier]:
        """Return the unfinished dossiers due from `since` on whose time may count other days now.

        Their promise was last weighed with the calendar of that digest, and between receipt and promise
        lies some part of one of the stretches `over`.
        """
        ...

    def history(self, dossier_id: str) -> Sequence[HistoryEntry]:
        """Return the steps in its life, oldest first."""
        ...

    def last_act(self, dossier_id: str) -> tuple[HistoryEntry, Dossier] | None:
        """Return the last act and the dossier as it was before it; None when it cannot be undone."""
        ...

    def prints(self, dossier_id: str) -> Sequence[PrintRecord]:
        """Return the papers that left the program, oldest first."""
        ...

    def unsent(self, dossier_id: str) -> bool:
        """Tell whether an event of the dossier still waits for the server."""
        ...

    def next_copy_no(self, dossier_id: str, paper: str) -> int:
        """Return 1 for a paper never printed, else one more than the last copy that left."""
        ...

    def find(self, text: str, limit: int = 50) -> Sequence[DossierRow]:
        """Return the newest matches of a code, folded name, personal id or phone."""
        ...

    def newest(self, limit: int = 200, before: str = "") -> Sequence[DossierRow]:
        """Return a page of dossiers, newest first, older than the id or code `before`."""
        ...

    def dossier_count(self) -> int:
        """Return how many dossiers there are."""
        ...

    def integrity_problem(self) -> str:
        """Return "" when the database checks out, else what is wrong; reads the whole file."""
        ...

    def last_answers(self, form_id: str) -> Mapping[str, object]:
        """Return the answers given when the form was last filled, for suggestions; {} when never."""
        ...

    def open_dossiers_of(self, personal_id: str, procedure_id: str) -> Sequence[DossierRow]:
        """Return the citizen's dossiers of that procedure that are not finished."""
        ...

    def person(self, personal_id: str) -> PersonRecord | None:
        """Return the citizen of that personal id with the visits, or None."""
        ...

    def find_people(self, text: str, limit: int = 20) -> Sequence[Person]:
        """Return citizens by folded name or personal id."""
        ...

    def drafts(self) -> Sequence[Draft]:
        """Return the drafts, newest first."""
        ...

    def draft(self, draft_id: str) -> Draft | None:
        """Return one draft, or None."""
        ...

    def latest_moment(self) -> datetime | None:
        """Return the newest moment anything was written, to notice a clock set back."""
        ...

    def office_values(self) -> Sequence[OfficeValue]:
        """Return everything the office ever decided, in the order it was entered."""
        ...


class Transaction(
    Queries,
    AttachmentWrites,
    AccountWrites,
    AuditWrites,
    BackupWrites,
    TicketWrites,
    RatingWrites,
    KinshipWrites,
    PersonalDataWrites,
    TransferListWrites,
    ReceiptWrites,
    DayCloseWrites,
    IntakeNoticeWrites,
    WorklistWrites,
    FiguresWrites,
    SyncWrites,
    Protocol,
):
    """One act: everything written here commits together or not at all."""

    def put_setting(self, key: str, value: str) -> None:
        """Write one setting."""
        ...

    def append_office_value(self, entry: OfficeValue) -> None:
        """Append what the office decided; nothing entered before is changed."""
        ...

    def take_number(self, day: date, counter: int) -> int:
        """Return the counter's next running number of that day: 1, 2, 3 …; never one twice."""
        ...

    def take_paper_number(self, series: str, year: int, counter: int) -> int:
        """Return the next number of a series of papers of that year and counter: 1, 2 …; never one twice."""
        ...

    def add_dossier(self, dossier: Dossier, also_named: Sequence[str] = ()) -> None:
        """Write dossier, forms, parts, charges and search row; RuleRefusal ``code_already_used``.

        `also_named` are names its forms hold (the child of a birth registration): they find it too.
        """
        ...

    def keep_definition(self, definition: Definition) -> str:
        """Keep a definition for ever, once, and return the digest that names it."""
        ...

    def change_dossier(self, dossier: Dossier) -> None:
        """Write what became of a dossier that is there; code, secret, counter and clerk never change."""
        ...

    def index_anew(self, dossier: Dossier, also_named: Sequence[str] = ()) -> None:
        """Let a dossier be found by the words it has now, after a correction."""
        ...

    def remember_person(self, person: Person, seen_at: datetime, source: str) -> None:
        """Insert or update the citizen by personal id; what changed keeps its old value in history."""
        ...

    def forget_later_moments(self, now: datetime) -> None:
        """Let `now` be the newest moment again: the clerk said that the clock is right."""
        ...

    def append_audit(self, entry: AuditEntry) -> None:
        """Append to the end of the audit log's chain.

        Raises:
            RuleRefusal: ``sign_in_needed``, ``not_permitted``: nobody of that name signed in, or the role
                may not (`services.session`); the whole act is taken back.
        """
        ...

    def append_event(self, event: OutboxEvent) -> None:
        """Append to the outbox, chained to the event before."""
        ...

    def append_history(self, dossier_id: str, entry: HistoryEntry, before: Dossier | None = None) -> None:
        """Append a step to a dossier's life; `before` is the dossier ahead of a step that can be undone."""
        ...

    def record_print(self, record: PrintRecord) -> int:
        """Record a paper; return its place among the papers of its dossier."""
        ...

    def settle_print(self, dossier_id: str, place: int, outcome: str, detail: str = "") -> None:
        """Record what became of a paper that was on its way."""
        ...

    def save_draft(self, draft: Draft) -> None:
        """Insert or replace a draft."""
        ...

    def delete_draft(self, draft_id: str) -> None:
        """Delete a draft if it is there."""
        ...


class Store(Protocol):
    """The encrypted local database."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Open the one write transaction (BEGIN IMMEDIATE); commit on leaving, roll back on error.

        Raises:
            EnvironmentProblem: ``disk_full``, ``database_read_only``, ``database_busy``,
                ``database_damaged``; nothing of the act was kept.
        """
        ...

    def reading(self) -> AbstractContextManager[Queries]:
        """Open a consistent read-only view."""
        ...

    def scrub(self) -> bool:
        """Wipe from the file what was taken out before; minutes for a large one, nobody can write meanwhile.

        False when somebody reading kept the log from being emptied: then it is to be tried again.

        Raises:
            EnvironmentProblem: as `writing`; what was taken out stays out.
        """
        ...

    def close(self) -> None:
        """Close the database; safe to call twice."""
        ...


class PaperRenderer(Protocol):
    """Draws papers as PDF bytes."""

    def warm_up(self) -> None:
        """Load what the first paper will need, in idle time."""
        ...

    def unprintable(self, text: str) -> frozenset[str]:
        """Return the characters of `text` no paper can show; they would print as boxes."""
        ...

    def slip(self, content: SlipContent, size: PaperSize) -> bytes:
        """Draw Mẫu 01 on the given sheet."""
        ...

    def form(self, content: FormContent) -> bytes:
        """Draw a filled form on A4."""
        ...

    def sheet(self, content: SheetContent) -> bytes:
        """Draw a list or a notice of the office on A4."""
        ...

    def recovery_sheet(self, content: RecoverySheet) -> bytes:
        """Draw the recovery sheet on A4."""
        ...

    def notice(self, content: NoticeContent, size: PaperSize) -> bytes:
        """Draw a notice of a dossier's life on the given sheet; A4 is one whole page."""
        ...

    def labels(self, content: LabelSheet, size: PaperSize) -> bytes:
        """Draw address labels: eight places to an A4 sheet, or one after another on the roll."""
        ...

    def ticket(self, content: TicketContent, size: PaperSize) -> bytes:
        """Draw a ticket of the queue: 80 mm, or a quarter of an A5 sheet for any other size."""
        ...

    def register_book(self, content: RegisterBook) -> bytes:
        """Draw the register (Mẫu 07) as a book, A4 landscape; its lines are read while it is drawn."""
        ...

    def statistics(self, content: StatisticsSheet) -> bytes:
        """Draw a statistical form on A4 landscape."""
        ...


class Printer(Protocol):
    """Sends PDF bytes to paper."""

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        """Print; raise EnvironmentProblem ``printer_failed`` with the printer's own words."""
        ...
