"""The background thread that takes turns, and the handle the window and the commands have on it.

Nothing of HTTP is imported here: a start of the program never waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.services import sync_settings
from counter_app.services.sync_control import SyncActivity, SyncReport
from counter_app.sync.pace import Pace, SystemPace
from counter_app.sync.pulse import Pulse, watch

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.sync.turns import Turns

log = logging.getLogger(__name__)
_AFTER_TROUBLE_S = 60.0


class SyncLoop:
    """Implements `services.sync_control.SyncControl` for one desk; ``incoming`` takes data packs."""

    def __init__(self, desk: Desk, incoming: Path, pace: Pace | None = None) -> None:
        self._desk = desk
        self._incoming = incoming
        self._pace = pace or SystemPace()
        self._pulse = Pulse(self._pace, self._changed)
        self._listeners: list[Callable[[], None]] = []
        self._guard = threading.Lock()
        self._working = threading.Lock()
        self._wakeup = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._turns: Turns | None = None
        self._hurry = self._force = False

    def start(self) -> None:
        """As `SyncControl.start`."""
        with self._guard:
            if self._thread is not None:
                return
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
            watchdog = threading.Thread(
                target=watch, args=(self._pulse, self._abort, self._stopping), name="sync-watch", daemon=True
            )
        self._thread.start()
        watchdog.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """As `SyncControl.stop`."""
        with self._guard:
            thread, self._thread = self._thread, None
        if thread is None:
            return True
        self._stopping.set()
        self._wakeup.set()
        turns = self._turns
        if turns is not None:
            turns.abort(for_good=True)
        thread.join(timeout_s)
        return not thread.is_alive()

    def wake(self) -> None:
        """As `SyncControl.wake`."""
        self._hurry = True
        self._call()

    def send_now(self) -> None:
        """As `SyncControl.send_now`."""
        self._force = True
        self._call()

    def pause(self, paused: bool) -> None:
        """As `SyncControl.pause`."""
        with self._desk.store.writing() as transaction:
            transaction.put_setting(sync_settings.PAUSED, "1" if paused else "0")
        self.wake()
        self._changed()

    def activity(self) -> SyncActivity:
        """As `SyncControl.activity`."""
        running, turns = self._thread is not None, self._turns
        return SyncActivity(
            running=running,
            lane=self._pulse.lane,
            next_in_s=turns.next_exchange_in_s() if running and turns is not None else None,
        )

    def on_change(self, listener: Callable[[], None]) -> None:
        """As `SyncControl.on_change`."""
        self._listeners.append(listener)

    def run_once(self) -> SyncReport:
        """As `SyncControl.run_once`."""
        with self._working:
            turns = self._made()
            try:
                return turns.run_once(self._stopping.wait)
            finally:
                if self._thread is None:
                    turns.close()

    def enrol(self, server_url: str, code: str, *, insecure: bool = False) -> None:
        """As `SyncControl.enrol`."""
        from counter_app.services.enrol_counter import enrol_counter
        from counter_app.sync.enrol_line import HttpEnrolLine

        enrol_counter(self._desk, HttpEnrolLine(), server_url, code, insecure=insecure)
        self.send_now()
        self._changed()

    def pack_file(self, sha256: str) -> Path:
        """As `SyncControl.pack_file`."""
        return self._incoming / sha256

    def _call(self) -> None:
        self._wakeup.set()
        if self._pulse.listening:
            self._abort()

    def _abort(self) -> None:
        turns = self._turns
        if turns is not None:
            turns.abort()

    def _made(self) -> Turns:
        if self._turns is None:
            from counter_app.sync.turns import Turns

            self._turns = Turns(self._desk, self._pace, self._incoming, self._pulse)
        return self._turns

    def _run(self) -> None:
        first = True
        while not self._stopping.is_set():
            self._wakeup.clear()
            wait: float | None = _AFTER_TROUBLE_S
            try:
                with self._working:
                    turns = self._made()
                    if first:
                        turns.spread_first_contact()
                        first = False
                    self._fulfil(turns)
                    wait = turns.turn(self._hurried)
            except KnownError as problem:
                log.warning("sync waits: %s", problem.code)  # the database: tried again
            except Exception as bug:  # noqa: BLE001 - the exchange must outlive whatever it meets
                # The text of an exception may hold a citizen's words and stays out of the log.
                log.error("sync: %s", type(bug).__name__)
            if not self._stopping.is_set():
                self._wakeup.wait(wait)
        with suppress(KnownError), self._working:
            if self._turns is not None:
                self._turns.close()
                self._turns = None

    def _hurried(self) -> bool:
        return self._wakeup.is_set() or self._stopping.is_set()

    def _fulfil(self, turns: Turns) -> None:
        if self._force:
            self._force = self._hurry = False
            turns.force()
        elif self._hurry:
            self._hurry = False
            turns.hurry()

    def _changed(self) -> None:
        if self._stopping.is_set():
            return  # who listened may be gone
        for listener in tuple(self._listeners):
            listener()
