"""The data as it would be with an unpacked pack: compiled whole before the pack may count."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from counter_app.catalogue import overlay_checks
from counter_app.catalogue.admin_unit_files import load_admin_units
from counter_app.catalogue.build_catalogue import build_catalogue
from counter_app.catalogue.calendar_files import load_calendar
from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.data_file import bad_data_file
from counter_app.catalogue.data_folders import DataFolders
from counter_app.catalogue.form_coverage import form_gaps
from counter_app.catalogue.loaded_data import LoadedData
from counter_app.catalogue.overlay_files import layered, read_overlay
from counter_app.catalogue.packs.installed_packs import overlay_files
from counter_app.catalogue.packs.unpacked import section
from counter_app.catalogue.versions import bad_input
from counter_app.domain.admin_units import AdminUnits
from counter_app.domain.catalogue_changes import CatalogueData
from counter_app.domain.compare_catalogues import compare
from counter_app.domain.data_pack import PackInfo, PackKind, PackPreview
from counter_app.domain.errors import BadInput
from counter_app.domain.local_changes import compare_local
from counter_app.domain.local_values import LocalValues


@dataclass(frozen=True, slots=True)
class Candidate:
    """The data of the sections a pack brings; the other sections are empty."""

    data: CatalogueData
    values: LocalValues


def read_candidate(info: PackInfo, folder: Path, folders: DataFolders) -> Candidate:
    """Read an unpacked pack with the normal loaders and the program's own schemas.

    Raises:
        BadInput: ``pack_bad_data`` (``file``, ``line``, ``field``, ``problem``, ``value``) for the first
            fault.
    """
    try:
        return _read(info, folder, folders)
    except BadInput as problem:
        raise BadInput("pack_bad_data", **_place(problem)) from problem


def require_agreement(info: PackInfo, folder: Path, now: FileCatalogue) -> None:
    """Refuse an overlay the catalogue in use contradicts: an unknown fee, one the province does not set.

    Raises:
        BadInput: ``pack_bad_data`` for the first value that disagrees.
    """
    if "overlay" not in info.sections:
        return
    procedures, forms = now.all_procedures(), now.all_forms()
    try:
        for file in overlay_files(folder):
            overlay_checks.require_agreement(file, now.data_folders.overlay_schema, procedures, forms)
    except BadInput as problem:
        raise BadInput("pack_bad_data", **_place(problem)) from problem


def previewed(info: PackInfo, now: FileCatalogue, then: Candidate) -> PackPreview:
    """Return what the pack changes; sections it does not bring are not compared."""
    forms, units = "forms" in info.sections, "admin-units" in info.sections
    data = CatalogueData(
        procedures=tuple(now.all_procedures()) if forms else (),
        forms=tuple(now.all_forms()) if forms else (),
        calendar=now.calendar() if "calendars" in info.sections else None,
        commune_names=_commune_names(now.admin_units(), info) if units else None,
    )
    values = _values_of(now, info.kind) if "overlay" in info.sections else LocalValues()
    return PackPreview(
        info=info,
        changes=compare(data, then.data),
        values=compare_local(values, then.values, names_of(now)),
        form_gaps=form_gaps(then.data.procedures, then.data.forms),
    )


def names_of(catalogue: FileCatalogue) -> dict[str, str]:
    """Return what fees, procedures and forms are called, by id; of several versions the newest."""
    names = {form.form_id: form.title for form in catalogue.all_forms()}
    for procedure in catalogue.all_procedures():
        names[procedure.procedure_id] = procedure.name
        names |= {fee.fee_id: fee.name for case in procedure.cases for fee in case.fees}
    return names


def _read(info: PackInfo, folder: Path, folders: DataFolders) -> Candidate:
    own = {name: section(folder, name) for name in info.sections}
    forms = _forms(own["forms"], folders) if "forms" in own else None
    units = load_admin_units(own["admin-units"], None) if "admin-units" in own else None
    return Candidate(
        data=CatalogueData(
            procedures=tuple(map(forms.procedure, forms.procedures)) if forms else (),
            forms=tuple(forms.form(head) for heads in forms.forms_by_id.values() for head in heads)
            if forms
            else (),
            calendar=load_calendar(own["calendars"], folders.calendar_schemas)
            if "calendars" in own
            else None,
            commune_names=_commune_names(units, info) if units else None,
        ),
        values=_overlay(info, folder, folders) if "overlay" in own else LocalValues(),
    )


def _forms(folder: Path, folders: DataFolders) -> LoadedData:
    compiled = build_catalogue(folder, folders.forms_schemas)
    for fault in compiled.faults:
        raise bad_input(fault)
    if not compiled.procedures:
        raise bad_data_file("forms", 1, ("procedures",), "missing key")
    return LoadedData(compiled, folders)


def _overlay(info: PackInfo, folder: Path, folders: DataFolders) -> LocalValues:
    """What an overlay says it is must be what the pack was signed for."""
    overlays = [read_overlay(file, folders.overlay_schema) for file in overlay_files(folder)]
    for overlay, file in zip(overlays, overlay_files(folder), strict=True):
        if (overlay.scope, overlay.unit) != (info.kind.value, info.unit):
            stated = f"{overlay.scope} {overlay.unit}"
            raise bad_data_file(file.name, 1, ("unit",), "is not what the pack was signed for", stated)
    return layered(overlays)


def _values_of(now: FileCatalogue, kind: PackKind) -> LocalValues:
    """Return what the overlay of this kind says at present, without the other kind's."""
    folders = now.data_folders
    overlays = [read_overlay(file, folders.overlay_schema) for file in folders.overlays]
    return layered([overlay for overlay in overlays if overlay.scope == kind])


def _commune_names(units: AdminUnits, info: PackInfo) -> Mapping[str, str]:
    return {commune.code: commune.name for commune in units.communes(info.issued_on)}


def _place(problem: BadInput) -> dict[str, object]:
    blank: dict[str, object] = {"file": "", "line": 1, "field": "", "problem": problem.code, "value": ""}
    return blank | {key: value for key, value in problem.params.items() if key in blank}
