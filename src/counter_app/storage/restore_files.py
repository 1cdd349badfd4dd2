# ruff: noqa: D102 - the port says what each method promises
"""Unpacks a backup beside the data folder, finds the scans it needs, and checks all of it."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.recovery_code import looks_like_code, read_code
from counter_app.services.backup.backup_port import BackupManifest
from counter_app.services.keys_port import WrapKind
from counter_app.storage import backup_copy, key_store, key_wraps, restore_folder
from counter_app.storage.backup_container import BackupReader
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_store
from counter_app.storage.engine import connect
from counter_app.storage.instance_lock import InstanceLock
from counter_app.storage.store import SqlStore

_SPARE_BYTES = 64 * 1024 * 1024
_MB = 1_000_000
_KEPT_FILES = ("appearance.json",)

OwnKey = Callable[[str], bytes | None]  # by fingerprint: a key this machine has, or had before a change


def key_of(manifest: BackupManifest, typed: str, own: OwnKey) -> bytes:
    """Return the key of a backup: this machine's own, now or then, or what sheet or passphrase open.

    Raises:
        BadInput: as `read_code`.
        RuleRefusal: ``backup_other_key``, ``backup_never_wrapped``, ``backup_code_wrong``.
    """
    if not typed:
        found = own(manifest.fingerprint)
        if found is None:
            raise RuleRefusal("backup_other_key")
        return found
    if not manifest.wraps:
        raise RuleRefusal("backup_never_wrapped")
    kind, secret = WrapKind.PASSPHRASE, typed
    if looks_like_code(typed):
        kind, secret = WrapKind.RECOVERY, read_code(typed)
    found = key_wraps.first_opened(manifest.wraps, kind, secret)
    if found is None or key_store.fingerprint(found) != manifest.fingerprint:
        raise RuleRefusal("backup_code_wrong")
    return found


class UnpackedBackup:
    """Implements `services.backup.backup_port.PreparedRestore`; made by `unpack`."""

    def __init__(self, data_dir: Path, manifest: BackupManifest, key: bytes, lock: InstanceLock) -> None:
        self._data_dir = data_dir
        self._folder = DataFolder(restore_folder.growing_folder(data_dir))
        self._manifest = manifest
        self._key = key
        self._lock = lock
        self._present: InstanceLock | None = None
        self._missing = 0

    @property
    def manifest(self) -> BackupManifest:
        return self._manifest

    @property
    def scans_missing(self) -> int:
        return self._missing

    def store(self) -> SqlStore:
        return open_store(self._folder.root)

    def present(self) -> SqlStore | None:
        try:
            return open_store(self._data_dir, read_only=True)
        except EnvironmentProblem:
            return None

    def put_in_place(self, stamp: str) -> str:
        if os.name == "nt" and self._present is not None:
            self._present.release()  # Windows renames no folder with an open file in it
        try:
            return restore_folder.take_the_place(self._data_dir, stamp)
        finally:
            self._release()

    def discard(self) -> None:
        shutil.rmtree(self._folder.root, ignore_errors=True)
        self._release()

    def begin(self, needed: int) -> None:
        """Begin an empty folder with room for so many bytes; nobody may be writing the present data."""
        if (self._data_dir / "counter.lock").exists():
            self._present = InstanceLock(DataFolder(self._data_dir).lock)
        shutil.rmtree(self._folder.root, ignore_errors=True)
        _require_room(self._data_dir.parent, needed)
        self._folder.make()

    def fill(self, reader: BackupReader, file: Path) -> None:
        """Unpack, check, and find the scans; the caller discards what failed."""
        self.begin(sum(member.size for member in self._manifest.members))
        for member in self._manifest.members:
            target = self._folder.root / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                reader.unpack(member, written)
                written.flush()
                os.fsync(written.fileno())
        if backup_copy.content_of(self._folder.database, self._key) != self._manifest.content:
            raise BadInput("backup_changed")
        self._missing = self._find_scans((file.parent / "scans", self._data_dir / "scans"))
        for name in _KEPT_FILES:
            with contextlib.suppress(OSError):
                shutil.copy2(self._data_dir / name, self._folder.root / name)
        key_store.adopt(self._folder, self._key, [dict(wrap) for wrap in self._manifest.wraps])
        key_store.record_database(self._folder)
        self._folder.keep_private()

    def take(self, manifest: BackupManifest) -> None:
        """Let the folder be what a manifest says."""
        self._manifest = manifest

    def _find_scans(self, places: Iterable[Path]) -> int:
        """Take scans that are not inside from beside the backup or the present data; count the missing."""
        missing = 0
        for attachment_id in _scan_ids(self._folder.database, self._key):
            below = Path(attachment_id[-2:]) / f"{attachment_id}.bin"
            target = self._folder.root / "scans" / below
            if target.exists():
                continue
            source = next((place / below for place in places if (place / below).is_file()), None)
            if source is None:
                missing += 1
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            # The files never change, so the folder set aside and the new one may share them.
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
        return missing

    def _release(self) -> None:
        if self._present is not None:
            self._present.release()
        self._lock.release()


def unpack(data_dir: Path, file: Path, typed: str, own: OwnKey) -> UnpackedBackup:
    """Unpack and check a backup beside the data folder; errors as `BackupShelf.prepare`."""
    with BackupReader(file) as reader:
        key = key_of(reader.manifest, typed, own)
        reader.require_seal(key)
        try:
            data_dir.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentProblem("folder_not_writable") from error
        lock = InstanceLock(restore_folder.restore_lock(data_dir))
        unpacked = UnpackedBackup(data_dir, reader.manifest, key, lock)
        try:
            unpacked.fill(reader, file)
        except BaseException:
            unpacked.discard()
            raise
    return unpacked


def _scan_ids(database: Path, key: bytes) -> list[str]:
    connection = connect(database, key, "immutable")
    try:
        tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone()
        return (
            []
            if tables is None
            else [row[0] for row in connection.execute("SELECT attachment_id FROM attachment")]
        )
    finally:
        connection.close()


def _require_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise EnvironmentProblem("backup_needs_room", needed_mb=needed // _MB + 1, free_mb=free // _MB)
