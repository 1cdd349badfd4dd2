"""Catches scans anywhere in the program, whatever has the focus.

Keys are looked at before any widget sees them. The text of a scan never lands in a field and its
Enter never presses a button; a card pasted with Ctrl+V counts as a scan too.
"""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from counter_app.devices.keyboard_wedge import BurstDetector, Outcome, WedgeSettings

_CARD_BARS = 6
_LONGEST_PASTE = 2048
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_Held = tuple[QObject, QKeyEvent]


class ScanFilter(QObject):
    """Install on the application; emits `scanned` with the text of each scan."""

    scanned = Signal(str)

    def __init__(self, settings: WedgeSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._detector: BurstDetector[_Held] = BurstDetector(settings or WedgeSettings())
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._carry_out(self._detector.expire()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        """Hold, release or swallow a key on its way to a window."""
        if self._replaying:
            return False
        if event.type() == QEvent.Type.InputMethod:
            # What an input method composes must not overtake keys that are still held.
            self._carry_out(self._detector.interrupt())
            return False
        if not watched.isWindowType():
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._detector.ride_along((watched, event.clone()))
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._pasted()
        modifiers = event.modifiers()
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
            return self._detector.ride_along((watched, event.clone()))
        if modifiers & Qt.KeyboardModifier.AltModifier and modifiers & Qt.KeyboardModifier.KeypadModifier:
            return self._detector.ride_along((watched, event.clone()))
        char = self._typed(event)
        if not char or event.isAutoRepeat():
            self._carry_out(self._detector.interrupt())
            return False
        stamp = event.timestamp() / 1000 if event.timestamp() else time.monotonic()
        ending = char in "\r\t"
        if ending and not self._detector.holding:
            return False
        outcome = self._detector.feed(char, (watched, event.clone()), stamp)
        self._carry_out(outcome)
        return True

    def _typed(self, event: QKeyEvent) -> str:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier):
            return ""
        if event.key() in _ENDS:
            return "\t" if event.key() == Qt.Key.Key_Tab else "\r"
        text = event.text()
        return text if text and (text.isprintable() or text in "\x02\x03\x1d") else ""

    def _pasted(self) -> bool:
        text = QGuiApplication.clipboard().text()
        if text.count("|") < _CARD_BARS or len(text) > _LONGEST_PASTE:
            self._carry_out(self._detector.interrupt())
            return False
        self._carry_out(self._detector.interrupt())
        self.scanned.emit(text)
        return True

    def _carry_out(self, outcome: Outcome[_Held]) -> None:
        self._timer.stop()
        if outcome.released:
            self._replay(outcome.released)
        if outcome.scan is not None:
            self.scanned.emit(outcome.scan)
        if self._detector.holding:
            self._timer.start(round(self._detector.patience * 1000) + 2)

    def _replay(self, keys: tuple[_Held, ...]) -> None:
        self._replaying = True
        try:
            for target, key in keys:
                QCoreApplication.sendEvent(target, key)
        finally:
            self._replaying = False
