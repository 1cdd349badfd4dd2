# ruff: noqa: D102 - the port says what each method promises
"""The files of backups: made, read back, copied to a second place."""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.services.backup.backup_port import (
    SUFFIX,
    BackupCheck,
    BackupManifest,
    MadeBackup,
)
from counter_app.storage import (
    backup_container,
    backup_copy,
    former_keys,
    key_record,
    key_store,
    key_wraps,
    restore_files,
    restore_folder,
)
from counter_app.storage.backup_container import DATABASE, BackupReader
from counter_app.storage.data_folder import DataFolder, discard_database, sync_folder
from counter_app.storage.restore_files import UnpackedBackup
from counter_protocol.version import program_version

if TYPE_CHECKING:
    from counter_app.storage.salvage import SalvagedDatabase

_UNFINISHED = ".unfinished"
_WORK = "unfinished-"
_SPARE_BYTES = 32 * 1024 * 1024
_MB = 1_000_000
_PIECE = 1024 * 1024
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_MARK = "quay-mot-cua.txt"
_PLACE = "quay-mot-cua"


class BackupFiles:
    """Implements `services.backup.backup_port.BackupShelf` for the counter of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = DataFolder(data_dir)
        self._making = threading.Lock()

    @property
    def own_folder(self) -> Path:
        return self._folder.backups

    def make(self, target: Path, *, created: datetime, with_scans: bool) -> MadeBackup:
        self._require_no_own_file(target)
        key = key_store.load(self._folder).secret
        with self._making, self._written(target) as unfinished, _work_folder(self._folder.backups) as work:
            self._require_room(target.parent, with_scans=with_scans)
            copy = work / DATABASE
            try:
                backup_copy.take(self._folder.database, key, copy)
            except EnvironmentProblem as problem:
                if problem.code == "disk_full":
                    raise EnvironmentProblem("backup_disk_full") from None
                raise
            manifest = BackupManifest(
                created=created,
                program=program_version(),
                fingerprint=key_store.fingerprint(key),
                wraps=key_wraps.wraps_in(key_record.read(self._folder)),
                content=backup_copy.content_of(copy, key),
                with_scans=with_scans,
                members=(),
            )
            with unfinished.open("wb") as file:
                manifest = backup_container.write(file, self._members(copy, with_scans), manifest, key)
                file.flush()
                os.fsync(file.fileno())
            digest, size = _read_back(unfinished, key)
        return MadeBackup(path=target, size=size, digest=digest, manifest=manifest)

    def look(self, file: Path) -> BackupManifest:
        with BackupReader(file) as reader:
            return reader.manifest

    def check(self, file: Path, typed: str = "") -> Sequence[BackupCheck]:
        with BackupReader(file) as reader, _work_folder(self._workplace()) as work:
            manifest = reader.manifest
            key = restore_files.key_of(manifest, typed, self._own_key)
            reader.require_seal(key)
            copy = work / DATABASE
            try:
                for member in manifest.members:
                    if member.name == DATABASE:
                        with copy.open("wb") as target:
                            reader.unpack(member, target)
                    else:
                        reader.unpack(member, None)
            except OSError as error:
                raise _problem(error) from error
            found = backup_copy.content_of(copy, key)
        counts: dict[str, object] = {"dossiers": found.dossiers, "scans": found.scans}
        inside = sum(member.name.startswith("scans/") for member in manifest.members)
        return (
            BackupCheck(
                name="file", ok=True, code="backup_file_whole", params={"files": len(manifest.members)}
            ),
            BackupCheck(name="database", ok=True, code="backup_database_whole"),
            BackupCheck(name="counts", ok=found == manifest.content, code="backup_counts", params=counts),
            BackupCheck(
                name="audit",
                ok=not found.flawed,
                code="backup_audit_flawed" if found.flawed else "backup_audit_whole",
                params={"tip": found.tip.digits, "flawed": found.flawed},
            ),
            BackupCheck(
                name="scans",
                ok=not manifest.with_scans or inside >= found.scans,
                code="backup_scans_inside" if manifest.with_scans else "backup_scans_beside",
                params={"count": inside, "scans": found.scans},
            ),
        )

    def opens_with_own_key(self, manifest: BackupManifest) -> bool:
        return self._own_key(manifest.fingerprint) is not None

    def prepare(self, file: Path, typed: str = "") -> UnpackedBackup:
        try:
            return restore_files.unpack(self._folder.root, file, typed, self._own_key)
        except OSError as error:
            raise _problem(error) from error

    def salvage(self, now: datetime) -> "SalvagedDatabase":
        from counter_app.storage.salvage import salvage

        try:
            return salvage(self._folder.root, now)
        except OSError as error:
            raise _problem(error) from error

    def names(self, folder: Path) -> Sequence[str]:
        try:
            return sorted(path.name for path in folder.iterdir() if path.suffix == SUFFIX)
        except OSError:
            return ()

    def remove(self, folder: Path, name: str) -> None:
        with contextlib.suppress(OSError):
            (folder / name).unlink()

    def remove_upgrade_copies(self, before: datetime) -> int:
        removed = 0
        with contextlib.suppress(OSError):
            for path in self._folder.backups.glob("before-*.db"):
                if path.stat().st_mtime < before.timestamp():
                    discard_database(path)
                    removed += 1
        return removed

    def copy(self, name: str, folder: Path) -> int:
        source, target = self._folder.backups / name, folder / name
        try:
            written = self._copy_scans(folder)
            _require_mark(folder)
            with self._written(target) as unfinished:
                written += _copy_file(source, unfinished)
                if _digest(unfinished) != _digest(source):
                    raise EnvironmentProblem("backup_not_written", reason="")
        except FileNotFoundError as error:
            raise EnvironmentProblem("backup_place_missing") from error
        except OSError as error:
            raise _problem(error) from error
        return written

    def place_of(self, chosen: str, device_id: str) -> Path | None:
        folder = _counter_folder(chosen, device_id)
        return folder if (folder / _MARK).is_file() else None

    def take_note_of_restore(self) -> None:
        restore_folder.take_note(self._folder.root)

    def take_place(self, chosen: str, device_id: str) -> Path:
        if not Path(chosen).is_dir():
            raise EnvironmentProblem("backup_place_missing")
        folder = _counter_folder(chosen, device_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _MARK).write_text("Sao lưu của Quầy Một Cửa. Xin đừng xóa.\n", "utf-8")
        except OSError as error:
            raise _problem(error) from error
        return folder

    def _workplace(self) -> Path:
        """On a machine without a counter a check leaves no folder behind; the copy is encrypted anyway."""
        return self._folder.backups if self._folder.root.is_dir() else Path(tempfile.gettempdir())

    def _own_key(self, fingerprint: str) -> bytes | None:
        """Return the key of that fingerprint where this machine has it, or had it before a change."""
        try:
            key = key_store.load(self._folder).secret
            if key_store.fingerprint(key) == fingerprint:
                return key
            return former_keys.former_key(self._folder, fingerprint)
        except EnvironmentProblem:
            return None

    def _members(self, copy: Path, with_scans: bool) -> Iterator[tuple[str, Path]]:
        yield DATABASE, copy
        kept = [path for path in _files_below(self._folder.root / "packs") if "incoming" not in path.parts]
        scans = _files_below(self._folder.root / "scans") if with_scans else []
        for path in (*kept, *scans):
            name = path.relative_to(self._folder.root).as_posix()
            if backup_container.may_be_inside(name):
                yield name, path

    def _copy_scans(self, folder: Path) -> int:
        written = 0
        for path in _files_below(self._folder.root / "scans"):
            name = path.relative_to(self._folder.root).as_posix()
            copied = folder / name
            if not backup_container.may_be_inside(name) or copied.exists():
                continue
            _require_mark(folder)
            copied.parent.mkdir(parents=True, exist_ok=True)
            with self._written(copied) as unfinished:
                written += _copy_file(path, unfinished)
        return written

    def _require_no_own_file(self, target: Path) -> None:
        """A file chosen by hand must not take the place of the database or its key."""
        root, wanted = self._folder.root.resolve(), target.resolve()
        if wanted.is_relative_to(root) and wanted.parent != self._folder.backups.resolve():
            raise BadInput("out_in_data_folder")

    def _require_room(self, target: Path, *, with_scans: bool) -> None:
        try:
            database = self._folder.database.stat().st_size
            scans = sum(path.stat().st_size for path in _files_below(self._folder.root / "scans"))
            whole = database + (scans if with_scans else 0)
            if self._folder.backups.stat().st_dev == target.stat().st_dev:
                _require_free(target, database + whole)
            else:
                _require_free(self._folder.backups, database)
                _require_free(target, whole)
        except OSError as error:
            raise _problem(error) from error

    @staticmethod
    @contextmanager
    def _written(target: Path) -> Iterator[Path]:
        """Yield where to write; what is whole gets its name at the end, what is not is removed."""
        unfinished = target.with_name(target.name + _UNFINISHED)
        try:
            with contextlib.suppress(FileNotFoundError):
                unfinished.unlink()
            yield unfinished
            unfinished.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise _problem(error) from error
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink()


def _require_mark(folder: Path) -> None:
    """Write nothing into what is left of a folder when its stick was pulled: that would be our own disk."""
    if not (folder / _MARK).is_file():
        raise EnvironmentProblem("backup_place_missing")


def _require_free(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise EnvironmentProblem("backup_needs_room", needed_mb=needed // _MB + 1, free_mb=free // _MB)


def sweep(folder: Path) -> None:
    """Remove what a killed backup left half written."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(_WORK) and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.endswith(SUFFIX + _UNFINISHED):
                path.unlink()


@contextmanager
def _work_folder(parent: Path) -> Iterator[Path]:
    work = parent / f"{_WORK}{secrets.token_hex(4)}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        work.mkdir(mode=0o700)
    except OSError as error:
        raise _problem(error) from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _read_back(file: Path, key: bytes) -> tuple[str, int]:
    """Read every byte from the disk again and compare it with the manifest; return digest and size."""
    with BackupReader(file) as reader:
        reader.require_seal(key)
        for member in reader.manifest.members:
            reader.unpack(member, None)
    return _digest(file), file.stat().st_size


def _copy_file(source: Path, target: Path) -> int:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, _PIECE)
        written.flush()
        os.fsync(written.fileno())
        return written.tell()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _counter_folder(chosen: str, device_id: str) -> Path:
    return Path(chosen) / _PLACE / device_id[-12:]


def _problem(error: OSError) -> EnvironmentProblem:
    if error.errno in _FULL:
        return EnvironmentProblem("backup_disk_full")
    return EnvironmentProblem("backup_not_written", reason=error.strerror or "")
