"""The catalogue as it would be with an unpacked pack: compiled whole before the pack may count."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.data_folders import DataFolders, FixedFolders
from counter_app.catalogue.packs.installed_packs import overlay_files
from counter_app.catalogue.packs.unpacked import section
from counter_app.domain.catalogue_changes import CatalogueChanges, CatalogueData
from counter_app.domain.compare_catalogues import compare
from counter_app.domain.data_pack import PackInfo, PackKind
from counter_app.domain.errors import BadInput
from counter_app.domain.local_changes import LocalChanges, compare_local


def candidate(info: PackInfo, folder: Path, folders: DataFolders) -> FileCatalogue:
    """Return the catalogue of `folders` with the pack's sections in place of theirs.

    Raises:
        BadInput: ``pack_bad_data`` (``file``, ``line``, ``field``, ``problem``, ``value``) for the first
            fault in the pack's own files.
    """
    own = {name: section(folder, name) for name in info.sections}
    catalogue = FileCatalogue.of(
        FixedFolders(
            replace(
                folders,
                forms=own.get("forms", folders.forms),
                calendars=own.get("calendars", folders.calendars),
                admin_units=own.get("admin-units", folders.admin_units),
                overlays=_overlays(info, folder, folders),
                problems=(),
            )
        )
    )
    reads: dict[str, Callable[[], object]] = {
        "forms": lambda: _first_fault(catalogue),
        "calendars": catalogue.calendar,
        "admin-units": catalogue.admin_units,
        "overlay": catalogue.local_values,
    }
    for name in info.sections:
        try:
            reads[name]()
        except BadInput as problem:
            raise BadInput("pack_bad_data", **_only_place(problem)) from problem
    return catalogue


def _overlays(info: PackInfo, folder: Path, folders: DataFolders) -> tuple[Path, ...]:
    """A new overlay takes the place of its kind's old one; the province's stays before the office's."""
    files = overlay_files(folder)
    others = tuple(
        file
        for file in folders.overlays
        if not any(
            pack.name.startswith(f"{info.kind.value}-") and pack in file.parents for pack in folders.packs
        )
    )
    if info.kind is PackKind.NATIONAL:
        return folders.overlays
    return (*files, *others) if info.kind is PackKind.PROVINCE else (*others, *files)


def changes(info: PackInfo, before: FileCatalogue, after: FileCatalogue) -> CatalogueChanges:
    """Return what the pack changes; sections it does not bring are not compared."""
    return compare(_data(before, info), _data(after, info))


def value_changes(before: FileCatalogue, after: FileCatalogue) -> LocalChanges:
    """Return what an overlay changes of the local values."""
    return compare_local(before.local_values(), after.local_values())


def _data(catalogue: FileCatalogue, info: PackInfo) -> CatalogueData:
    forms, units = "forms" in info.sections, "admin-units" in info.sections
    communes = catalogue.admin_units().communes(info.issued_on) if units else ()
    return CatalogueData(
        procedures=tuple(catalogue.all_procedures()) if forms else (),
        forms=tuple(catalogue.all_forms()) if forms else (),
        calendar=catalogue.calendar() if "calendars" in info.sections else None,
        commune_names={commune.code: commune.name for commune in communes} if units else None,
    )


def _first_fault(catalogue: FileCatalogue) -> None:
    for problem in catalogue.problems:
        raise problem


def _only_place(problem: BadInput) -> dict[str, object]:
    blank = {"file": "", "line": 1, "field": "", "problem": problem.code, "value": ""}
    return blank | {key: value for key, value in problem.params.items() if key in blank}
