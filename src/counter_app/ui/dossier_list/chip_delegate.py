"""Draws a status as a chip in a table cell: a word on a tint, never colour alone."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.ui.dossier_list.list_model import KIND_ROLE
from counter_app.ui.theme import Theme


class ChipDelegate(QStyledItemDelegate):
    """Chips in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, chip and word."""
        self.initStyleOption(option, index)
        text = option.text
        option.text = ""
        widget = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = option.font
        font.setPixelSize(self._theme.tokens.type["caption"])
        painter.setFont(font)
        kind = str(index.data(KIND_ROLE))
        if kind:
            self._draw_chip(painter, QRectF(option.rect), text, kind)
        else:
            painter.setPen(self._theme.colour("text_muted"))
            room = QRectF(option.rect).adjusted(16, 0, -8, 0)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _draw_chip(self, painter: QPainter, cell: QRectF, text: str, kind: str) -> None:
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + 18, cell.width() - 12)
        height = metrics.height() + 6
        chip = QRectF(cell.x() + 8, cell.center().y() - height / 2, width, height)
        border = QPen(self._theme.colour(f"{kind}_border"), 1) if kind in ("warn", "bad") else None
        painter.setPen(border or QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self._theme.colour(f"{kind}_bg"))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(self._theme.colour(f"{kind}_text"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 10)
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), shown)
