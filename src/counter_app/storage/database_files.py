"""Opens the database of a data folder, or says precisely why it cannot; never replaces a file."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import disk_reserve, key_change, key_store, log_rot, schema_version
from counter_app.storage.data_folder import DataFolder, discard_database
from counter_app.storage.engine import make_reader, make_writer, require_safe_sqlite, run_outside_transaction
from counter_app.storage.instance_lock import InstanceLock
from counter_app.storage.sqlite_faults import is_not_a_database, known_problems
from counter_app.storage.store import SqlStore
from counter_app.storage.transaction import Guard, nobody_asks

_PLAIN_SQLITE = b"SQLite format 3\x00"
_SMALLEST_DATABASE = 4096


def open_store(
    data_dir: Path, *, key: bytes | None = None, read_only: bool = False, guard: Guard = nobody_asks
) -> SqlStore:
    """Open the folder's database, with the stored key when none is given.

    A writing program holds the lock of the folder. ``read_only`` needs no lock, so a command can look
    things up while the window is open; on a folder that cannot be written it still reads what the
    last clean close left.

    Raises:
        EnvironmentProblem: ``not_set_up``, ``already_running``, ``database_foreign``,
            ``database_missing``, ``database_key_missing``, ``database_key_wrong``,
            ``database_damaged``, ``database_newer``, ``database_outdated`` (read only, before the
            writing program has upgraded it), ``database_read_only``, ``disk_full``,
            ``log_damaged`` (once), ``sqlite_too_old``.
    """
    require_safe_sqlite()
    folder = DataFolder(data_dir)
    check_file(folder, writing=not read_only)
    if read_only:
        return _open_reading(folder, key_store.load(folder).secret if key is None else key)
    lock = InstanceLock(folder.lock)
    try:
        log_rot.tell_once(folder)
        if key is None:
            key_change.try_to_carry_out(folder)
        return open_locked(folder, key_store.load(folder).secret if key is None else key, lock, guard)
    except BaseException:
        lock.release()
        raise


def open_beside(data_dir: Path, guard: Guard = nobody_asks) -> SqlStore:
    """Open the database for a few short acts beside the program that holds the lock: a command's sign-in.

    The database's own locks keep the two apart; nothing is set up, upgraded, repaired or swept.

    Raises:
        EnvironmentProblem: as `open_store`, but for ``already_running``.
    """
    require_safe_sqlite()
    folder = DataFolder(data_dir)
    check_file(folder, writing=True)
    key_change.require_none_ordered(folder)
    secret = key_store.load(folder).secret
    _require_newest(folder, secret, "ro")
    return SqlStore(folder.database, secret, guard=guard)


def open_locked(
    folder: DataFolder, secret: bytes, lock: InstanceLock, guard: Guard = nobody_asks
) -> SqlStore:
    """Open the database for the program that holds `lock`, which the store keeps until it is closed."""
    _open_writing(folder, secret)
    log_rot.forget(folder)
    key_store.record_database(folder)
    disk_reserve.set_aside(folder.reserve)
    folder.keep_private()
    return SqlStore(
        folder.database,
        secret,
        on_disk_full=lambda: disk_reserve.give_back(folder.reserve),
        on_close=lock.release,
        guard=guard,
    )


def _open_writing(folder: DataFolder, key: bytes) -> None:
    """Make sure the database can be worked with; on a full disk, with the help of the reserve."""
    try:
        _bring_up_to_date_after_a_cut(folder, key)
    except EnvironmentProblem as problem:
        full = disk_reserve.tells_of_full_disk(problem, folder.database)
        if full is None:
            raise
        if not disk_reserve.give_back(folder.reserve):
            raise full from None
        _bring_up_to_date(folder, key)


def _bring_up_to_date_after_a_cut(folder: DataFolder, key: bytes) -> None:
    """As `_bring_up_to_date`, also where a power cut garbled the first sector of the database.

    SQLCipher reads the salt of all pages there, before the log that still has the whole page. The attempt
    that fails moves the log into the database when it is closed, page by page as they are; then all is well.
    """
    had_log = _has_log(folder)
    try:
        _bring_up_to_date(folder, key)
    except EnvironmentProblem as problem:
        if problem.code != "database_damaged" or not had_log:
            raise
        _bring_up_to_date(folder, key)


def _open_reading(folder: DataFolder, key: bytes) -> SqlStore:
    mode = "ro"
    try:
        _require_newest(folder, key, mode)
    except EnvironmentProblem as problem:
        # A log cannot be shared through a folder nobody may write; without a log there is no need to.
        if problem.code not in ("database_unreachable", "database_read_only") or _has_log(folder):
            raise
        mode = "immutable"
        _require_newest(folder, key, mode)
    return SqlStore(folder.database, key, mode=mode)


def _require_newest(folder: DataFolder, key: bytes, mode: str) -> None:
    with (
        _first_contact(folder, key),
        disposed(make_reader(folder.database, key, mode=mode)) as engine,
        engine.begin() as connection,
    ):
        found = schema_version.version_of(connection)
    if found != schema_version.HEAD:
        raise EnvironmentProblem("database_outdated", found=found, known=schema_version.HEAD)


def _bring_up_to_date(folder: DataFolder, key: bytes) -> None:
    with _first_contact(folder, key), disposed(make_writer(folder.database, key)) as engine:
        with engine.begin() as connection:
            found = schema_version.version_of(connection)
        if found != schema_version.HEAD:
            _copy_before_upgrade(folder, engine)
            schema_version.upgrade(engine)


def _copy_before_upgrade(folder: DataFolder, engine: Engine) -> None:
    copy = folder.backups / f"before-{schema_version.HEAD}.db"
    discard_database(copy)
    run_outside_transaction(engine, "VACUUM INTO ?", (str(copy),))  # stays encrypted with the same key


@contextmanager
def _first_contact(folder: DataFolder, key: bytes) -> Iterator[None]:
    """Tell apart what SQLCipher calls "not a database": another file, a wrong key, a damaged start."""
    with known_problems():
        try:
            yield
        except (DBAPIError, dbapi2.Error) as error:
            if not is_not_a_database(error):
                raise
            if _starts_as_plain_sqlite(folder.database):
                raise EnvironmentProblem("database_foreign") from None
            if key_store.recorded_fingerprint(folder) != key_store.fingerprint(key):
                raise EnvironmentProblem("database_key_wrong") from None
            raise


@contextmanager
def disposed(engine: Engine) -> Iterator[Engine]:
    """Close the engine's connections at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


def check_file(folder: DataFolder, *, writing: bool) -> None:
    """Raise what can be said of the file from outside, as `open_store` lists it."""
    database = folder.database
    # Only looked at from outside: closing a file also drops the locks SQLite holds on it in this process.
    try:
        found = database.stat()
    except FileNotFoundError as error:
        code = "database_missing" if key_store.had_database(folder) else "not_set_up"
        raise EnvironmentProblem(code) from error
    except OSError as error:
        raise EnvironmentProblem("database_unreachable") from error
    if not stat.S_ISREG(found.st_mode):
        raise EnvironmentProblem("database_unreachable")
    if found.st_size < _SMALLEST_DATABASE and not _starts_as_plain_sqlite(database):
        # SQLite would take an empty file for a new database; here it is a lost one.
        raise EnvironmentProblem("database_damaged")
    if writing and not os.access(database, os.W_OK):
        raise EnvironmentProblem("database_read_only")


def _starts_as_plain_sqlite(database: Path) -> bool:
    with database.open("rb") as file:
        return file.read(len(_PLAIN_SQLITE)) == _PLAIN_SQLITE


def _has_log(folder: DataFolder) -> bool:
    log = folder.database.with_name(folder.database.name + "-wal")
    return log.exists() and log.stat().st_size > 0
