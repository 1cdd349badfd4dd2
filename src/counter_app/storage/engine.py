"""SQLCipher connections through SQLAlchemy, with the settings that keep acts durable.

Measured reasons: WAL with synchronous=FULL loses no committed act at a power cut where NORMAL does;
BEGIN IMMEDIATE avoids the "locked" errors of a read that becomes a write; automatic checkpoints
inside COMMIT cause the slowest commits, so they are rare: a desk's day fits into the log.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.key_places import KEY_BYTES

APPLICATION_ID = 0x514D4331  # "QMC1"
OLDEST_SAFE_SQLITE = (3, 51, 3)  # sqlite.org/changes.html: 3.7.0 to 3.51.2 can corrupt a WAL database
BUSY_TIMEOUT_MS = 5000
# 32 MiB of log, some three hundred receipts; closing empties it, so most days see no checkpoint.
AUTOCHECKPOINT_PAGES = 8192

_PRAGMAS = (
    "foreign_keys=ON",
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)
_WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    f"wal_autocheckpoint={AUTOCHECKPOINT_PAGES}",
)


def require_safe_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a library that can corrupt the database.

    Raises:
        EnvironmentProblem: ``sqlite_too_old`` with ``found`` and ``needed``.
    """
    if version < OLDEST_SAFE_SQLITE:
        found, needed = (".".join(map(str, parts)) for parts in (version, OLDEST_SAFE_SQLITE))
        raise EnvironmentProblem("sqlite_too_old", found=found, needed=needed)


def connect(path: Path, key: bytes, mode: str) -> dbapi2.Connection:
    """Open one keyed connection; ``mode`` is SQLite's ro, rw or rwc, or "immutable".

    Raises:
        ValueError: the key is not 32 bytes.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a database key is 32 bytes")
    query = "immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,  # the pool hands a connection to one thread at a time
        timeout=BUSY_TIMEOUT_MS / 1000,
    )
    connection.row_factory = dbapi2.Row
    # SQLCipher prints HMAC failures to stderr unless told otherwise.
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def make_writer(path: Path, key: bytes, *, mode: str = "rw") -> Engine:
    """Return the engine of the one writing connection; every transaction is BEGIN IMMEDIATE."""
    return _make_engine(path, key, mode, _PRAGMAS + _WRITER_PRAGMAS, "BEGIN IMMEDIATE", connections=1)


def make_reader(path: Path, key: bytes, *, mode: str = "rw") -> Engine:
    """Return the engine of the reading connections; each transaction sees one snapshot."""
    return _make_engine(path, key, mode, (*_PRAGMAS, "query_only=ON"), "BEGIN DEFERRED", connections=4)


def run_outside_transaction(engine: Engine, statement: str, values: tuple[str, ...] = ()) -> tuple[int, ...]:
    """Run what no transaction may hold (a checkpoint, VACUUM INTO) and return its first row."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(statement, values)
        return tuple(cursor.fetchone() or ())
    finally:
        raw.close()


def _make_engine(
    path: Path, key: bytes, mode: str, pragmas: tuple[str, ...], begin: str, *, connections: int
) -> Engine:
    def creator() -> dbapi2.Connection:
        connection = connect(path, key, mode)
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except dbapi2.Error:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # parameters are citizens' data and would end up in error texts
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> Any:
        connection.exec_driver_sql(begin)

    return engine
