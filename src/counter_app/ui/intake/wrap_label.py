"""A wrapping label that knows its own height.

Qt's height-for-width is remembered wrongly by boxes nested in scroll areas once the words change:
cards end up too high or cut off. This label fixes its height itself whenever its width, words or
font change, so no box above it needs to ask.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui.widgets.labels import PlainLabel

_ENDLESS = 100_000


class WrapLabel(PlainLabel):
    """Plain text over as many lines as it needs, as wide as there is room."""

    clicked = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        type: str = "",  # noqa: A002  (the word of the style sheet)
        tone: str = "",
        bold: bool = False,
        selectable: bool = False,
        least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        self._least = least  # lower than this it never is, so that it lines up with a field
        super().__init__(
            text, type=type, tone=tone, bold=bold, selectable=selectable, wrap=True, parent=parent
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        vertical = Qt.AlignmentFlag.AlignVCenter if least else Qt.AlignmentFlag.AlignTop
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | vertical)

    def setText(self, text: str) -> None:  # noqa: N802  (Qt)
        """Show other words in the room they need."""
        if text != self.text():
            super().setText(text)
            self._fit()

    def hasHeightForWidth(self) -> bool:  # noqa: N802  (Qt)
        """Ask nobody above."""
        return False

    def setFixedWidth(self, width: int) -> None:  # noqa: N802  (Qt)
        """Be a column of labels of that width."""
        super().setFixedWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """One line until the width is known."""
        return QSize(max(60, self.minimumWidth()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """As narrow as need be."""
        return QSize(30, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Take the height the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Fit again: only now is the style's font certain."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt)
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt)
        """Let the words of a tick box be clicked as its box is."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _fit(self) -> None:
        # QLabel's own estimate is a line too much now and then; this is how it draws.
        room = QRect(0, 0, max(self.width(), 1), _ENDLESS)
        drawn = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        height = max(drawn.height(), self._least)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
