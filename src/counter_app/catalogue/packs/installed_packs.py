"""Which data counts: of each section the newest pack that is whole, or what came with the program."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.catalogue.data_folders import DataFolders
from counter_app.catalogue.packs.bundled_data import BundledData
from counter_app.catalogue.packs.entry_names import SECTIONS
from counter_app.catalogue.packs.pointer import POINTER, PackRecord, Pointer, read_pointer
from counter_app.catalogue.packs.unpacked import is_whole, section
from counter_app.domain.data_pack import DataVersion, PackKind, PackVersion
from counter_app.domain.errors import BadInput

Chosen = dict[tuple[PackKind, str], PackRecord]


@dataclass(frozen=True, slots=True)
class InstalledPacks:
    """The data source of a counter (`data_folders.DataSource`); ``packs`` is a folder of its data folder."""

    packs: Path
    bundled: BundledData

    def current(self) -> DataFolders:
        """Return the folders in use; reads the pointer, nothing else."""
        return self._resolved(lambda record: (self.packs / record.folder).is_dir())

    def verified(self) -> DataFolders:
        """Return the folders in use after comparing every installed file with its signed digest."""
        return self._resolved(self.whole)

    def whole(self, record: PackRecord) -> bool:
        """Tell whether the files of a pack are as they were signed; reads them all."""
        return is_whole(self.packs / record.folder, record.digest)

    def without(self, record: PackRecord) -> DataFolders:
        """Return the folders that would be in use with one pack taken back."""
        pointer = read_pointer(self.packs) or Pointer()
        others = [one for one in pointer.packs if one.digest != record.digest and self.counts(one)]
        return self._folders(_choose(one for one in others if (self.packs / one.folder).is_dir()))

    def in_use(self) -> tuple[PackRecord, ...]:
        """Return the packs that are whole and give at least one section."""
        pointer = read_pointer(self.packs) or Pointer()
        usable = [one for one in pointer.packs if self.counts(one) and self.whole(one)]
        return tuple(dict.fromkeys(_choose(usable).values()))

    def counts(self, record: PackRecord) -> bool:
        """Tell whether a pack is newer than what came with the program: an update may have overtaken it."""
        newer = self.bundled.version is None or PackVersion.parse(record.version) > self.bundled.version
        return record.kind is not PackKind.NATIONAL or newer

    def _resolved(self, good: Callable[[PackRecord], bool]) -> DataFolders:
        pointer = read_pointer(self.packs)
        problems = [] if pointer is not None else [BadInput("pack_damaged", file=POINTER)]
        usable: list[PackRecord] = []
        for record in pointer.packs if pointer is not None else ():
            if not self.counts(record):
                continue
            if good(record):
                usable.append(record)
            else:
                problems.append(BadInput("pack_damaged", file=record.file_name))
        return replace(self._folders(_choose(usable)), problems=tuple(problems))

    def _folders(self, chosen: Chosen) -> DataFolders:
        folders = self.bundled.folders
        national = {name: record for (kind, name), record in chosen.items() if kind is PackKind.NATIONAL}
        place = {name: section(self.packs / record.folder, name) for name, record in national.items()}
        # The office's own overlay speaks last.
        local = [record for kind in (PackKind.PROVINCE, PackKind.OFFICE) for record in _of_kind(chosen, kind)]
        return replace(
            folders,
            forms=place.get("forms", folders.forms),
            calendars=place.get("calendars", folders.calendars),
            admin_units=place.get("admin-units", folders.admin_units),
            overlays=tuple(file for record in local for file in overlay_files(self.packs / record.folder)),
            packs=tuple(self.packs / record.folder for record in dict.fromkeys((*national.values(), *local))),
            versions=(*self._national_versions(national), *(_version("overlay", one) for one in local)),
        )

    def _national_versions(self, national: dict[str, PackRecord]) -> Iterable[DataVersion]:
        for name in SECTIONS[PackKind.NATIONAL]:
            if name in national:
                yield _version(name, national[name])
            elif self.bundled.version is not None and self.bundled.issued_on is not None:
                yield DataVersion(
                    section=name,
                    pack_version=str(self.bundled.version),
                    issued_on=self.bundled.issued_on,
                    installed_at=None,
                    source="bundled",
                )


def overlay_files(folder: Path) -> tuple[Path, ...]:
    """Return the overlay files of an unpacked pack, by name."""
    return tuple(sorted(section(folder, "overlay").rglob("*.yaml")))


def _choose(usable: Iterable[PackRecord]) -> Chosen:
    """Return the newest pack of each section of the nation, and of each unit's overlay."""
    chosen: Chosen = {}
    for record in usable:
        for name in record.sections:
            chosen[record.kind, name if record.kind is PackKind.NATIONAL else record.unit] = record
    return chosen


def _of_kind(chosen: Chosen, kind: PackKind) -> list[PackRecord]:
    return [record for (its_kind, _), record in chosen.items() if its_kind is kind]


def _version(name: str, record: PackRecord) -> DataVersion:
    return DataVersion(
        section=name,
        pack_version=record.version,
        issued_on=record.issued_on,
        installed_at=record.installed_at,
        source=record.file_name,
        unit=record.unit,
    )
