"""The composition root: the only module that knows everybody."""

import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.clock_and_ids import ShiftedClock, SystemClock, SystemIds
from counter_app.late import late
from counter_app.locations import program_data
from counter_app.program_log import start_log, watch_faults
from counter_app.services.backup.backup_port import BackupShelf
from counter_app.services.desk import Desk
from counter_app.services.keys_port import KeyVault
from counter_app.services.paper_content import PaperSize
from counter_app.services.ports import Catalogue, Clock, DataPacks, Store
from counter_app.services.session import Session

if TYPE_CHECKING:
    from counter_app.catalogue.packs.installed_packs import InstalledPacks
    from counter_app.cli.context import Doors
    from counter_app.services.support.incidents_port import Incidents
    from counter_app.services.sync_control import SyncControl

_NO_DATA_DIR = Path(os.devnull)  # no packs below it


class Access(StrEnum):
    """How a data folder is opened; only one program at a time may write, but for short acts beside it."""

    READ = "read"
    BESIDE = "beside"
    WRITE = "write"
    CREATE = "create"


class _LatePrinter:
    """Loads Qt's printing only when something is printed."""

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        from counter_app.devices.platform.qt_printer import QtPrinter

        QtPrinter().print_pdf(pdf, printer_name=printer_name, size=size, title=title)


def clock(now: datetime | None) -> Clock:
    """Return the system's clock, or one started at `now`."""
    return SystemClock() if now is None else ShiftedClock(now)


def open_catalogue(data_dir: Path | None) -> Catalogue:
    """Open the catalogue: the data that came with the program, or the packs of the data folder.

    Its compiled cache lies in the data folder when there is one.
    """
    from counter_app.catalogue.catalogue import FileCatalogue

    return FileCatalogue.of(_data_source(data_dir or _NO_DATA_DIR), _cache_file(data_dir))


def open_packs(data_dir: Path, root: bytes | None = None) -> DataPacks:
    """Return the data packs of a counter; `root` is trusted instead of the counter's own when given."""
    from counter_app.catalogue.packs.pack_store import PackStore

    return PackStore(
        source=_data_source(data_dir),
        shipped_root=program_data() / "resources" / "trust" / "root.json",
        cache_file=_cache_file(data_dir) if data_dir.is_dir() else None,
        given_root=root,
    )


def _data_source(data_dir: Path) -> "InstalledPacks":
    from counter_app.catalogue.packs.bundled_data import BundledData
    from counter_app.catalogue.packs.installed_packs import InstalledPacks

    return InstalledPacks(packs=data_dir / "packs", bundled=BundledData.of(program_data()))


def _cache_file(data_dir: Path | None) -> Path | None:
    return data_dir / "cache" / "catalogue.bin" if data_dir is not None else None


def open_desk(data_dir: Path, now: datetime | None = None, access: str = Access.WRITE) -> Desk:
    """Open a counter's data folder.

    Raises:
        EnvironmentProblem: as `database_files.open_store` and `first_set_up.open_or_set_up`.
    """
    session = Session()
    return _desk(data_dir, now, _open_store(data_dir, now, Access(access), session), session)


def late_desk(data_dir: Path, now: datetime | None = None) -> Desk:
    """Return a desk whose data folder opens (or is made) when it is first asked for something."""
    from counter_app.storage.late_store import LateStore

    session = Session()
    store = LateStore(lambda: _open_store(data_dir, now, Access.CREATE, session))
    desk = _desk(data_dir, now, store, session)
    desk.sync = exchange(desk, data_dir)
    return desk


def exchange(desk: Desk, data_dir: Path) -> "SyncControl":
    """Return the desk's exchange with the central server, not started; HTTP is loaded when it is used."""
    from counter_app.sync.loop import SyncLoop

    return SyncLoop(desk, data_dir / "packs" / "incoming")


def _desk(data_dir: Path, now: datetime | None, store: Store, session: Session) -> Desk:
    from counter_app.devices.scan_document import ScanDocuments
    from counter_app.printing.renderer import ReportlabPaperRenderer
    from counter_app.storage.attachment_files import AttachmentFiles
    from counter_app.storage.password_hashes import Argon2Hasher

    return Desk(
        store=store,
        catalogue=open_catalogue(data_dir),
        packs=open_packs(data_dir),
        clock=clock(now),
        ids=SystemIds(),
        renderer=ReportlabPaperRenderer(program_data() / "resources" / "fonts"),
        printer=_LatePrinter(),
        scans=AttachmentFiles(_scans(data_dir)),
        scan_maker=ScanDocuments(),
        hasher=Argon2Hasher(),
        keys=late(lambda: open_keys(data_dir)),
        backups=late(lambda: open_backups(data_dir)),
        session=session,
    )


def _open_store(data_dir: Path, now: datetime | None, access: Access, session: Session) -> Store:
    from counter_app.storage import backups, database_files, first_set_up, restore_folder

    restore_folder.settle(data_dir)

    if access is Access.READ:
        return database_files.open_store(data_dir, read_only=True)
    if access is Access.BESIDE:
        return database_files.open_beside(data_dir, guard=session.check)
    store: Store = (
        first_set_up.open_or_set_up(data_dir, session.check)
        if access is Access.CREATE
        else database_files.open_store(data_dir, guard=session.check)
    )
    backups.sweep(data_dir / "backups")
    _sweep_scans(store, data_dir, now)
    _note_key_change(store, data_dir, now)
    return store


def open_backups(data_dir: Path) -> BackupShelf:
    """Return the backups of a data folder, also where there is no data or it cannot be opened."""
    from counter_app.storage.backups import BackupFiles

    return BackupFiles(data_dir)


def open_keys(data_dir: Path) -> KeyVault:
    """Return the keys of a data folder, also where the database cannot be opened for want of one."""
    from counter_app.storage.key_vault import FolderKeys

    return FolderKeys(data_dir)


def _note_key_change(store: Store, data_dir: Path, now: datetime | None) -> None:
    """Tell the audit log of a key that took over at this start; one that cannot be told yet waits."""
    from contextlib import suppress

    from counter_app.domain.errors import KnownError
    from counter_app.services.keys.rekey import note_change

    with suppress(KnownError):
        note_change(store, open_keys(data_dir), clock(now))


def _sweep_scans(store: Store, data_dir: Path, now: datetime | None) -> None:
    """Clear away what a crash left; a counter where that fails still receives citizens."""
    from contextlib import suppress

    from counter_app.domain.errors import KnownError
    from counter_app.services.scans.sweep import sweep
    from counter_app.storage.attachment_files import AttachmentFiles

    with suppress(KnownError):
        sweep(store, AttachmentFiles(_scans(data_dir)), clock(now))


def _scans(data_dir: Path) -> Path:
    return data_dir / "scans"


def doors() -> "Doors":
    """Return what the command line needs of us."""
    from counter_app.cli.context import Doors

    return Doors(
        resources=program_data() / "resources",
        open_desk=open_desk,
        open_catalogue=open_catalogue,
        open_packs=open_packs,
        open_keys=open_keys,
        open_backups=open_backups,
        ids=SystemIds,
        clock=clock,
        open_window=open_window,
        exchange=exchange,
        machine_report=machine_report,
        incidents=incidents,
    )


def machine_report(data_dir: Path) -> list[tuple[str, bool, str, dict[str, object]]]:
    """Return findings about the machine: SQLite, fonts, disk, where the key lies."""
    from counter_app import machine_health

    return machine_health.report(data_dir, fonts=program_data() / "resources" / "fonts")


def incidents(data_dir: Path) -> "Incidents":
    """Return the crashes and logs of a counter, which need no database."""
    from counter_app.incident_files import IncidentFiles

    return IncidentFiles(data_dir, SystemClock(), program_data() / "resources" / "fonts")


def restart() -> None:
    """Start the program anew with the same words, after this one has let go of the data."""
    import subprocess

    words = sys.argv[1:] if getattr(sys, "frozen", False) else ["-m", "counter_app", *sys.argv[1:]]
    subprocess.Popen([sys.executable, *words], start_new_session=True)  # noqa: S603 - our own words


def open_window(data_dir: Path, now: datetime | None, training: bool, language: str) -> int:
    """Open the window on the data folder and return the exit code; `language` "" keeps the saved one."""
    from counter_app.storage import restore_folder
    from counter_app.ui.app import run

    restore_folder.settle(data_dir)
    start_log(data_dir)
    if data_dir.is_dir():
        watch_faults(data_dir)
    return run(
        lambda: late_desk(data_dir, now),
        incidents=incidents(data_dir),
        restart=restart,
        resources=program_data() / "resources",
        appearance_file=data_dir / "appearance.json",
        training=training,
        language=language,
        expects_data=(data_dir / "counter.db").is_file(),
        sign_in_hint=data_dir / "sign_in.json",
    )
