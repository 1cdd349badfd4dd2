"""A few options side by side, chosen by number keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from counter_app.ui.widgets.buttons import OptionButton
from counter_app.ui.widgets.choices import Choice, pairs
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.properties import restyle


class OptionsField(QFrame):
    """Options side by side; number keys choose, Enter accepts, arrows move."""

    edited = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "choices")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choices = pairs(choices)
        self._buttons = [OptionButton(i, label) for i, (_v, label) in enumerate(self._choices, 1)]
        for index, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, index=index: self._choose(index))
        self.setLayout(row(*self._buttons, None, margins=(2, 2, 2, 2), spacing=6))

    def value(self) -> object:
        """Return the chosen value, "" when none is chosen."""
        for (value, _label), button in zip(self._choices, self._buttons, strict=True):
            if button.isChecked():
                return value
        return ""

    def set_value(self, value: object) -> None:
        """Choose `value`; anything unknown chooses nothing."""
        for (known, _label), button in zip(self._choices, self._buttons, strict=True):
            button.setChecked(known == value)

    def set_state(self, state: str) -> None:
        """Colour the field: missing, error, or ""."""
        restyle(self, "state", state)

    def commit(self) -> None:
        """Nothing is composed here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Number keys choose; arrows step; Enter accepts."""
        key = event.key()
        index = key - int(Qt.Key.Key_1)
        if 0 <= index < len(self._buttons):
            self._choose(index)
            self.accepted.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            chosen = [i for i, button in enumerate(self._buttons) if button.isChecked()]
            self._choose((chosen[0] + step) % len(self._buttons) if chosen else 0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt)
        """Say that the clerk has gone on."""
        super().focusOutEvent(event)
        self.left.emit()

    def _choose(self, index: int) -> None:
        for position, button in enumerate(self._buttons):
            button.setChecked(position == index)
        self.edited.emit()
