"""The desk: one counter's ports and settings in one place; every use case takes it first."""

from dataclasses import dataclass, field

from counter_app.services import office_settings
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.ports import AuditEntry, Catalogue, Clock, Ids, PaperRenderer, Printer, Store


@dataclass(slots=True, kw_only=True)
class Desk:
    """A set-up counter. Settings are read once and replaced when they are saved."""

    store: Store
    catalogue: Catalogue
    clock: Clock
    ids: Ids
    renderer: PaperRenderer
    printer: Printer
    _settings: OfficeSettings | None = field(default=None)

    @property
    def settings(self) -> OfficeSettings:
        """The office's settings; EnvironmentProblem ``not_set_up`` before the first run."""
        if self._settings is None:
            with self.store.reading() as queries:
                self._settings = office_settings.load(queries)
        return self._settings

    @property
    def is_set_up(self) -> bool:
        """Whether the first-run questions were answered."""
        with self.store.reading() as queries:
            return queries.setting("office.unit_code") is not None

    def save_settings(self, settings: OfficeSettings) -> None:
        """Store new settings as one act; errors as `office_settings.check` and `Store.writing`."""
        with self.store.writing() as transaction:
            office_settings.store(transaction, settings)
            transaction.append_audit(
                AuditEntry(
                    at=self.clock.now(),
                    clerk=settings.clerk,
                    act="settings_changed",
                    subject_id=settings.counter.device_id,
                )
            )
        self._settings = settings
