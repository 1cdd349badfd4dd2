"""Buttons side by side, going on in the next line where there is no room.

Like `WrapLabel`, it fixes its height itself, because boxes in scroll areas ask for it too late.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Lays out its widgets from left to right, line by line."""

    def __init__(self, *widgets: QWidget, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._widgets: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_only(widgets)

    def show_only(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets instead of those of before, which are deleted."""
        for gone in self._widgets:
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.setParent(self)
            widget.show()
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """As wide as there is room."""
        return QSize(200, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """As wide as the widest widget."""
        return QSize(
            max((each.sizeHint().width() for each in self._widgets), default=0), self.minimumHeight()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Break the lines anew."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Only now is the style's font certain."""
        super().showEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt)
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()

    def _place(self) -> None:
        left = top = line = 0
        for widget in self._widgets:
            hint = widget.sizeHint()
            width = min(hint.width(), max(self.width(), 1))
            if left and left + width > self.width():
                left, top, line = 0, top + line + self._spacing, 0
            widget.setGeometry(left, top, width, hint.height())
            left += width + self._spacing
            line = max(line, hint.height())
        if self.minimumHeight() != top + line:
            self.setFixedHeight(top + line)
