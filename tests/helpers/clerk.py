"""A clerk at the real window: scans in bursts of keys, types through an input method, counts it all."""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.helpers.visits import card_text

from counter_app.domain.person import Person
from counter_app.ui.main_window import MainWindow

_SCANNER_GAP_MS = 3
_BURSTS = count(1)  # each scan begins ten seconds after the one before


class Clerk:
    """Works the window by what reaches it from outside only: key events and input-method events.

    `presses` counts keys beyond the letters of answers: Enter, function keys, ticks, and the letters
    that search a procedure. Choosing by a number key is an answer and a key.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.scans = 0
        self.answers = 0
        self.presses = 0

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def scans_text(self, text: str) -> None:
        """Scan a code: the scanner types it as fast as it can and ends with Enter."""
        begun = next(_BURSTS) * 10_000
        for place, char in enumerate(text + "\r"):
            key = Qt.Key.Key_Return if char == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                event.setTimestamp(begun + place * _SCANNER_GAP_MS)
                QApplication.sendEvent(self.window.windowHandle(), event)
        self.scans += 1

    def scans_card(self, person: Person) -> None:
        """Scan the code on somebody's card."""
        self.scans_text(card_text(person))

    def types(self, text: str) -> None:
        """Type letters as an input method commits them."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QGuiApplication.focusObject(), event)

    def answers_with(self, text: str) -> None:
        """Type one answer and go on with Enter."""
        self.types(text)
        self.answers += 1
        self.presses_key(Qt.Key.Key_Return)

    def chooses(self, number: int) -> None:
        """Answer by the number key of a choice."""
        self.answers += 1
        self.presses_key(Qt.Key(Qt.Key.Key_0.value + number))

    def presses_key(self, key: Qt.Key) -> None:
        """Press one key where the keyboard is."""
        QTest.keyClick(self.focus, key)
        self.presses += 1

    def picks_procedure(self, letters: str) -> None:
        """Find a procedure by a few letters and take the first."""
        self.types(letters)
        self.presses += len(letters)
        self.presses_key(Qt.Key.Key_Return)


def wait_for(done: Callable[[], bool], what: str, patience_ms: int = 20_000) -> None:
    """Let the window work until `done`; AssertionError when it never is."""
    deadline = QDeadlineTimer(patience_ms)
    while not done():
        assert not deadline.hasExpired(), f"waited in vain for {what}"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
