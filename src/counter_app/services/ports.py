"""What the use cases need from the outside; adapters in storage, catalogue, printing fulfil it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.person import Person
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.paper_content import FormContent, PaperSize, SlipContent


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


class Catalogue(Protocol):
    """The dated data of forms/ and resources/calendars."""

    @property
    def problems(self) -> Sequence[BadInput]:
        """Data files that could not be used (``bad_data_file``); the rest of the catalogue works."""
        ...

    def procedures(self, on: date) -> Sequence[Procedure]:
        """Return the procedures in force on a day, by sector and name."""
        ...

    def all_procedures(self) -> Sequence[Procedure]:
        """Return every version of every procedure."""
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

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar with its sessions."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRecord:
    """One paper that left the program. ``outcome`` is printed, saved, or failed."""

    dossier_id: str
    paper: str
    copy_no: int
    at: datetime
    clerk: str
    outcome: str
    detail: str = ""


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
class OutboxState:
    """How much waits for the server and since when."""

    waiting: int
    oldest_at: datetime | None


class Queries(Protocol):
    """Reads; cheap enough for the UI's reader thread. Codes match aliases too."""

    def setting(self, key: str) -> str | None: ...
    def settings(self) -> Mapping[str, str]: ...
    def dossier(self, dossier_id: str) -> Dossier | None: ...
    def dossier_by_code(self, dossier_code: str) -> Dossier | None: ...
    def history(self, dossier_id: str) -> Sequence[HistoryEntry]: ...
    def prints(self, dossier_id: str) -> Sequence[PrintRecord]: ...
    def unsent(self, dossier_id: str) -> bool: ...
    def next_copy_no(self, dossier_id: str, paper: str) -> int:
        """Return 1 for a paper never printed, else one more than the last copy that left."""
        ...

    def find(self, text: str, limit: int = 50) -> Sequence[DossierRow]: ...
    def newest(self, limit: int = 200, before: str = "") -> Sequence[DossierRow]: ...
    def dossier_count(self) -> int: ...
    def integrity_problem(self) -> str:
        """Return "" when the database checks out, else what is wrong; reads the whole file."""
        ...

    def open_dossiers_of(self, personal_id: str, procedure_id: str) -> Sequence[DossierRow]: ...
    def person(self, personal_id: str) -> PersonRecord | None: ...
    def find_people(self, text: str, limit: int = 20) -> Sequence[Person]: ...
    def drafts(self) -> Sequence[Draft]: ...
    def draft(self, draft_id: str) -> Draft | None: ...
    def outbox(self) -> OutboxState: ...
    def latest_moment(self) -> datetime | None:
        """Return the newest moment anything was written, to notice a clock set back."""
        ...


class Transaction(Queries, Protocol):
    """One act: everything written here commits together or not at all."""

    def put_setting(self, key: str, value: str) -> None: ...
    def take_number(self, day: date, counter: int) -> int:
        """Return the counter's next running number of that day: 1, 2, 3 …; never one twice."""
        ...

    def add_dossier(self, dossier: Dossier) -> None:
        """Write dossier, forms, parts, charges and search row; RuleRefusal ``code_already_used``."""
        ...

    def remember_person(self, person: Person, seen_at: datetime, source: str) -> None:
        """Insert or update the citizen by personal id; what changed keeps its old value in history."""
        ...

    def append_audit(self, entry: AuditEntry) -> None: ...
    def append_event(self, event: OutboxEvent) -> None: ...
    def append_history(self, dossier_id: str, entry: HistoryEntry) -> None: ...
    def record_print(self, record: PrintRecord) -> None: ...
    def save_draft(self, draft: Draft) -> None: ...
    def delete_draft(self, draft_id: str) -> None: ...


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

    def close(self) -> None: ...


class PaperRenderer(Protocol):
    """Draws papers as PDF bytes."""

    def slip(self, content: SlipContent, size: PaperSize) -> bytes: ...
    def form(self, content: FormContent) -> bytes: ...


class Printer(Protocol):
    """Sends PDF bytes to paper."""

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        """Print; raise EnvironmentProblem ``printer_failed`` with the printer's own words."""
        ...
