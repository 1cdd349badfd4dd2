"""The heartbeat of the lane at work, and the watchdog that looks at it.

Time-outs bound the wait for the next byte; a line that gives one byte a minute passes them all.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_app.services.sync_port import Lane

if TYPE_CHECKING:
    from counter_app.sync.pace import Pace

log = logging.getLogger(__name__)
STUCK_AFTER_S = 300.0
LOOK_EVERY_S = 30.0


class Pulse:
    """Which lane works, and when it last showed life."""

    def __init__(self, pace: Pace, changed: Callable[[], None] = lambda: None) -> None:
        self._pace = pace
        self.changed = changed
        self._guard = threading.Lock()
        self._lane: Lane | None = None
        self._beat = 0.0
        self._stuck = False
        self.listening = False  # waits at the server for news: may be called off at any time

    @property
    def lane(self) -> Lane | None:
        """The lane at work, None while none is."""
        return self._lane

    def begin(self, lane: Lane) -> None:
        """A lane begins to work."""
        with self._guard:
            self._lane, self._beat, self._stuck = lane, self._pace.seconds(), False
        self.changed()

    def listen(self) -> None:
        """The acts lane waits at the server for news."""
        with self._guard:
            self.listening, self._beat, self._stuck = True, self._pace.seconds(), False

    def beat(self) -> None:
        """It goes on."""
        self._beat = self._pace.seconds()

    def end(self) -> None:
        """It came to an end."""
        with self._guard:
            worked, self._lane, self.listening = self._lane is not None, None, False
        if worked:
            self.changed()

    def take_stuck(self) -> bool:
        """Tell whether the watchdog ended the work, once."""
        with self._guard:
            was, self._stuck = self._stuck, False
        return was

    def end_if_stuck(self, abort: Callable[[], None]) -> bool:
        """End the work of a lane without life for minutes; tell whether there was one."""
        with self._guard:
            lane, silent = self._lane, self._pace.seconds() - self._beat
            if (lane is None and not self.listening) or silent <= STUCK_AFTER_S:
                return False
            self._stuck, self._beat = True, self._pace.seconds()
        log.warning("sync lane %s stuck for %d s: its connection is closed", lane, silent)
        abort()
        return True


def watch(pulse: Pulse, abort: Callable[[], None], stopping: threading.Event) -> None:
    """Look at the heartbeat until `stopping`; the body of the watchdog's thread."""
    while not stopping.wait(LOOK_EVERY_S):
        pulse.end_if_stuck(abort)
