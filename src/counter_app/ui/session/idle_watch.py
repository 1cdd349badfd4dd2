"""Notices that nobody uses the window any more: warns, then lets it be locked.

And that somebody has used it a whole shift without a password (ASVS 5.0 7.3.2).
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

WARN_S = 15
LONGEST_S = 12 * 3600.0  # as long as a session on the web pages; no shift at a counter is longer
_TICK_MS = 1000
_SLEPT_S = 45  # a gap between two ticks no busy computer has: it slept
_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.DragMove,
    }
)


class IdleWatch(QObject):
    """Runs from `begin` to `stop`.

    Args:
        warn: Called once, `WARN_S` seconds before the end.
        used: Called when the clerk came back after the warning.
        over: Called when the minutes are over, or the computer slept.
        too_long: Called when the last password is `LONGEST_S` old, however busy the window is.
        now: Seconds that only go forward.
        wall: The clock on the wall, which goes on while the computer sleeps.
    """

    def __init__(
        self,
        *,
        warn: Callable[[], None],
        used: Callable[[], None],
        over: Callable[[], None],
        too_long: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._warn, self._used, self._over, self._too_long = warn, used, over, too_long
        self._now, self._wall = now, wall
        self._limit = 0.0
        self._since = self._ticked = self._proven = 0.0
        self._warned = self._running = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def begin(self, minutes: int) -> None:
        """Watch from now on; begun twice, only the minutes change."""
        self._limit = minutes * 60.0
        if self._running:
            return
        self._running, self._warned = True, False
        self._since, self._ticked = self._now(), self._wall()
        self._follow_windows()
        self._timer.start()

    def proven(self) -> None:
        """Somebody gave their password just now."""
        self._proven = self._now()

    def stop(self) -> None:
        """Watch no more."""
        self._running = False
        self._timer.stop()
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def note(self) -> None:
        """Somebody uses the window: a key, the mouse, a scan."""
        self._since = self._now()
        if self._warned:
            self._warned = False
            self._used()

    def tick(self) -> None:
        """Look how long nobody used it."""
        if not self._running:
            return
        self._follow_windows()
        idle, wall = self._now() - self._since, self._wall()
        slept, self._ticked = wall - self._ticked > _SLEPT_S, wall
        if slept or idle >= self._limit:
            self._since, self._warned = self._now(), False
            self._over()
        elif self._now() - self._proven >= LONGEST_S:
            self.proven()  # told once
            self._too_long()
        elif idle >= self._limit - WARN_S and not self._warned:
            self._warned = True
            self._warn()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002  (Qt)
        """See every key and move of the mouse in the clerk's windows; keep none back."""
        if event.type() in _USE:
            self.note()
        return False

    def _follow_windows(self) -> None:
        """Look at windows, not at the whole application: a window gets a hundred times fewer events."""
        for window in QGuiApplication.topLevelWindows():
            if _is_the_clerks(window):
                window.installEventFilter(self)


def _is_the_clerks(window: QWindow) -> bool:
    """Tell the clerk's windows from the citizen's screen on its own monitor, which takes no keys."""
    return not window.flags() & Qt.WindowType.WindowDoesNotAcceptFocus
