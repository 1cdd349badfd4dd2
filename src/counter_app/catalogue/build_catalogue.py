"""Reads every data file of forms/ into one compiled catalogue; a bad file costs only itself.

Only run when a data file changed: it parses YAML and validates against the schemas.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from counter_app.catalogue.condition_checks import Finding
from counter_app.catalogue.data_file import DataFile, open_data_file
from counter_app.catalogue.entries import Compiled, Fault, Head
from counter_app.catalogue.form_coverage import check_first_day
from counter_app.catalogue.form_cross_checks import check_form
from counter_app.catalogue.prepare_body import converted, form_body, procedure_body
from counter_app.catalogue.procedure_cross_checks import check_procedure
from counter_app.domain.errors import BadInput
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import fold

T = TypeVar("T", FormTemplate, Procedure)


def build_catalogue(folder: Path, schemas: Path | None = None) -> Compiled:
    """Compile lists, forms and procedures of `folder`; faults are collected, never raised.

    `schemas` are the program's own for data that brings none; ``folder/schema`` when absent.
    """
    return _Build(folder, schemas or folder / "schema").run()


@dataclass(slots=True)
class _Item(Generic[T]):
    """One version of a form or procedure on its way into the catalogue."""

    file: DataFile
    body: dict[str, Any]
    value: T


@dataclass(slots=True)
class _Build:
    folder: Path
    schemas: Path
    faults: list[Fault] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def run(self) -> Compiled:
        for path in sorted(self.folder.glob("lists/*.yaml")):
            self._read_list(path)
        forms = self._without_overlaps("form", self._read_all("templates", "form", FormTemplate))
        forms = [item for item in forms if self._passes("form", item, check_form(item.value))]
        known: dict[str, list[FormTemplate]] = {
            fault.item_id: [] for fault in self.faults if fault.kind == "form"
        }
        broken = frozenset(known)
        for form in forms:
            known.setdefault(form.value.form_id, []).append(form.value)
        procedures = self._without_overlaps("procedure", self._read_all("procedures", "procedure", Procedure))
        kept = [
            item
            for item in procedures
            if self._passes("procedure", item, check_procedure(item.value, known))
            and self._passes("procedure", item, check_first_day(item.value, known, broken))
        ]
        return Compiled(
            procedures=tuple(sorted(map(_procedure_head, kept), key=_by_sector_and_name)),
            forms=tuple(_form_head(item) for item in forms),
            faults=tuple(self.faults),
        )

    def _read_list(self, path: Path) -> None:
        try:
            file = open_data_file(path, self._schema("list"), root=self.folder)
            if file.data["list"] != path.stem:
                raise file.fault(("list",), "differs from the file name", file.data["list"])
        except BadInput as problem:
            self._note("list", "", None, problem)
        else:
            self.lists[path.stem] = file.data["values"]

    def _schema(self, name: str) -> Path:
        return self.schemas / f"{name}.schema.json"

    def _read_all(self, subfolder: str, kind: str, into: type[T]) -> list[_Item[T]]:
        items = []
        for path in sorted(self.folder.glob(f"{subfolder}/*/*.yaml")):
            try:
                items.append(self._read(path, kind, into))
            except BadInput as problem:
                self._note(kind, path.parent.name, _day(path.stem), problem)
        return items

    def _read(self, path: Path, kind: str, into: type[T]) -> _Item[T]:
        file = open_data_file(path, self._schema(kind), root=self.folder)
        data = file.data
        id_key = f"{kind}_id"
        if data[id_key] != path.parent.name:
            raise file.fault((id_key,), "differs from the folder name", data[id_key])
        if data["valid_from"] != path.stem:
            raise file.fault(("valid_from",), "differs from the file name", data["valid_from"])
        body = form_body(file, self.lists) if kind == "form" else procedure_body(file)
        return _Item(file, body, converted(file, body, into))

    def _passes(
        self, kind: str, item: _Item[FormTemplate] | _Item[Procedure], findings: Iterable[Finding]
    ) -> bool:
        found = [item.file.fault(path, problem, word) for path, problem, word in findings]
        for problem in found:
            self._note(kind, _id_of(item.value), item.value.valid_from, problem)
        return not found

    def _without_overlaps(self, kind: str, items: list[_Item[T]]) -> list[_Item[T]]:
        """Drop the later of two versions that would both be in force, or that have the same name."""
        kept: dict[str, list[_Item[T]]] = {}
        for item in sorted(items, key=lambda one: one.value.valid_from):
            earlier = kept.setdefault(_id_of(item.value), [])
            if any(_overlap(one.value, item.value) for one in earlier):
                clash = item.file.fault(
                    ("valid_from",), "overlaps the version before", str(item.value.version)
                )
            elif any(one.value.version == item.value.version for one in earlier):
                clash = item.file.fault(("version",), "used twice", item.value.version)
            else:
                earlier.append(item)
                continue
            self._note(kind, _id_of(item.value), item.value.valid_from, clash)
        return [item for versions in kept.values() for item in versions]

    def _note(self, kind: str, item_id: str, since: date | None, problem: BadInput) -> None:
        params: Mapping[str, Any] = problem.params
        self.faults.append(Fault(kind=kind, item_id=item_id, since=since, **params))


def _id_of(value: FormTemplate | Procedure) -> str:
    return value.form_id if isinstance(value, FormTemplate) else value.procedure_id


def _overlap(earlier: FormTemplate | Procedure, later: FormTemplate | Procedure) -> bool:
    return earlier.valid_to is None or later.valid_from <= earlier.valid_to


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_sector_and_name(head: Head) -> tuple[str, str, date]:
    return fold(head.sector), fold(head.short_name or head.name), head.valid_from


def _form_head(item: _Item[FormTemplate]) -> Head:
    form = item.value
    return Head(
        item_id=form.form_id,
        version=form.version,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        name=form.title,
        body=msgspec.msgpack.encode(item.body),
    )


def _procedure_head(item: _Item[Procedure]) -> Head:
    procedure = item.value
    return Head(
        item_id=procedure.procedure_id,
        version=procedure.version,
        valid_from=procedure.valid_from,
        valid_to=procedure.valid_to,
        name=procedure.name,
        short_name=procedure.short_name,
        sector=procedure.sector,
        national_code=procedure.national_code,
        keywords=procedure.keywords,
        body=msgspec.msgpack.encode(item.body),
    )
