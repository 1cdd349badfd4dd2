"""What taking a pack back would change: the data of now against the data without that pack."""

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.data_folders import FixedFolders
from counter_app.catalogue.overlay_files import layered, read_overlay
from counter_app.catalogue.packs.candidate import names_of
from counter_app.catalogue.packs.installed_packs import InstalledPacks
from counter_app.catalogue.packs.pointer import PackRecord
from counter_app.domain.catalogue_changes import CatalogueData
from counter_app.domain.compare_catalogues import compare
from counter_app.domain.data_pack import PackPreview
from counter_app.domain.local_changes import compare_local
from counter_app.domain.local_values import LocalValues


def previewed_without(record: PackRecord, source: InstalledPacks, now: FileCatalogue) -> PackPreview:
    """Return what would change; sections the pack does not bring are not compared.

    Raises:
        BadInput: ``bad_data_file`` when the data of before cannot be read.
    """
    then = FileCatalogue.of(FixedFolders(source.without(record)))
    changes = compare(_data(now, record), _data(then, record))
    values = compare_local(_values(now, record), _values(then, record), names_of(now))
    return PackPreview(info=record.info, changes=changes, values=values)


def _data(catalogue: FileCatalogue, record: PackRecord) -> CatalogueData:
    forms, units = "forms" in record.sections, "admin-units" in record.sections
    communes = catalogue.admin_units().communes(record.issued_on) if units else None
    return CatalogueData(
        procedures=tuple(catalogue.all_procedures()) if forms else (),
        forms=tuple(catalogue.all_forms()) if forms else (),
        calendar=catalogue.calendar() if "calendars" in record.sections else None,
        commune_names=None if communes is None else {each.code: each.name for each in communes},
    )


def _values(catalogue: FileCatalogue, record: PackRecord) -> LocalValues:
    if "overlay" not in record.sections:
        return LocalValues()
    folders = catalogue.data_folders
    overlays = [read_overlay(file, folders.overlay_schema) for file in folders.overlays]
    return layered([overlay for overlay in overlays if overlay.scope == record.kind.value])
