"""A copy of the database under another key, checked, and put in its place.

``PRAGMA rekey`` on the database itself would leave a file of two keys at a power cut; `sqlcipher_export`
numbers rows anew where a table names no key of its own. So the file is copied byte by byte, the copy is
rekeyed, and only a copy that is whole and holds as much takes the database's name.
"""

import contextlib
import errno
import os
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from counter_app.domain.audit_chain import Flaw, flaws
from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import integrity
from counter_app.storage.audit import SqlAuditQueries
from counter_app.storage.data_folder import DataFolder, discard_database, sync_folder
from counter_app.storage.engine import connect
from counter_app.storage.key_probe import key_fits
from counter_app.storage.sql import Sql
from counter_app.storage.sqlite_faults import known_problems

_BLOCK = 1024 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


class _Log(SqlAuditQueries):
    """The audit log over one connection."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def flaws(self) -> list[Flaw]:
        return flaws(self.audit_rows(), self.audit_tip(), self.audit_anchors())


def copy_under(folder: DataFolder, old: bytes, new: bytes) -> None:
    """Make a checked copy of the database under another key beside it; errors as `key_change.carry_out`."""
    copy = _copy(folder)
    discard_database(copy)
    with known_problems():
        _leave_the_log(folder.database, old)
        try:
            _copy_file(folder.database, copy)
            _rekey(copy, old, new)
            _sync_file(copy)
        except OSError as error:
            discard_database(copy)
            code = "key_change_needs_room" if error.errno in _FULL else "disk_failed"
            raise EnvironmentProblem(code, **_needed(folder, code)) from error
        require_equal(folder, old, new)
    sync_folder(folder.root)


def swap(folder: DataFolder) -> None:
    """Let the copy take the database's name, and the database one under which it is overwritten later.

    Raises:
        EnvironmentProblem: ``database_busy``: somebody has the file open, and this system lets nobody
            rename it meanwhile.
    """
    former = _former(folder)
    former.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        os.link(folder.database, former)  # not every file system can; the old file then just goes
    try:
        _copy(folder).replace(folder.database)
    except OSError as error:
        raise EnvironmentProblem("database_busy") from error
    sync_folder(folder.root)


def clear_away(folder: DataFolder, *, keep_old: bool = False) -> None:
    """Remove an unfinished copy, overwrite and remove the old file; what cannot go stays encrypted."""
    with contextlib.suppress(OSError):
        discard_database(_copy(folder))
    former = _former(folder)
    if not former.exists():
        return
    with contextlib.suppress(OSError):
        if former.samefile(folder.database):
            former.unlink()  # a second name from before the swap: the file itself is in use
        elif not keep_old:
            _overwrite(former)
            former.unlink()


def _copy(folder: DataFolder) -> Path:
    return folder.root / "counter.db.new-key"


def _former(folder: DataFolder) -> Path:
    return folder.root / "counter.db.old-key"


def _leave_the_log(database: Path, key: bytes) -> None:
    """Bring everything into the one file; another program that has it open forbids it."""
    connection = connect(database, key, "rw")
    try:
        connection.execute("PRAGMA synchronous=FULL")
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    finally:
        connection.close()
    if mode != "delete" or database.with_name(database.name + "-wal").exists():
        raise EnvironmentProblem("database_busy")


def _copy_file(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        shutil.copyfileobj(reading, writing, _BLOCK)


def _rekey(copy: Path, old: bytes, new: bytes) -> None:
    connection = connect(copy, old, "rw")
    try:
        connection.execute("PRAGMA journal_mode=OFF").fetchone()  # nobody needs half of a copy
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"").fetchall()
    finally:
        connection.close()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def require_equal(folder: DataFolder, old: bytes, new: bytes) -> None:
    """Refuse a copy that is damaged, holds other rows, or still opens with the old key."""
    copy = _copy(folder)
    before, after = _holdings(folder.database, old), _holdings(copy, new)
    if before != after or key_fits(copy, old):
        raise EnvironmentProblem("key_change_failed")


def _holdings(path: Path, key: bytes) -> tuple[dict[str, int], list[Flaw], list[tuple[object, ...]]]:
    """Return how many rows each table has, the flaws of the audit log, and the schema."""
    connection = connect(path, key, "ro")
    try:
        sql = Sql(connection)
        if integrity.problem(sql):
            raise EnvironmentProblem("database_damaged")
        schema = [tuple(row) for row in connection.execute("SELECT type, name, sql FROM sqlite_schema")]
        tables = [str(name) for kind, name, text in schema if kind == "table" and "VIRTUAL" not in str(text)]
        counts = {name: _count(connection, name) for name in tables}
        return counts, _Log(sql).flaws(), schema
    finally:
        connection.close()


def _count(connection: dbapi2.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608


def _overwrite(path: Path) -> None:
    """Write over a file's bytes; on a disk that remaps blocks the old key being gone protects them."""
    size = path.stat().st_size
    with path.open("rb+") as file:
        while file.tell() < size:
            file.write(os.urandom(min(_BLOCK, size - file.tell())))
        file.flush()
        os.fsync(file.fileno())


def _needed(folder: DataFolder, code: str) -> dict[str, object]:
    if code != "key_change_needs_room":
        return {}
    return {"needed_mb": folder.database.stat().st_size // 1_000_000 + 1}
