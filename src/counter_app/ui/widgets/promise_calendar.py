"""Why this date: every day from intake to promise as a tile, skipped ones with their reason."""

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.due_date import Promise, PromiseDay
from counter_app.i18n import _
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.promise_words import day_words, explanation, weekday_short

_LOOKS = {  # reason → background, text, border
    "due": ("primary", "on_primary", "primary"),
    "holiday": ("bad_bg", "bad_text", "bad_border"),
    "rolled": ("bad_bg", "bad_text", "bad_border"),
    "weekend": ("neutral_bg", "text_muted", "neutral_bg"),
    "intake": ("surface", "text", "border_strong"),
    "after_closing": ("surface", "text", "border_strong"),
    "counted": ("ok_bg", "ok_text", "ok_border"),
    "swapped_workday": ("info_bg", "info_text", "info_border"),
}
_MOST_TILES = 35


class DayTiles(QWidget):
    """Tiles in rows of seven, Monday first; drawn, so that months cost nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._days: tuple[PromiseDay, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: tuple[PromiseDay, ...]) -> None:
        """Show these days."""
        self._days = days[:_MOST_TILES]
        spoken = "; ".join(f"{day.date:%d/%m} {day_words(day)}" for day in self._days)
        self.setAccessibleName(spoken or _("Lịch hẹn"))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Seven tiles wide, as many weeks high."""
        return QSize(300, max(self._weeks(), 1) * self._height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw the tiles."""
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height, first = self.width() / 7, self._height(), self._monday()
        for day in self._days:
            offset = (day.date - first).days
            tile = QRectF(offset % 7 * width + 2, offset // 7 * height + 2, width - 4, height - 4)
            self._draw(painter, tile, day)

    def _draw(self, painter: QPainter, tile: QRectF, day: PromiseDay) -> None:
        ground, text, border = (self._colour(name) for name in _LOOKS.get(day.reason, _LOOKS["weekend"]))
        painter.setPen(QPen(border, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(tile, 5, 5)
        painter.setPen(text)
        font = self.font()
        font.setPixelSize(self._theme.tokens.type["caption"])
        painter.setFont(font)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        half = tile.height() / 2
        painter.drawText(QRectF(tile.x(), tile.y() + 2, tile.width(), half), centre, weekday_short(day.date))
        font.setBold(day.reason in ("due", "counted"))
        font.setStrikeOut(day.reason in ("holiday", "rolled"))
        painter.setFont(font)
        lower = QRectF(tile.x(), tile.y() + half - 2, tile.width(), half)
        painter.drawText(lower, centre, f"{day.date:%d/%m}")

    def _colour(self, name: str) -> QColor:
        return self._theme.colour(name)

    def _height(self) -> int:
        return QFontMetrics(self.font()).height() * 2 + 10

    def _monday(self) -> date:
        first = self._days[0].date
        return first - timedelta(days=first.weekday())

    def _weeks(self) -> int:
        return (self._days[-1].date - self._monday()).days // 7 + 1 if self._days else 0


class PromiseCalendar(QWidget):
    """The tiles with the explanation in words and a line for each named day."""

    def __init__(self, theme: Theme, *, words: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = DayTiles(theme)
        self._text = PlainLabel(type="small", tone="muted", wrap=True)
        self._words = words
        self.setLayout(column(self._tiles, self._text, spacing=6))
        self._text.setVisible(words)

    def show_promise(self, promise: Promise) -> None:
        """Explain a promise."""
        self._tiles.show_days(promise.days)
        self._tiles.setVisible(bool(promise.days))
        self._text.setText(explanation(promise))
        self._text.setVisible(self._words and promise.due_at is not None)
