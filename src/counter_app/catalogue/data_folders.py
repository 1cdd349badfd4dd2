"""Where the data of the catalogue lies at the moment: the program's own folders or installed packs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from counter_app.domain.data_pack import DataVersion
from counter_app.domain.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFolders:
    """The folders the catalogue reads. Schemas are always the program's own: a pack brings data only.

    ``overlays`` are files, the province's before the office's. ``packs`` are the unpacked packs these
    folders and files belong to; ``problems`` say which pack could not be used.
    """

    forms: Path
    forms_schemas: Path
    calendars: Path
    calendar_schemas: Path
    admin_units: Path | None = None
    overlays: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    versions: tuple[DataVersion, ...] = ()
    problems: tuple[BadInput, ...] = ()

    @property
    def overlay_schema(self) -> Path:
        """The schema of overlay files."""
        return self.forms_schemas / "overlay.schema.json"


class DataSource(Protocol):
    """Knows which folders count. ``installed_packs.InstalledPacks`` or `FixedFolders`."""

    def current(self) -> DataFolders:
        """Return the folders in use; reads one small file, no database."""
        ...

    def verified(self) -> DataFolders:
        """Return the folders in use after comparing every installed file with its signed digest.

        A damaged pack is left out, for the pack before it or the bundled data, and named in ``problems``.
        """
        ...


@dataclass(frozen=True, slots=True)
class FixedFolders:
    """Folders that nobody installs anything over."""

    folders: DataFolders

    @classmethod
    def of(cls, forms: Path, calendars: Path) -> "FixedFolders":
        """Return the folders of a checkout, each with its own schemas."""
        return cls(
            DataFolders(
                forms=forms, forms_schemas=forms / "schema", calendars=calendars, calendar_schemas=calendars
            )
        )

    def current(self) -> DataFolders:
        """Return the folders."""
        return self.folders

    def verified(self) -> DataFolders:
        """Return the folders: there is no signature to compare them with."""
        return self.folders
