"""Tells the window when another day has begun: at midnight, or when the clock was moved."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

_SLACK_MS = 500  # timers may ring a little early
_LONGEST_MS = 60 * 60 * 1000  # a computer that slept, or whose clock was moved, is found out within the hour


class DayWatch(QObject):
    """``day_changed`` carries the new date. `check` costs nothing; call it whenever the clerk comes back.

    Args:
        now: The office's clock.
        parent: Ends the watch with itself.
    """

    day_changed = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.day: date = now().date()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.check)
        self._arm()

    @property
    def waits_ms(self) -> int:
        """How long the armed timer was set for, in milliseconds."""
        return self._timer.interval()

    def check(self) -> None:
        """Look at the clock now."""
        today = self._now().date()
        if today != self.day:
            self.day = today
            self.day_changed.emit(today)
        self._arm()

    def _arm(self) -> None:
        self._timer.start(min(until_midnight_ms(self._now()) + _SLACK_MS, _LONGEST_MS))


def until_midnight_ms(now: datetime) -> int:
    """Return the milliseconds until the next day begins."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return int((midnight - now).total_seconds() * 1000)
