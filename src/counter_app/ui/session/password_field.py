"""A line to type a password in: never put in order, never shown unless asked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.clerks import MAX_PASSWORD_LENGTH
from counter_app.ui.widgets.text_field import TextField

_LONGEST = 2 * MAX_PASSWORD_LENGTH  # too long must be refused in words, not cut off in silence


class PasswordField(TextField):
    """Every letter counts, spaces too. Pasting works, for those who keep passwords in a manager."""

    stepped = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, max_length=_LONGEST, parent=parent)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            hints.ImhHiddenText
            | hints.ImhSensitiveData
            | hints.ImhNoPredictiveText
            | hints.ImhNoAutoUppercase
        )
        self.show_letters(shown=False)

    def show_letters(self, *, shown: bool) -> None:
        """Show the letters: Vietnamese input methods write others than were typed."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def retype(self) -> None:
        """Take the keyboard with everything marked: what is typed next replaces it."""
        self.setFocus()
        self.selectAll()

    def value(self) -> str:
        """Return exactly what was typed."""
        return self.text()

    def tidy(self) -> None:
        """Leave it as it was typed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Up and Down choose who signs in."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
