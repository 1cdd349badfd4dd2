"""The open database: one writer and a few readers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine

from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.ports import AuditEntry, Queries, Transaction
from counter_app.storage import audit, disk_reserve
from counter_app.storage.definitions import KnownDefinitions
from counter_app.storage.engine import (
    BUSY_TIMEOUT_MS,
    make_reader,
    make_writer,
    require_safe_sqlite,
    run_outside_transaction,
)
from counter_app.storage.personal_data import SCRUB_DUE
from counter_app.storage.queries import SqlQueries
from counter_app.storage.sql import Sql
from counter_app.storage.sqlite_faults import known_problems
from counter_app.storage.transaction import Guard, SqlTransaction, nobody_asks

_WHOLE_INDEX = "INSERT INTO word_index (word_index) VALUES ('optimize')"


def _nothing() -> None:
    pass


class SqlStore:
    """Implements `services.ports.Store` on one SQLCipher file that exists and has the newest schema.

    `database_files.open_store` makes one. Safe to use from several threads: writers wait for each
    other, readers never wait. ``on_disk_full`` frees space for the next try; ``on_close`` lets go of
    what the opener holds (the lock of the data folder). ``guard`` may refuse an act (`services.session`).
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        mode: str = "rw",
        on_disk_full: Callable[[], object] = _nothing,
        on_close: Callable[[], None] = _nothing,
        guard: Guard = nobody_asks,
    ) -> None:
        require_safe_sqlite()
        self.path = path
        self.read_only = mode != "rw"
        self._writer = make_writer(path, key, mode=mode)
        self._reader = make_reader(path, key, mode=mode)
        self._writing = threading.Lock()
        self._definitions = KnownDefinitions()
        self._on_disk_full = on_disk_full
        self._on_close = on_close
        self._guard = guard

    def writing(self) -> AbstractContextManager[Transaction]:
        """Open the one write transaction; it commits on leaving and rolls back on any error.

        Raises:
            EnvironmentProblem: ``disk_full``, ``disk_failed``, ``database_read_only``,
                ``database_busy``, ``database_damaged``, ``database_unreachable``; nothing of the act
                was kept.
            BadInput: ``unprintable_text`` when a text holds half a surrogate pair, which no file can
                keep; `clean` drops it, so only what was never cleaned (a draft) gets here.
        """
        return self._write()

    @contextmanager
    def _write(self) -> Iterator[SqlTransaction]:
        if self.read_only:
            raise EnvironmentProblem("database_read_only")
        if not self._writing.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise EnvironmentProblem("database_busy")
        try:
            with known_problems(), _transaction(self._writer, "BEGIN IMMEDIATE") as sql:
                transaction = SqlTransaction(sql, self._definitions, self._guard)
                yield transaction
                transaction.finish()
            self._definitions.stored |= transaction.kept
        except RuleRefusal:
            self._note_refusal(transaction.refused)
            raise
        except EnvironmentProblem as problem:
            full = disk_reserve.tells_of_full_disk(problem, self.path)
            if full is not None:
                self._on_disk_full()
                raise full from None
            raise
        except UnicodeEncodeError:
            # The error holds the text, which may be a citizen's name; it goes no further.
            raise BadInput("unprintable_text") from None
        finally:
            self._writing.release()

    def _note_refusal(self, entry: AuditEntry | None) -> None:
        """Keep that somebody tried what they may not; the refusal stands where that cannot be written."""
        if entry is not None:
            with (
                suppress(EnvironmentProblem),
                known_problems(),
                _transaction(self._writer, "BEGIN IMMEDIATE") as sql,
            ):
                audit.append(sql, entry)

    def reading(self) -> AbstractContextManager[Queries]:
        """Open a consistent read-only view; raises EnvironmentProblem as `writing` does."""
        return self._read()

    @contextmanager
    def _read(self) -> Iterator[Queries]:
        with known_problems(), _transaction(self._reader, "BEGIN DEFERRED") as sql:
            yield SqlQueries(sql)

    def scrub(self) -> bool:
        """As the port says: the index of words is written anew, then the whole file, then the log is cut.

        Overwriting freed bytes (``secure_delete``) does not reach what moving rows between pages left behind
        nor words of an index that keeps no text; writing everything anew does.
        """
        if self.read_only:
            raise EnvironmentProblem("database_read_only")
        if not self._writing.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise EnvironmentProblem("database_busy")
        try:
            with known_problems():
                run_outside_transaction(self._writer, _WHOLE_INDEX)
                run_outside_transaction(self._writer, "VACUUM")
                busy, *_frames = run_outside_transaction(self._writer, "PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._writing.release()
        if not busy:
            with self._write() as transaction:
                transaction.put_setting(SCRUB_DUE, "0")
        return not busy

    def close(self) -> None:
        """Empty the log into the database and let go of the files; safe to call twice."""
        try:
            self._reader.dispose()
            if not self.read_only:
                self._empty_log()
        except EnvironmentProblem:
            pass  # acts are durable in the log already; the next start reads them from there
        finally:
            self._writer.dispose()
            self._on_close()
            self._on_close = _nothing

    def _empty_log(self) -> None:
        with self._writing, known_problems():
            run_outside_transaction(self._writer, "PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _transaction(engine: Engine, begin: str) -> Iterator[Sql]:
    """Borrow a connection of the pool for one transaction; any error rolls everything back."""
    borrowed = engine.raw_connection()
    try:
        driver = borrowed.driver_connection
        if driver is None:
            raise AssertionError("a borrowed connection is open")
        driver.execute(begin)
        try:
            yield Sql(driver)
            driver.commit()
        except BaseException:
            driver.rollback()
            raise
    finally:
        borrowed.close()
