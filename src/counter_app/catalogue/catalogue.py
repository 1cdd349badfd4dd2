"""The catalogue in memory: procedures, forms, the calendar, local values and administrative units."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.catalogue.data_folders import DataFolders, DataSource, FixedFolders
from counter_app.catalogue.loaded_data import load_data
from counter_app.catalogue.procedure_search import ranked
from counter_app.catalogue.versions import bad_input, exactly, in_force
from counter_app.domain.catalogue_check import CatalogueCheck
from counter_app.domain.data_pack import DataVersion
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from counter_app.domain.admin_units import AdminUnits
    from counter_app.domain.local_values import LocalValues
    from counter_app.domain.national_list import NationalList
    from counter_app.domain.privacy_notice import PrivacyNotice


class FileCatalogue:
    """The dated data of folders (`services.ports.Catalogue`), read when made and at every `reload`."""

    def __init__(self, forms: Path, calendars: Path, *, cache_file: Path | None = None) -> None:
        self._open(FixedFolders.of(forms, calendars), cache_file)

    @classmethod
    def of(cls, source: DataSource, cache_file: Path | None = None) -> "FileCatalogue":
        """Open the folders a source names; `reload` asks it again."""
        catalogue = cls.__new__(cls)
        catalogue._open(source, cache_file)
        return catalogue

    def _open(self, source: DataSource, cache_file: Path | None) -> None:
        self._source = source
        self._cache_file = cache_file
        self.reload()

    def reload(self) -> None:
        """Read the data anew, after a pack was installed or taken back; whole or not at all."""
        # One assignment makes the new data count: whoever reads meanwhile sees the old or the new.
        self._data = load_data(self._source, self._cache_file)

    @property
    def problems(self) -> tuple[BadInput, ...]:
        """The data that could not be used (``bad_data_file``, ``pack_damaged``); the rest works."""
        self.local_values()
        data = self._data
        return (*data.folders.problems, *(bad_input(fault) for fault in data.faults), *data.late_problems)

    @property
    def data_folders(self) -> DataFolders:
        """The folders the data was read from."""
        return self._data.folders

    def data_versions(self) -> Sequence[DataVersion]:
        """Return where the data of each section comes from; empty for folders without a version."""
        return self._data.folders.versions

    def procedures(self, on: date) -> Sequence[Procedure]:
        """Return the procedures in force on a day, by sector and name."""
        data = self._data
        return tuple(data.procedure(head) for head in data.procedures if data.usable(head, on))

    def all_procedures(self) -> Sequence[Procedure]:
        """Return every version of every procedure, by sector and name, oldest first."""
        return tuple(map(self._data.procedure, self._data.procedures))

    def versions_of(self, procedure_id: str) -> Sequence[Procedure]:
        """Return every version of one procedure, oldest first; none when it is unknown."""
        data = self._data
        return tuple(map(data.procedure, data.procedures_by_id.get(procedure_id, ())))

    def procedure(self, procedure_id: str, on: date) -> Procedure:
        """Return the version in force.

        Raises:
            BadInput: ``procedure_unknown``, or ``bad_data_file`` when its file is broken.
            RuleRefusal: ``procedure_expired`` or ``procedure_not_yet_valid``, with the date.
        """
        data = self._data
        heads = data.procedures_by_id.get(procedure_id, ())
        faults = data.faults_of("procedure", procedure_id)
        try:
            head = in_force("procedure", procedure_id, on, heads, faults)
        except RuleRefusal as refusal:
            from counter_app.catalogue.successors import with_successors

            raise with_successors(data, refusal) from None
        return data.procedure(head)

    def procedure_version(self, procedure_id: str, version: str) -> Procedure:
        """Return exactly that version, in force or not.

        Raises:
            BadInput: ``procedure_unknown``, or ``bad_data_file`` when a file of the procedure is broken.
        """
        data = self._data
        heads = data.procedures_by_id.get(procedure_id, ())
        faults = data.faults_of("procedure", procedure_id)
        return data.procedure(exactly("procedure", procedure_id, version, heads, faults))

    def search(self, text: str, on: date) -> Sequence[Procedure]:
        """Return the procedures in force that match folded words, prefixes or initials; best first."""
        data = self._data
        candidates = [pair for pair in data.search_texts if data.usable(pair[0], on)]
        return tuple(map(data.procedure, ranked(text, candidates)))

    def all_forms(self) -> Sequence[FormTemplate]:
        """Return every version of every form, by id, oldest first."""
        data = self._data
        return tuple(
            data.form(head) for form_id in sorted(data.forms_by_id) for head in data.forms_by_id[form_id]
        )

    def form(self, form_id: str, on: date) -> FormTemplate:
        """Return the form version in force.

        Raises:
            BadInput: ``form_unknown``, or ``bad_data_file`` when its file is broken.
            RuleRefusal: ``form_expired`` or ``form_not_yet_valid``, with the date.
        """
        data = self._data
        heads = data.forms_by_id.get(form_id, ())
        return data.form(in_force("form", form_id, on, heads, data.faults_of("form", form_id)))

    def form_version(self, form_id: str, version: str) -> FormTemplate:
        """Return exactly that version; BadInput ``form_unknown`` or ``bad_data_file``."""
        data = self._data
        heads = data.forms_by_id.get(form_id, ())
        return data.form(exactly("form", form_id, version, heads, data.faults_of("form", form_id)))

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar with its sessions; BadInput ``bad_data_file``."""
        data = self._data
        if data.calendar is None:
            from counter_app.catalogue.calendar_cache import cached_calendar

            folders, beside = data.folders, self._beside("calendar.cache")
            data.calendar = cached_calendar(folders.calendars, beside, folders.calendar_schemas)
        return data.calendar

    def local_values(self) -> "LocalValues":
        """Return what the installed overlays say, the office's over the province's.

        An overlay that cannot be read is among the `problems`, and its values are unknown, never zero.
        """
        data = self._data
        if data.local_values is None:
            from counter_app.domain.local_values import LocalValues

            data.local_values = LocalValues()
            if data.folders.overlays:
                data.local_values = self._overlays() or data.local_values
        return data.local_values

    def _overlays(self) -> "LocalValues | None":
        from counter_app.catalogue.overlay_cache import cached_local_values

        folders = self._data.folders
        try:
            return cached_local_values(
                folders.overlays, folders.overlay_schema, self._beside("overlay.cache")
            )
        except BadInput as problem:
            self._data.late_problems = (problem,)
        except OSError as problem:
            self._data.late_problems = (BadInput("pack_damaged", file=Path(problem.filename or "").name),)
        return None

    def admin_units(self) -> "AdminUnits":
        """Return provinces and communes; BadInput ``bad_data_file``."""
        data = self._data
        if data.admin_units is None:
            from counter_app.catalogue.admin_unit_files import load_admin_units
            from counter_app.domain.admin_units import AdminUnits

            folder, beside = data.folders.admin_units, self._beside("admin-units.cache")
            data.admin_units = load_admin_units(folder, beside) if folder else AdminUnits()
        return data.admin_units

    def national_list(self) -> "NationalList":
        """Return which name belongs to which code; BadInput ``bad_data_file``.

        It is the program's own, whatever packs are installed: a pack is checked against it.
        """
        from counter_app.catalogue.national_list_file import FILE_NAME, read_national_list

        return read_national_list(self._data.folders.forms_schemas.parent / FILE_NAME)

    def privacy_notice(self, on: date) -> "PrivacyNotice":
        """Return the notice in force on a day; BadInput ``bad_data_file``, RuleRefusal as the port says.

        It is the program's own, like the schemas: no pack brings one.
        """
        from counter_app.catalogue.privacy_notice_files import FOLDER, read_privacy_notice

        return read_privacy_notice(self._data.folders.calendar_schemas.parent / FOLDER, on)

    def check(self, on: date, days: int = 30) -> CatalogueCheck:
        """Return what is expired on day `on` and what expires within `days` with nothing to follow."""
        # Only asked for by a screen or a command, never on the way to a slip.
        from counter_app.catalogue.expiry import check_expiry

        return check_expiry(self._data, on, days)

    def _beside(self, name: str) -> Path | None:
        return self._cache_file.with_name(name) if self._cache_file else None
