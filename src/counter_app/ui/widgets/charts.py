"""Charts drawn from the design tokens: bars by day, and shares of a whole.

No chart speaks by colour alone: every bar carries its number, every series its own hatching, and all of
it is said in words to a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFocusEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui.theme import Theme

_SOLID = Qt.BrushStyle.SolidPattern
# Ground and line of each series in turn; the hatching tells them apart in black and white.
LOOKS: tuple[tuple[str, Qt.BrushStyle], ...] = (
    ("primary", _SOLID),
    ("badge_bg", Qt.BrushStyle.BDiagPattern),
    ("bad_text", Qt.BrushStyle.DiagCrossPattern),
    ("text_muted", Qt.BrushStyle.HorPattern),
)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_GAP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One kind of bars: its name and a value for every label."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole; ``look`` is its place in `LOOKS`."""

    name: str
    value: int
    look: int = 0


class Chart(QWidget):
    """What charts have in common: it takes the focus to be read, and follows the theme."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._look_again)

    def spoken(self) -> str:
        """Return everything the chart shows, in words."""
        return ""

    def _changed(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.spoken()}" if self.spoken() else self._name)
        self._look_again()

    def _look_again(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Make room when the legend goes on below."""
        super().resizeEvent(event)
        self.setFixedHeight(self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt)
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt)
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        return painter

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.tokens.type["caption"])
        return font

    def _line(self) -> int:
        return QFontMetrics(self._font()).height()

    def _fill(self, painter: QPainter, box: QRectF, look: int) -> None:
        """Draw a hatched box; its outline is always whole."""
        role, pattern = LOOKS[look % len(LOOKS)]
        colour = self._theme.colour(role)
        painter.fillRect(box, self._theme.colour("surface"))
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(QBrush(colour, pattern))
        painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _legend(self, painter: QPainter, names: Sequence[tuple[str, int]], top: float) -> float:
        """Draw names with their hatching, line by line; return the height they took."""
        metrics, x, y, line = QFontMetrics(self._font()), float(_GAP), top, self._line()
        for name, look in names:
            width = metrics.horizontalAdvance(name) + line + 8
            if x > _GAP and x + width > self.width() - _GAP:
                x, y = float(_GAP), y + line + 4
            self._fill(painter, QRectF(x, y + 2, line - 4, line - 4), look)
            painter.setPen(self._theme.colour("text"))
            painter.drawText(QPointF(x + line + 2, y + metrics.ascent()), name)
            x += width + 14
        return y + line + 4 - top

    def _legend_lines(self, names: Sequence[str]) -> int:
        metrics, x, lines, line = QFontMetrics(self._font()), _GAP, 1, self._line()
        for name in names:
            width = metrics.horizontalAdvance(name) + line + 8
            if x > _GAP and x + width > max(self.width(), 240) - _GAP:
                x, lines = _GAP, lines + 1
            x += width + 14
        return lines


class BarChart(Chart):
    """Bars side by side over labels, each with its number."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._labels: tuple[str, ...] = ()
        self._series: tuple[Series, ...] = ()

    def show_bars(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Show these values; every series has one for each label."""
        self._labels, self._series = tuple(labels), tuple(series)
        self._changed()

    def spoken(self) -> str:
        """Return "23/11: Tiếp nhận 5, Đã trả 3; …"; days without anything are left out."""
        said = []
        for place, label in enumerate(self._labels):
            parts = [f"{each.name} {each.values[place]}" for each in self._series if each.values[place]]
            if parts:
                said.append(f"{label}: {', '.join(parts)}")
        return "; ".join(said)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Room for the bars, the labels and the legend."""
        legend = self._legend_lines([each.name for each in self._series]) if len(self._series) > 1 else 0
        return QSize(240, 96 + self._line() * (3 + legend) + 4 * legend)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw."""
        if not self._labels:
            return
        painter = self._begin()
        top = float(_GAP)
        if len(self._series) > 1:
            top += self._legend(painter, [(each.name, i) for i, each in enumerate(self._series)], top)
        line = self._line()
        base = self.height() - line - _GAP - 2.0
        most = max((max(each.values, default=0) for each in self._series), default=0) or 1
        unit = (base - top - line) / most
        slot = (self.width() - 2 * _GAP) / len(self._labels)
        for place in range(len(self._labels)):
            self._draw_slot(painter, place, slot, base, unit)
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(_GAP, base), QPointF(self.width() - _GAP, base))
        self._draw_labels(painter, slot, base)

    def _draw_slot(self, painter: QPainter, place: int, slot: float, base: float, unit: float) -> None:
        bar = min(slot * 0.8 / len(self._series), 34.0)
        left = _GAP + slot * place + (slot - bar * len(self._series)) / 2
        line, metrics = self._line(), QFontMetrics(self._font())
        for look, each in enumerate(self._series):
            value = each.values[place]
            if not value:
                continue
            box = QRectF(left + bar * look + 1, base - unit * value, max(bar - 2, 2.0), unit * value)
            self._fill(painter, box, look)
            if metrics.horizontalAdvance(str(value)) <= max(bar, slot / len(self._series)) + _GAP:
                painter.setPen(self._theme.colour("text"))
                room = QRectF(box.center().x() - slot / 2, box.top() - line - 1, slot, line)
                painter.drawText(room, _CENTRE, str(value))

    def _draw_labels(self, painter: QPainter, slot: float, base: float) -> None:
        """Draw as many labels as stand clear of each other."""
        metrics = QFontMetrics(self._font())
        widest = max(metrics.horizontalAdvance(label) for label in self._labels) + 8
        step = max(1, -(-widest // max(int(slot), 1)))
        painter.setPen(self._theme.colour("text_muted"))
        for place in range(0, len(self._labels), step):
            centre = _GAP + slot * (place + 0.5)
            left = min(max(centre - widest / 2, 0.0), self.width() - widest)
            painter.drawText(QRectF(left, base + 3, widest, self._line()), _CENTRE, self._labels[place])


class ShareChart(Chart):
    """One bar in parts, with the numbers and percentages of each part under it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._shares: tuple[Share, ...] = ()

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these parts; those of nothing stay in the legend."""
        self._shares = tuple(shares)
        self._changed()

    def words(self) -> tuple[str, ...]:
        """Return "Đúng hạn 12 (75 %)" of every part."""
        whole = sum(each.value for each in self._shares)
        return tuple(
            f"{each.name} {each.value} ({round(100 * each.value / whole) if whole else 0} %)"
            for each in self._shares
        )

    def spoken(self) -> str:
        """Return every part in words."""
        return "; ".join(self.words())

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Room for the bar and its words."""
        return QSize(240, 30 + 3 * _GAP + self._legend_lines(self.words()) * (self._line() + 4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw."""
        painter = self._begin()
        whole = sum(each.value for each in self._shares)
        room = QRectF(_GAP, _GAP, self.width() - 2 * _GAP, 28)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.drawRect(room)
        left = room.left()
        for each in self._shares if whole else ():
            width = room.width() * each.value / whole
            if width:
                self._fill(painter, QRectF(left, room.top(), width, room.height()), each.look)
            left += width
        names = list(zip(self.words(), (each.look for each in self._shares), strict=True))
        self._legend(painter, names, room.bottom() + _GAP)
