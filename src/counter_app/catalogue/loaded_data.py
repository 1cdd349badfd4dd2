"""The procedures and forms as they were loaded at one moment; a reload makes another one."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from counter_app.catalogue.compiled_cache import key_of, read_cached, stamps, write_cached
from counter_app.catalogue.data_folders import DataFolders, DataSource
from counter_app.catalogue.entries import Compiled, Fault, Head
from counter_app.catalogue.procedure_search import SearchText
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from counter_app.domain.admin_units import AdminUnits
    from counter_app.domain.local_values import LocalValues

_DATA = (".yaml",)
_SCHEMAS = (".schema.json",)
_ALL = ("",)


class LoadedData:
    """Heads grouped and sorted; bodies of procedures and forms are decoded when first asked for."""

    def __init__(self, compiled: Compiled, folders: DataFolders) -> None:
        self.folders = folders
        self.faults = compiled.faults
        self.procedures = compiled.procedures
        self.procedures_by_id = _grouped(self.procedures)
        self.forms_by_id = _grouped(compiled.forms)
        self._decoded_procedures: dict[tuple[str, str], Procedure] = {}
        self._decoded_forms: dict[tuple[str, str], FormTemplate] = {}
        # Read when first asked for.
        self.late_problems: tuple[BadInput, ...] = ()
        self.calendar: WorkingCalendar | None = None
        self.local_values: LocalValues | None = None
        self.admin_units: AdminUnits | None = None

    @cached_property
    def search_texts(self) -> list[tuple[Head, SearchText]]:
        """Every procedure with its folded words; made when somebody first searches, not at start."""
        return [(head, SearchText.of(head)) for head in self.procedures]

    def procedure(self, head: Head) -> Procedure:
        """Return the procedure of a head."""
        key = (head.item_id, head.version)
        if key not in self._decoded_procedures:
            self._decoded_procedures[key] = msgspec.msgpack.decode(head.body, type=Procedure)
        return self._decoded_procedures[key]

    def form(self, head: Head) -> FormTemplate:
        """Return the form of a head."""
        key = (head.item_id, head.version)
        if key not in self._decoded_forms:
            self._decoded_forms[key] = msgspec.msgpack.decode(head.body, type=FormTemplate)
        return self._decoded_forms[key]

    def faults_of(self, kind: str, item_id: str) -> list[Fault]:
        """Return the broken files of one procedure or form."""
        return [fault for fault in self.faults if fault.kind == kind and fault.item_id == item_id]

    def usable(self, head: Head, on: date) -> bool:
        """Tell whether this version is in force and no broken file claims to have replaced it."""
        if not head.in_force(on):
            return False
        faults = self.faults_of("procedure", head.item_id)
        return not any(fault.since is None or head.valid_from < fault.since <= on for fault in faults)


def load_data(source: DataSource, cache_file: Path | None) -> LoadedData:
    """Load from the compiled cache when it fits the files, else compile them.

    Before installed data is compiled it is compared with what was signed: whatever the cache cannot
    vouch for has changed since.

    Raises:
        EnvironmentProblem: ``catalogue_missing``.
    """
    folders = source.current()
    key = _key(folders)
    compiled = _cached(key, cache_file)
    if compiled is None and folders.packs:
        folders = source.verified()
        key = _key(folders)
        compiled = _cached(key, cache_file)
    return LoadedData(compiled or _built(folders, key, cache_file), folders)


def _cached(key: bytes, cache_file: Path | None) -> Compiled | None:
    payload = read_cached(cache_file, key) if cache_file else None
    if payload is None:
        return None
    try:
        return msgspec.msgpack.decode(payload, type=Compiled)
    except msgspec.MsgspecError:
        return None


def _built(folders: DataFolders, key: bytes, cache_file: Path | None) -> Compiled:
    # YAML and its checks are slow to import: only when a file changed.
    from counter_app.catalogue.build_catalogue import build_catalogue

    compiled = build_catalogue(folders.forms, folders.forms_schemas)
    if cache_file:
        write_cached(cache_file, key, msgspec.msgpack.encode(compiled))
    return compiled


def _key(folders: DataFolders) -> bytes:
    """Whatever file of an installed pack changes, even one of another section: the cache is stale."""
    found = stamps(folders.forms, _DATA)
    if not found:
        raise EnvironmentProblem("catalogue_missing", folder=folders.forms.name)
    packs = [stamp for pack in folders.packs for stamp in stamps(pack, _ALL)]
    place = "\n".join(map(str, (folders.forms, *folders.packs)))
    return key_of((*found, *stamps(folders.forms_schemas, _SCHEMAS), *packs), place)


def _grouped(heads: Iterable[Head]) -> dict[str, Sequence[Head]]:
    groups: dict[str, list[Head]] = {}
    for head in heads:
        groups.setdefault(head.item_id, []).append(head)
    return {
        item_id: tuple(sorted(group, key=lambda head: head.valid_from)) for item_id, group in groups.items()
    }
