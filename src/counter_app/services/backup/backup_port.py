"""What the use cases need of the outside about backups: the files, and the table of those that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from counter_app.domain.audit_chain import Tip
from counter_app.domain.backups import Occasion, Place

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

    def check(self, file: Path, key: bytes | None = None) -> Sequence[BackupCheck]:
        """Check a file: every digest, the seal, the database opened with the key, the audit log, the counts.

        ``key`` None is this counter's own.

        Raises:
            as `look`; RuleRefusal: ``backup_other_key``.
        """
        ...

    def names(self, folder: Path) -> Sequence[str]:
        """Return the names of the backups in a folder, none when it is not there."""
        ...

    def remove(self, folder: Path, name: str) -> None:
        """Delete one; what cannot be deleted now stays until the next time."""
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
