"""The desk: one counter's ports and settings in one place; every use case takes it first."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.services import office_settings
from counter_app.services.accounts_port import PasswordHasher
from counter_app.services.attachments_port import ScanMaker, ScanStore
from counter_app.services.backup.backup_port import BackupShelf
from counter_app.services.keys_port import KeyVault
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.ports import (
    AuditEntry,
    Catalogue,
    Clock,
    DataPacks,
    Ids,
    PaperRenderer,
    Printer,
    Store,
)
from counter_app.services.session import Session, refusal_entry

if TYPE_CHECKING:
    from datetime import date

    from counter_app.domain.clerks import Permission
    from counter_app.domain.local_values import LocalValues
    from counter_app.domain.office import Office
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.office_timeline import OfficeTimeline
    from counter_app.services.sync_control import SyncControl


@dataclass(slots=True, kw_only=True)
class Desk:
    """A set-up counter. Settings and the office's values are read once and again when they are saved."""

    store: Store
    catalogue: Catalogue
    packs: DataPacks
    clock: Clock
    ids: Ids
    renderer: PaperRenderer
    printer: Printer
    scans: ScanStore
    scan_maker: ScanMaker
    hasher: PasswordHasher
    keys: KeyVault
    backups: BackupShelf
    session: Session = field(default_factory=Session)
    sync: "SyncControl | None" = field(default=None)  # None: opened only to read
    _settings: OfficeSettings | None = field(default=None)
    _office_values: "OfficeTimeline | None" = field(default=None)
    _local_values: "tuple[LocalValues, LocalValues] | None" = field(default=None)
    _calendar: "tuple[WorkingCalendar, WorkingCalendar] | None" = field(default=None)

    @property
    def settings(self) -> OfficeSettings:
        """The office's settings; EnvironmentProblem ``not_set_up`` before the first run."""
        if self._settings is None:
            with self.store.reading() as queries:
                self._settings = office_settings.load(queries)
        return self._settings

    @property
    def clerk(self) -> str:
        """In whose name acts are done: whoever signed in; "" for nobody.

        Where no accounts are kept it is the name given or in the settings.
        """
        present = self.session.present
        if present is not None:
            return present.full_name
        if self.session.is_guarded(self._has_accounts):
            return ""
        return self.session.unproven_name or self.settings.clerk

    def require(self, permission: "Permission", clerk: str = "") -> None:
        """Refuse what the one at the desk, or `clerk`, may not do; errors as `Session.require`."""
        try:
            self.session.require(permission, self._has_accounts, clerk)
        except RuleRefusal as refusal:
            known = self.session.present.full_name if self.session.present else ""
            entry = refusal_entry(refusal, clerk or known, permission.value, self.clock.now())
            # Opened for reading, or on a full disk, the refusal stands without its note.
            with suppress(EnvironmentProblem), self.store.writing() as transaction:
                transaction.append_audit(entry)
            raise

    def _has_accounts(self) -> bool:
        with self.store.reading() as queries:
            return queries.has_accounts()

    @property
    def office_values(self) -> "OfficeTimeline":
        """Everything the office decided itself, dated."""
        if self._office_values is None:
            from counter_app.services.office_timeline import OfficeTimeline

            with self.store.reading() as queries:
                self._office_values = OfficeTimeline(tuple(queries.office_values()))
        return self._office_values

    def reread_office_values(self) -> None:
        """Forget what was read, after something was entered."""
        self._office_values = self._local_values = self._calendar = None

    @property
    def local_values(self) -> "LocalValues":
        """What province and office decide here: the overlays for this unit, the office's word on top."""
        overlays = self.catalogue.local_values()
        if self._local_values is None or self._local_values[0] is not overlays:
            here = overlays.for_unit(self.settings.office.unit_code)
            self._local_values = overlays, here.then(self.office_values.local_values())
        return self._local_values[1]

    def calendar(self) -> "WorkingCalendar":
        """Return the working calendar with the office's own sessions; errors as `Catalogue.calendar`."""
        national = self.catalogue.calendar()
        if self._calendar is None or self._calendar[0] is not national:
            self._calendar = national, self.office_values.calendar(national)
        return self._calendar[1]

    def office(self, on: "date") -> "Office":
        """Return the office as it is on a day."""
        return self.office_values.office(self.settings.office, on)

    @property
    def is_set_up(self) -> bool:
        """Whether the first-run questions were answered."""
        with self.store.reading() as queries:
            return queries.setting("office.unit_code") is not None

    def save_settings(self, settings: OfficeSettings, act: str = "settings_changed") -> None:
        """Store new settings as one act; errors as `office_settings.check` and `Store.writing`.

        Printers, scanners and looks are whoever's who works here; the rest is the administrator's.
        """
        changed = office_settings.changed_keys(self._settings or settings, settings)
        if act == "settings_changed" and changed and office_settings.only_of_the_desk(changed):
            act = "desk_settings_changed"
        with self.store.writing() as transaction:
            office_settings.store(transaction, settings)
            transaction.append_audit(
                AuditEntry(
                    at=self.clock.now(),
                    clerk=self.clerk if self._settings is not None else settings.clerk,
                    act=act,
                    subject_id=settings.counter.device_id,
                    detail={"keys": changed} if changed else {},
                )
            )
        self._settings = settings
