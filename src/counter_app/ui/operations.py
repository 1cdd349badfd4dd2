"""Slow work off the UI thread: one writer in order, one reader beside it, answers on the UI thread.

Only values cross threads. A command is a use case that writes; when one has finished well,
`Operations.data_changed` tells every screen to look again.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter_app.domain.errors import KnownError

T = TypeVar("T")
log = logging.getLogger(__name__)


class Executor(Protocol):
    """Runs a job now or later; what a thread pool and the tests' stand-in have in common."""

    def submit(self, job: Callable[[], None], /) -> object:
        """Take a job."""
        ...

    def shutdown(self, wait: bool = True) -> None:
        """Finish what was taken."""
        ...


class SynchronousExecutor:
    """Runs every job at once in the caller's thread: tests need no waiting."""

    def submit(self, job: Callable[[], None], /) -> object:
        """Run the job."""
        job()
        return None

    def shutdown(self, wait: bool = True) -> None:
        """Nothing can be left over."""


class Ticket:
    """A running query whose answer may no longer be wanted."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        """Drop the answer; the work itself may still finish."""
        self.cancelled = True


class Operations(QObject):
    """Runs commands and queries; delivers answers and errors on the UI thread."""

    data_changed = Signal()
    known_error = Signal(object)  # KnownError nobody handled
    crashed = Signal(object)  # any other exception: a bug
    busy_changed = Signal(bool)  # whether commands are under way
    closing = Signal()  # work of minutes is called off now

    _deliver = Signal(object)

    def __init__(self, *, writer: Executor | None = None, reader: Executor | None = None) -> None:
        super().__init__()
        self._writer: Executor = writer or _Pool("writer")
        self._reader: Executor = reader or _Pool("reader")
        self._commands = 0
        self._closed = False
        self._held: list[Callable[[], None]] | None = None
        self._beside: Operations | None = None
        # Ties a command to whoever asked for it: it may still wait when somebody else sits down.
        self.bind: Callable[[Callable[[], Any]], Callable[[], Any]] = _as_it_is
        self._deliver.connect(self._run_delivery, Qt.ConnectionType.AutoConnection)

    @classmethod
    def synchronous(cls) -> "Operations":
        """Return operations that run everything at once, for tests and screenshots."""
        return cls(writer=SynchronousExecutor(), reader=SynchronousExecutor())

    def beside(self) -> "Operations":
        """Return operations with threads of their own, for work of minutes: a scanner must not block acts.

        Its errors are told as those of these operations, and it ends with them.
        """
        if self._beside is None:
            synchronous = isinstance(self._writer, SynchronousExecutor)
            beside = Operations.synchronous() if synchronous else Operations()
            beside.bind = self.bind
            beside.known_error.connect(self.known_error)
            beside.crashed.connect(self.crashed)
            self._beside = beside
        return self._beside

    def run_command(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
        changes: bool = True,
    ) -> None:
        """Run a writing use case after those already waiting.

        Args:
            work: Runs on the writer thread; touches no widget.
            done: Gets the result on the UI thread.
            failed: Gets a `KnownError` on the UI thread; without it `known_error` is emitted.
            changes: Whether success changed what screens show.
        """
        if self._closed:
            log.warning("a command came after the end")
            return
        self._commands += 1
        if self._commands == 1:
            self.busy_changed.emit(True)

        def finished(value: T) -> None:
            try:
                if done is not None:
                    done(value)
            finally:
                if changes:
                    self.data_changed.emit()

        self._submit(self._writer, self.bind(work), finished, failed, Ticket(), self._command_over)

    def run_query(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None = None,
    ) -> Ticket:
        """Run a read; cancel the returned ticket when a newer question made it stale."""
        ticket = Ticket()
        if self._closed:
            ticket.cancel()  # a timer may still ask while the window goes away: nobody wants the answer
        elif self._held is None:
            self._submit(self._reader, work, done, failed, ticket, None)
        else:
            self._held.append(lambda: self._submit(self._reader, work, done, failed, ticket, None))
        return ticket

    def hold_queries(self) -> None:
        """Keep questions back until `release_queries`: the data is not open yet."""
        self._held = []

    def release_queries(self) -> None:
        """Ask what was kept back, in order, and everything after at once."""
        held, self._held = self._held or [], None
        for ask in held:
            ask()

    def close(self) -> None:
        """Wait for the writer to finish everything it took, then stop."""
        if self._closed:
            return
        self._closed = True
        if self._beside is not None:
            self._beside.closing.emit()
            self._beside.close()
        self._reader.shutdown(wait=True)
        self._writer.shutdown(wait=True)

    def _submit(
        self,
        executor: Executor,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None,
        ticket: Ticket,
        over: Callable[[], None] | None,
    ) -> None:
        def job() -> None:
            delivery = self._attempt(work, done, failed, ticket, over)
            self._deliver.emit(delivery)

        executor.submit(job)

    def _attempt(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None,
        ticket: Ticket,
        over: Callable[[], None] | None,
    ) -> Callable[[], None]:
        answer: Callable[[], None]
        if ticket.cancelled:
            return _nothing
        try:
            value = work()
        except KnownError as error:
            known = error
            answer = lambda: self._report(known, failed)  # noqa: E731  (one closure a branch)
        except Exception as error:
            bug = error
            log.error("operation failed", exc_info=error)
            answer = lambda: self.crashed.emit(bug)  # noqa: E731
        else:
            result = value
            answer = lambda: done(result)  # noqa: E731

        def deliver() -> None:
            if over is not None:
                over()
            if not ticket.cancelled:
                answer()

        return deliver

    def _report(self, error: KnownError, failed: Callable[[KnownError], None] | None) -> None:
        if failed is not None:
            failed(error)
        else:
            self.known_error.emit(error)

    def _command_over(self) -> None:
        self._commands -= 1
        if self._commands == 0:
            self.busy_changed.emit(False)

    @Slot(object)
    def _run_delivery(self, delivery: Callable[[], None]) -> None:
        if self._closed:
            return
        try:
            delivery()
        except Exception as error:
            log.exception("callback failed")
            self.crashed.emit(error)


class _Pool:
    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, job: Callable[[], None], /) -> Future[None]:
        return self._pool.submit(job)

    def shutdown(self, wait: bool = True) -> None:
        self._pool.shutdown(wait=wait, cancel_futures=False)


def _as_it_is(work: Callable[[], Any]) -> Callable[[], Any]:
    return work


def _nothing() -> None:
    """Deliver nothing."""
