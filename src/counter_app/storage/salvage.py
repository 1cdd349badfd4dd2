"""Saves what can be read of a damaged database into a new one, beside the damaged one.

A stretch that cannot be read is filled from the newest backup of this counter, and only such a stretch:
what was deleted since then does not come back. A dossier counts as saved when its row, its content and the
definitions it was received under are there. The index of words is made anew.
"""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from counter_app.domain.audit_chain import Tip
from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.services.backup.backup_port import (
    SUFFIX,
    BackupContent,
    BackupManifest,
    SalvagedTable,
    SalvageReport,
)
from counter_app.storage import backup_copy, key_store, restore_folder, saved_rows, schema_version
from counter_app.storage.backup_container import DATABASE, BackupReader
from counter_app.storage.damaged_file import DamagedFile, ReadTable, TableShape, shapes
from counter_app.storage.data_folder import DataFolder, discard_database
from counter_app.storage.database_files import disposed
from counter_app.storage.engine import connect, make_writer
from counter_app.storage.instance_lock import InstanceLock
from counter_app.storage.restore_files import UnpackedBackup
from counter_app.storage.sqlite_faults import known_problems
from counter_protocol.version import program_version

_DAMAGED = "damaged.db"
_BACKUP = "backup.db"


class SalvagedDatabase(UnpackedBackup):
    """Implements `services.backup.backup_port.PreparedSalvage`; made by `salvage`."""

    report: SalvageReport


def salvage(data_dir: Path, now: datetime) -> SalvagedDatabase:
    """Read, fill, and build; errors as `BackupShelf.salvage`."""
    folder = DataFolder(data_dir)
    try:
        key = key_store.load(folder).secret
    except EnvironmentProblem as problem:
        raise EnvironmentProblem("salvage_no_key") from problem
    lock = InstanceLock(restore_folder.restore_lock(data_dir))
    saved = SalvagedDatabase(data_dir, _unknown(now, key), key, lock)
    try:
        saved.begin(folder.database.stat().st_size * 3)
        grown = DataFolder(restore_folder.growing_folder(data_dir))
        built = _build(folder, grown, key)
        saved.report = built.report
        _take_along(folder, grown)
        content = backup_copy.content_of(grown.database, key)
        if built.numbers_gone:
            # Numbers were filled from the backup or are gone: what was given since is not in them.
            known = built.filler.content.latest if built.filler is not None else None
            content = replace(content, latest=known or now.replace(month=1, day=1))
        saved.take(_unknown(now, key, content=content))
    except BaseException:
        saved.discard()
        raise
    return saved


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """``filler`` is the manifest of the backup that filled gaps; ``numbers_gone``: numbers were in one."""

    report: SalvageReport
    filler: BackupManifest | None
    numbers_gone: bool


def _build(folder: DataFolder, grown: DataFolder, key: bytes) -> _Built:
    copy = grown.root / _DAMAGED
    for suffix in ("", "-wal"):
        source = folder.database.with_name(folder.database.name + suffix)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + suffix))
    _move_log_in(copy, key)
    damaged = DamagedFile(copy, key)
    try:
        if not damaged.readable():
            raise EnvironmentProblem("salvage_nothing_readable")
        version = damaged.value("SELECT version_num FROM alembic_version") or schema_version.HEAD
        with known_problems(), disposed(make_writer(grown.database, key, mode="rwc")) as engine:
            schema_version.upgrade(engine, str(version))
        tables = shapes(grown.database, key)
        there = damaged.table_names()
        read = {table.name: damaged.read(table) for table in tables if table.name in there}
        filled_from, filler = _newest_backup(folder, grown, key, str(version))
        filled = _fill(grown, key, tables, read) if filler else dict.fromkeys(read, 0)
        with known_problems():
            dossiers, lost = saved_rows.write(grown.database, key, tables, read)
    finally:
        damaged.close()
        for work in (_DAMAGED, _BACKUP):
            discard_database(grown.root / work)
    told = [
        SalvagedTable(
            table=name,
            read=len(table.rows) - filled[name],
            filled=filled[name],
            gaps=len(table.gaps),
        )
        for name, table in sorted(read.items())
        if table.gaps
    ]
    report = SalvageReport(dossiers=dossiers, lost=lost, tables=told, filled_from=filled_from)
    return _Built(report=report, filler=filler, numbers_gone=bool(read["paper_number"].gaps))


def _move_log_in(copy: Path, key: bytes) -> None:
    """Let the newest pages out of the log take their places; what is broken here may be whole there."""
    try:
        connection = connect(copy, key, "rw")
    except Exception:  # noqa: BLE001 - whatever it is, the file is read as it is
        return
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except Exception:  # noqa: BLE001, S110 - as above
        pass
    finally:
        connection.close()


def _newest_backup(
    folder: DataFolder, grown: DataFolder, key: bytes, version: str
) -> tuple[str, BackupManifest | None]:
    """Unpack the newest backup of this database that is whole; return its name, "" when there is none."""
    try:
        files = [path for path in folder.backups.iterdir() if path.suffix == SUFFIX]
    except OSError:
        return "", None
    target = grown.root / _BACKUP
    for file in sorted(
        files, key=lambda path: path.name[-len("20260101-000000") - len(SUFFIX) :], reverse=True
    ):
        try:
            with BackupReader(file) as reader:
                manifest = reader.manifest
                if manifest.fingerprint != key_store.fingerprint(key) or manifest.content.schema != version:
                    continue
                reader.require_seal(key)
                member = next(each for each in manifest.members if each.name == DATABASE)
                with target.open("wb") as written:
                    reader.unpack(member, written)
            backup_copy.content_of(target, key)
        except (KnownError, OSError):
            continue
        return file.name, manifest
    return "", None


def _fill(
    grown: DataFolder, key: bytes, tables: list[TableShape], read: dict[str, ReadTable]
) -> dict[str, int]:
    """Fill what lies within the gaps with the rows of the backup; return how many by table."""
    backup = DamagedFile(grown.root / _BACKUP, key)
    filled = dict.fromkeys(read, 0)
    try:
        for table in tables:
            done = read.get(table.name)
            for gap in done.gaps if done is not None else ():
                for row_key, row in backup.between(table, gap):
                    if done is not None and row_key not in done.rows:
                        done.rows[row_key] = row
                        filled[table.name] += 1
    finally:
        backup.close()
    return filled


def _take_along(folder: DataFolder, grown: DataFolder) -> None:
    """Bring packs and scans, which no database damage touches, the record of the key and the looks."""
    for name in ("packs", "scans"):
        if (folder.root / name).is_dir():
            shutil.copytree(folder.root / name, grown.root / name, copy_function=_link)
    for name in ("key.json", "counter.key", "appearance.json"):
        if (folder.root / name).exists():
            shutil.copy2(folder.root / name, grown.root / name)
    grown.keep_private()


def _link(source: str, target: str) -> str:
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
    return target


def _unknown(now: datetime, key: bytes, *, content: BackupContent | None = None) -> BackupManifest:
    nothing = BackupContent(
        schema="",
        unit_code="",
        office="",
        counter=0,
        device_id="",
        training=False,
        dossiers=0,
        drafts=0,
        people=0,
        accounts=0,
        scans=0,
        tip=Tip(),
        latest=None,
    )
    return BackupManifest(
        created=now,
        program=program_version(),
        fingerprint=key_store.fingerprint(key),
        content=content or nothing,
        with_scans=False,
        members=(),
    )
