"""Yes or no."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.ui.widgets.properties import restyle


class TickField(QCheckBox):
    """A tick box; Space ticks, Enter accepts."""

    edited = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(name)
        self.clicked.connect(lambda _checked=False: self.edited.emit())

    def value(self) -> object:
        """Return True or False."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick or clear."""
        self.setChecked(bool(value))

    def set_state(self, state: str) -> None:
        """Colour the field: missing, error, or ""."""
        restyle(self, "state", state)

    def commit(self) -> None:
        """Nothing is composed here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter accepts without ticking."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt)
        """Say that the clerk has gone on."""
        super().focusOutEvent(event)
        self.left.emit()
