"""One answer of the rating: a drawn face over its words, so that neither colour nor reading decides."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from counter_app.ui.citizen_screen.big import big_font, unit_of
from counter_app.ui.theme import Theme

_WORDS = 34  # pixels at 1366×768


class FaceButton(QAbstractButton):
    """`mood` 1 laughs, 0 is content, -1 is not; None draws an arrow: go on without an answer."""

    def __init__(
        self, words: str, mood: float | None, tone: str, theme: Theme, clicked: Callable[[], object]
    ) -> None:
        super().__init__()
        self._mood, self._tone, self._theme = mood, tone, theme
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(lambda _checked=False: clicked())

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """A third of a small screen."""
        return QSize(360, 340)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw a card with a face and words."""
        unit = unit_of(self.window().size())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        ground = colour(f"{self._tone}_bg")
        painter.setBrush(ground.darker(108) if self.isDown() else ground)
        edge = (
            colour("focus")
            if self.hasFocus()
            else colour("border_strong" if self._mood is None else f"{self._tone}_border")
        )
        painter.setPen(QPen(edge, 5 if self.hasFocus() else 2))
        painter.drawRoundedRect(box, 16, 16)
        words_high = _WORDS * unit * 3.2
        side = min(box.width(), box.height() - words_high) * 0.66
        middle = QPointF(box.center().x(), box.top() + (box.height() - words_high) / 2)
        ink = colour(f"{self._tone}_text")
        painter.setPen(QPen(ink, max(side / 22, 3), c=Qt.PenCapStyle.RoundCap))
        if self._mood is None:
            _arrow(painter, middle, side)
        else:
            _face(painter, middle, side, self._mood)
        painter.setFont(big_font(self.font(), _WORDS * unit, strong=True))
        painter.setPen(ink)
        words = QRectF(box.left() + 8, box.bottom() - words_high, box.width() - 16, words_high)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(words, flags, self.text())


def _face(painter: QPainter, middle: QPointF, side: float, mood: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, side / 2, side / 2)
    painter.setBrush(painter.pen().color())
    for left in (-1, 1):
        painter.drawEllipse(middle + QPointF(left * side * 0.18, -side * 0.12), side * 0.03, side * 0.04)
    deep = side * (0.10 + 0.26 * abs(mood))
    mouth = QRectF(middle.x() - side * 0.26, middle.y() + side * 0.17 - deep / 2, side * 0.52, deep)
    if mood >= 1:
        painter.drawChord(mouth.translated(0, -deep * 0.2), 180 * 16, 180 * 16)
    elif mood >= 0:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(mouth.translated(0, -deep * 0.25), 200 * 16, 140 * 16)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(mouth.translated(0, deep * 0.25), 20 * 16, 140 * 16)


def _arrow(painter: QPainter, middle: QPointF, side: float) -> None:
    reach = side * 0.28
    painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
    for up in (-1, 1):
        painter.drawLine(middle + QPointF(reach, 0), middle + QPointF(reach * 0.3, up * reach * 0.7))
