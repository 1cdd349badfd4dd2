"""What the use cases need of the outside about backups: the files, and the table of those that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from counter_app.domain.audit_chain import Tip
from counter_app.domain.backups import Occasion, Place

if TYPE_CHECKING:
    from counter_app.services.ports import Store

SUFFIX = ".qmcbak"
GOOD = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupContent:
    """What a copy of the database holds; nothing of it names a citizen.

    ``latest`` is the newest moment anything was written, ``flawed`` how many stretches of the audit log
    are not as they were written.
    """

    schema: str
    unit_code: str
    office: str
    counter: int
    device_id: str
    training: bool
    dossiers: int
    drafts: int
    people: int
    accounts: int
    scans: int
    tip: Tip
    latest: datetime | None
    flawed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMember:
    """A file inside a backup; ``sha256`` in hex, ``size`` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """What a backup says of itself; readable without a key, believed only once its seal was checked.

    ``wraps`` are the database's key under passphrase and recovery code, as the key record keeps them.
    ``with_scans``: the scans of that time are inside; else they lie beside it, in the folder ``scans``.
    """

    created: datetime
    program: str
    fingerprint: str
    content: BackupContent
    with_scans: bool
    members: Sequence[BackupMember]
    wraps: Sequence[Mapping[str, object]] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBackup:
    """A backup that was written and read back; ``digest`` is the SHA-256 of the whole file in hex."""

    path: Path
    size: int
    digest: str
    manifest: BackupManifest


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCheck:
    """One finding about a backup; ``code`` and ``params`` name the message."""

    name: str
    ok: bool
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRun:
    """A backup that was made, or was to be: ``outcome`` is `GOOD` or the code of what went wrong.

    ``tip`` is the place in the audit log up to which it knows everything.
    """

    at: datetime
    occasion: Occasion
    place: Place
    file: str
    size: int = 0
    digest: str = ""
    outcome: str = GOOD
    tip: int = 0


class PreparedRestore(Protocol):
    """A backup unpacked beside the data folder and found whole; the present data is untouched.

    ``scans_missing`` files are named by the database and are nowhere to be found.
    """

    @property
    def manifest(self) -> BackupManifest:
        """What the backup says of itself."""
        ...

    @property
    def scans_missing(self) -> int:
        """How many scans were found neither inside, nor beside it, nor in the present data."""
        ...

    def store(self) -> Store:
        """Open the unpacked database for writing, upgraded; closed again by whoever asked."""
        ...

    def present(self) -> Store | None:
        """Open the present data for reading, closed again by whoever asked; None where it does not open."""
        ...

    def put_in_place(self, stamp: str) -> str:
        """Set the present data folder aside, let the unpacked one be it, and return the first one's new name.

        It is "" when there was no data. At every moment either folder is whole, and the next start
        finishes what was begun.

        Raises:
            EnvironmentProblem: ``restore_not_placed`` (reason); the present data stays as it was.
        """
        ...

    def discard(self) -> None:
        """Remove what was unpacked; safe to call twice."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvagedTable:
    """How much of a table was read, and filled from a backup; ``gaps`` stretches stay unreadable."""

    table: str
    read: int
    filled: int
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """What was saved of a damaged database.

    ``lost`` are the codes, by dossier id, of those that are known and not whole; the id again where even
    the code is gone. ``filled_from`` names the backup that filled gaps, "" for none.
    """

    dossiers: int
    lost: Mapping[str, str]
    tables: Sequence[SalvagedTable]
    filled_from: str

    @property
    def lost_dossiers(self) -> Sequence[str]:
        """The codes of what is lost, in order."""
        return sorted(self.lost.values())


class PreparedSalvage(PreparedRestore, Protocol):
    """A new database of everything that could be read, beside the damaged one, which stays as it is."""

    @property
    def report(self) -> SalvageReport:
        """What was saved and what was not."""
        ...


class BackupShelf(Protocol):
    """The files of backups. Nothing here needs the window's database connection."""

    @property
    def own_folder(self) -> Path:
        """Where the automatic ones lie."""
        ...

    def make(self, target: Path, *, created: datetime, with_scans: bool) -> MadeBackup:
        """Copy the database as it is at this moment, with packs and on demand the scans, and read it back.

        Work goes on meanwhile. ``target`` appears whole or not at all.

        Raises:
            EnvironmentProblem: ``backup_needs_room`` (needed_mb, free_mb), ``backup_disk_full``,
                ``backup_not_written``, ``backup_not_whole`` (detail) when the copy is damaged, and what
                opening the key raises.
        """
        ...

    def look(self, file: Path) -> BackupManifest:
        """Return what a file says of itself, without a key.

        Raises:
            BadInput: ``backup_not_a_backup``, ``backup_changed``.
            RuleRefusal: ``backup_newer`` (found, known).
            EnvironmentProblem: ``backup_unreadable``.
        """
        ...

    def check(self, file: Path, typed: str = "") -> Sequence[BackupCheck]:
        """Check a file: every digest, the seal, the database opened with the key, the audit log, the counts.

        ``typed`` as in `prepare`.

        Raises:
            as `look`; RuleRefusal: ``backup_other_key``, ``backup_code_wrong``, ``backup_never_wrapped``.
        """
        ...

    def opens_with_own_key(self, manifest: BackupManifest) -> bool:
        """Tell whether this machine has the key of the backup."""
        ...

    def prepare(self, file: Path, typed: str = "") -> PreparedRestore:
        """Unpack a backup beside the data folder and check every byte of it.

        Args:
            file: The backup.
            typed: The code of the recovery sheet or the passphrase of that time; "" for this machine's own
                key.

        Raises:
            as `check` (``backup_never_wrapped``: no sheet or passphrase existed then);
            EnvironmentProblem: ``already_running``, ``backup_needs_room``, ``backup_disk_full``,
                ``backup_not_written``.
        """
        ...

    def salvage(self, now: datetime) -> PreparedSalvage:
        """Read what can be read of the damaged database, and fill its gaps from the newest backup here.

        Raises:
            EnvironmentProblem: ``salvage_no_key``, ``salvage_nothing_readable``, ``already_running``,
                ``backup_needs_room``, ``backup_disk_full``, ``backup_not_written``.
        """
        ...

    def names(self, folder: Path) -> Sequence[str]:
        """Return the names of the backups in a folder, none when it is not there."""
        ...

    def remove(self, folder: Path, name: str) -> None:
        """Delete one; what cannot be deleted now stays until the next time."""
        ...

    def remove_upgrade_copies(self, before: datetime) -> int:
        """Delete copies from before a change of the schema that are older; return how many."""
        ...

    def copy(self, name: str, folder: Path) -> int:
        """Copy an own one into a folder, and beside it the scans it lacks; return the bytes written.

        Raises:
            EnvironmentProblem: ``backup_disk_full``, ``backup_not_written``, ``backup_place_missing``.
        """
        ...

    def place_of(self, chosen: str, device_id: str) -> Path | None:
        """Return the counter's folder in the second place, None when the place is not there now."""
        ...

    def take_note_of_restore(self) -> None:
        """Forget what the last restore came to: somebody read it."""
        ...

    def take_place(self, chosen: str, device_id: str) -> Path:
        """Make the counter's folder in the second place, so that it is known again later.

        Raises:
            EnvironmentProblem: ``backup_not_written``, ``backup_place_missing``.
        """
        ...


class BackupQueries(Protocol):
    """Reads about backups that were made."""

    def backup_runs(self, limit: int = 100) -> Sequence[BackupRun]:
        """Return the newest runs, newest first."""
        ...

    def last_good_backup(self, place: Place) -> BackupRun | None:
        """Return the newest good one of a place."""
        ...

    def changed_since(self, tip: int) -> bool:
        """Tell whether anybody did anything after a place in the audit log."""
        ...

    def numbered_until(self, series: str, year: int, counter: int) -> int:
        """Return the last number a series of papers gave, 0 for none."""
        ...


class BackupWrites(BackupQueries, Protocol):
    """Writes about backups; part of one act."""

    def add_backup_run(self, run: BackupRun) -> None:
        """Append what became of one."""
        ...
