"""The one file that says which packs are in use: ``installed.json``, replaced as a whole.

It is read before the window opens, so it needs neither the database nor a heavy library.
"""

from datetime import date, datetime
from pathlib import Path

import msgspec

from counter_app.catalogue.packs.safe_files import write_whole, writing_packs
from counter_app.domain.data_pack import PackInfo, PackKind, PackVersion
from counter_app.domain.errors import BadInput

POINTER = "installed.json"
FORMAT = 1
_KEPT = 3  # packs of a section that stay on the disk, to go back to


class PackRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One unpacked pack; ``digest`` is the SHA-256 of its signed list of files."""

    kind: PackKind
    unit: str
    version: str
    issued_on: date
    issuer: str
    title: str
    notes: str
    sections: tuple[str, ...]
    digest: str
    file_name: str
    installed_at: datetime

    @property
    def folder(self) -> str:
        """The name of the folder the pack lies in."""
        return folder_name(self.kind, self.version, self.digest)

    @property
    def info(self) -> PackInfo:
        """What the pack says of itself."""
        return PackInfo(
            kind=self.kind,
            version=PackVersion.parse(self.version),
            issued_on=self.issued_on,
            issuer=self.issuer,
            title=self.title,
            unit=self.unit,
            notes=self.notes,
            sections=self.sections,
            digest=self.digest,
            file_name=self.file_name,
        )


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """The packs of this counter in the order they were installed, oldest first.

    ``ever_installed`` outlives them: taking every pack back must not open the root of trust to strangers.
    """

    format: int = FORMAT
    packs: tuple[PackRecord, ...] = ()
    ever_installed: bool = False

    def of(self, kind: PackKind, unit: str) -> tuple[PackRecord, ...]:
        """Return the packs of one kind and unit, oldest first."""
        return tuple(pack for pack in self.packs if (pack.kind, pack.unit) == (kind, unit))

    def with_pack(self, info: PackInfo, at: datetime) -> "Pointer":
        """Return the pointer after installing a pack; packs too old to go back to are dropped."""
        record = PackRecord(
            kind=info.kind,
            unit=info.unit,
            version=str(info.version),
            issued_on=info.issued_on,
            issuer=info.issuer,
            title=info.title,
            notes=info.notes,
            sections=info.sections,
            digest=info.digest,
            file_name=info.file_name,
            installed_at=at,
        )
        packs = (*(pack for pack in self.packs if pack.digest != info.digest), record)
        kept = {
            pack.digest
            for other in packs
            for section in other.sections
            for pack in [one for one in packs if one.unit == other.unit and section in one.sections][-_KEPT:]
        }
        return Pointer(packs=tuple(pack for pack in packs if pack.digest in kept), ever_installed=True)

    def without(self, record: PackRecord) -> "Pointer":
        """Return the pointer after taking one pack back."""
        return Pointer(packs=tuple(pack for pack in self.packs if pack is not record), ever_installed=True)


def folder_name(kind: PackKind, version: str, digest: str) -> str:
    """Return the name of the folder a pack is unpacked into."""
    return f"{kind.value}-{version}-{digest[:8]}"


def read_pointer(packs: Path) -> Pointer | None:
    """Return the pointer; an empty one when nothing was ever installed, None when it is damaged."""
    try:
        raw = (packs / POINTER).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Pointer()
    except OSError:
        return None
    try:
        pointer = msgspec.json.decode(raw, type=Pointer)
        for pack in pointer.packs:
            PackVersion.parse(pack.version)
    except (msgspec.MsgspecError, BadInput):
        return None
    return pointer if pointer.format == FORMAT else None


def write_pointer(packs: Path, pointer: Pointer) -> None:
    """Replace the pointer; EnvironmentProblem ``pack_not_written`` leaves the old one."""
    with writing_packs():
        packs.mkdir(parents=True, exist_ok=True)
        write_whole(packs / POINTER, msgspec.json.format(msgspec.json.encode(pointer), indent=1))
