"""The catalogue in memory: procedures, forms and the calendar of the office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import msgspec

from counter_app.catalogue.compiled_cache import key_of, read_cached, stamps, write_cached
from counter_app.catalogue.entries import Compiled, Fault, Head
from counter_app.catalogue.procedure_search import SearchText, ranked
from counter_app.catalogue.versions import bad_input, exactly, in_force
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import fold
from counter_app.domain.working_calendar import WorkingCalendar

_SUFFIXES = (".yaml", ".schema.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueCheck:
    """Procedures that are no longer in force and those that soon will not be, soonest first."""

    expired: tuple[Procedure, ...]
    expiring: tuple[Procedure, ...]


class FileCatalogue:
    """The dated data of a forms/ folder and a calendars folder (`services.ports.Catalogue`).

    Reads a compiled cache when it fits the files, else compiles them. Bodies of procedures and forms
    are decoded when first asked for.
    """

    def __init__(self, forms: Path, calendars: Path, *, cache_file: Path | None = None) -> None:
        self._calendars = calendars
        self._cache_file = cache_file
        compiled = _load(forms, cache_file)
        self._procedures = sorted(compiled.procedures, key=_by_sector_and_name)
        self._procedures_by_id = _grouped(self._procedures)
        self._forms_by_id = _grouped(compiled.forms)
        self._faults = compiled.faults
        self._search_texts = [(head, SearchText.of(head)) for head in self._procedures]
        self._decoded_procedures: dict[tuple[str, str], Procedure] = {}
        self._decoded_forms: dict[tuple[str, str], FormTemplate] = {}
        self._calendar: WorkingCalendar | None = None

    @property
    def problems(self) -> tuple[BadInput, ...]:
        """The data files that could not be used (``bad_data_file``); the rest works."""
        return tuple(bad_input(fault) for fault in self._faults)

    def procedures(self, on: date) -> Sequence[Procedure]:
        """Return the procedures in force on a day, by sector and name."""
        return tuple(self._procedure(head) for head in self._procedures if self._usable(head, on))

    def all_procedures(self) -> Sequence[Procedure]:
        """Return every version of every procedure, by sector and name, oldest first."""
        return tuple(self._procedure(head) for head in self._procedures)

    def procedure(self, procedure_id: str, on: date) -> Procedure:
        """Return the version in force.

        Raises:
            BadInput: ``procedure_unknown``, or ``bad_data_file`` when its file is broken.
            RuleRefusal: ``procedure_expired`` or ``procedure_not_yet_valid``, with the date.
        """
        heads = self._procedures_by_id.get(procedure_id, ())
        faults = self._faults_of("procedure", procedure_id)
        return self._procedure(in_force("procedure", procedure_id, on, heads, faults))

    def procedure_version(self, procedure_id: str, version: str) -> Procedure:
        """Return exactly that version, in force or not.

        Raises:
            BadInput: ``procedure_unknown``, or ``bad_data_file`` when a file of the procedure is broken.
        """
        heads = self._procedures_by_id.get(procedure_id, ())
        faults = self._faults_of("procedure", procedure_id)
        return self._procedure(exactly("procedure", procedure_id, version, heads, faults))

    def search(self, text: str, on: date) -> Sequence[Procedure]:
        """Return the procedures in force that match folded words, prefixes or initials; best first."""
        candidates = [pair for pair in self._search_texts if self._usable(pair[0], on)]
        return tuple(self._procedure(head) for head in ranked(text, candidates))

    def form(self, form_id: str, on: date) -> FormTemplate:
        """Return the form version in force.

        Raises:
            BadInput: ``form_unknown``, or ``bad_data_file`` when its file is broken.
            RuleRefusal: ``form_expired`` or ``form_not_yet_valid``, with the date.
        """
        heads = self._forms_by_id.get(form_id, ())
        return self._form(in_force("form", form_id, on, heads, self._faults_of("form", form_id)))

    def form_version(self, form_id: str, version: str) -> FormTemplate:
        """Return exactly that version; BadInput ``form_unknown`` or ``bad_data_file``."""
        heads = self._forms_by_id.get(form_id, ())
        return self._form(exactly("form", form_id, version, heads, self._faults_of("form", form_id)))

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar with its sessions; BadInput ``bad_data_file``."""
        if self._calendar is None:
            from counter_app.catalogue.calendar_cache import cached_calendar

            beside = self._cache_file.with_name("calendar.cache") if self._cache_file else None
            self._calendar = cached_calendar(self._calendars, beside)
        return self._calendar

    def check(self, on: date, days: int = 30) -> CatalogueCheck:
        """Return what is expired on day `on` and what expires within `days` with nothing to follow."""
        horizon = on + timedelta(days=days)
        expired: list[Head] = []
        expiring: list[Head] = []
        for versions in self._procedures_by_id.values():
            current = next((head for head in versions if head.in_force(on)), None)
            if current is None:
                past = [head for head in versions if head.valid_to is not None and head.valid_to < on]
                expired += [max(past, key=lambda head: head.valid_from)] if past else []
            elif current.valid_to is not None and current.valid_to <= horizon:
                follows = any(head.in_force(current.valid_to + timedelta(days=1)) for head in versions)
                expiring += [] if follows else [current]
        return CatalogueCheck(expired=self._by_end(expired), expiring=self._by_end(expiring))

    def _by_end(self, heads: Iterable[Head]) -> tuple[Procedure, ...]:
        ordered = sorted(heads, key=lambda head: (head.valid_to or date.max, head.name))
        return tuple(self._procedure(head) for head in ordered)

    def _usable(self, head: Head, on: date) -> bool:
        """Tell whether this version is in force and no broken file claims to have replaced it."""
        if not head.in_force(on):
            return False
        faults = self._faults_of("procedure", head.item_id)
        return not any(fault.since is None or head.valid_from < fault.since <= on for fault in faults)

    def _faults_of(self, kind: str, item_id: str) -> list[Fault]:
        return [fault for fault in self._faults if fault.kind == kind and fault.item_id == item_id]

    def _procedure(self, head: Head) -> Procedure:
        key = (head.item_id, head.version)
        if key not in self._decoded_procedures:
            self._decoded_procedures[key] = msgspec.msgpack.decode(head.body, type=Procedure)
        return self._decoded_procedures[key]

    def _form(self, head: Head) -> FormTemplate:
        key = (head.item_id, head.version)
        if key not in self._decoded_forms:
            self._decoded_forms[key] = msgspec.msgpack.decode(head.body, type=FormTemplate)
        return self._decoded_forms[key]


def _load(forms: Path, cache_file: Path | None) -> Compiled:
    found = stamps(forms, _SUFFIXES)
    if not found:
        raise EnvironmentProblem("catalogue_missing", folder=forms.name)
    key = key_of(found)
    payload = read_cached(cache_file, key) if cache_file else None
    if payload is not None:
        try:
            return msgspec.msgpack.decode(payload, type=Compiled)
        except msgspec.MsgspecError:
            pass
    # YAML and its checks are slow to import: only when a file changed.
    from counter_app.catalogue.build_catalogue import build_catalogue

    compiled = build_catalogue(forms)
    if cache_file:
        write_cached(cache_file, key, msgspec.msgpack.encode(compiled))
    return compiled


def _grouped(heads: Iterable[Head]) -> dict[str, tuple[Head, ...]]:
    groups: dict[str, list[Head]] = {}
    for head in heads:
        groups.setdefault(head.item_id, []).append(head)
    return {
        item_id: tuple(sorted(group, key=lambda head: head.valid_from)) for item_id, group in groups.items()
    }


def _by_sector_and_name(head: Head) -> tuple[str, str, date]:
    return fold(head.sector), fold(head.short_name or head.name), head.valid_from
