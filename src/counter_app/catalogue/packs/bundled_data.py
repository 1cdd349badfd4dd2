"""The data that comes with the program, and its version in ``forms/bundle.yaml``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counter_app.catalogue.data_folders import DataFolders
from counter_app.domain.data_pack import PackVersion
from counter_app.domain.errors import BadInput

BUNDLE = "bundle.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledData:
    """``version`` and ``issued_on`` are None when the program does not say: then any pack is newer."""

    folders: DataFolders
    version: PackVersion | None
    issued_on: date | None

    @classmethod
    def of(cls, program_data: Path) -> "BundledData":
        """Find the data below the folder that holds ``forms/`` and ``resources/``."""
        forms, resources = program_data / "forms", program_data / "resources"
        version, issued_on = _read_bundle(forms / BUNDLE)
        return cls(
            folders=DataFolders(
                forms=forms,
                forms_schemas=forms / "schema",
                calendars=resources / "calendars",
                calendar_schemas=resources / "calendars",
                admin_units=resources / "admin-units",
            ),
            version=version,
            issued_on=issued_on,
        )


def _read_bundle(path: Path) -> tuple[PackVersion | None, date | None]:
    """Read two plain lines: at this moment YAML is not loaded yet, and need not be."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None, None
    pairs = (line.partition(":") for line in lines if not line.lstrip().startswith("#"))
    values = {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
    try:
        return PackVersion.parse(values["version"]), date.fromisoformat(values["issued_on"])
    except (KeyError, ValueError, BadInput):
        return None, None
