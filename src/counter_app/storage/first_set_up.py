"""Makes the key and the database of a new data folder; of two programs at once only one does."""

from pathlib import Path

from sqlalchemy import Engine

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import disk_reserve, key_change, key_store, log_rot, schema_version
from counter_app.storage.data_folder import DataFolder, discard_database, sync_folder
from counter_app.storage.database_files import check_file, disposed, open_locked
from counter_app.storage.engine import make_writer, require_safe_sqlite, run_outside_transaction
from counter_app.storage.instance_lock import InstanceLock
from counter_app.storage.sqlite_faults import known_problems
from counter_app.storage.store import SqlStore
from counter_app.storage.transaction import Guard, nobody_asks


def set_up(data_dir: Path, *, key: bytes) -> None:
    """Make a new database; it appears under its name only when it is whole.

    Raises:
        EnvironmentProblem: ``already_set_up`` when there is a database, ``already_running``,
            ``folder_not_writable``, ``disk_full``.
    """
    require_safe_sqlite()
    folder = DataFolder(data_dir)
    folder.make()
    lock = InstanceLock(folder.lock)
    try:
        if folder.database.exists():
            raise EnvironmentProblem("already_set_up")
        _make_database(folder, key)
    finally:
        lock.release()


def open_or_set_up(data_dir: Path, guard: Guard = nobody_asks) -> SqlStore:
    """Open the folder's database for writing; on the very first start make its key and database.

    The lock is held before anything is looked at or made, so of two programs started at once one
    sets up and the other is refused without having touched a file.

    Raises:
        EnvironmentProblem: ``database_missing`` when the folder had a database and has none now: a
            new one would give today's codes a second time; else as `open_store` and `set_up`.
    """
    require_safe_sqlite()
    folder = DataFolder(data_dir)
    folder.make()
    lock = InstanceLock(folder.lock)
    try:
        if not folder.database.exists():
            if key_store.had_database(folder):
                raise EnvironmentProblem("database_missing")
            _make_database(folder, key_store.obtain(folder).secret)
        check_file(folder, writing=True)
        log_rot.tell_once(folder)
        key_change.try_to_carry_out(folder)
        return open_locked(folder, key_store.load(folder).secret, lock, guard)
    except BaseException:
        lock.release()
        raise


def _make_database(folder: DataFolder, key: bytes) -> None:
    discard_database(folder.unfinished_database)
    with known_problems(), disposed(make_writer(folder.unfinished_database, key, mode="rwc")) as engine:
        schema_version.upgrade(engine)
        _empty_log(engine)
    folder.unfinished_database.rename(folder.database)
    sync_folder(folder.root)
    disk_reserve.set_aside(folder.reserve)
    folder.keep_private()


def _empty_log(engine: Engine) -> None:
    """Move everything into the database file, for a rename leaves the log behind."""
    (busy, *_) = run_outside_transaction(engine, "PRAGMA wal_checkpoint(TRUNCATE)", ())
    if busy:
        raise EnvironmentProblem("database_busy")
