"""A closed list: nothing can be typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from counter_app.ui.widgets.choices import Choice, pairs


class ComboField(QComboBox):
    """A closed list for settings: nothing can be typed. Enter goes on; Space or Alt+Down opens."""

    edited = Signal()
    accepted = Signal()

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._choices = pairs(choices)
        for value, label in self._choices:
            self.addItem(label, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> object:
        """Return the chosen value."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value; an unknown one is added as it is, so that it is not lost."""
        index = self.findData(value)
        if index < 0:
            self.addItem(str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def showPopup(self) -> None:  # noqa: N802  (Qt)
        """Name the list when it is first shown; making it at once would slow every start."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter accepts what is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  (Qt)
        """Leave the wheel to the page."""
        event.ignore()
