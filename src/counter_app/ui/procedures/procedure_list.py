"""The list of procedures: two lines for a name, one for code, sector and what is missing."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.services.procedure_overview import ProcedureOverview
from counter_app.ui.procedures.words import list_line, mark_words
from counter_app.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_MARKS = int(Qt.ItemDataRole.UserRole) + 1
_LINES = 2
_ASIDE = 10


class ProcedureListModel(QAbstractListModel):
    """The procedures found, in the order they were found."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ProcedureOverview, ...] = ()

    def show_rows(self, rows: Sequence[ProcedureOverview]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def line_of(self, procedure_id: str) -> int:
        """Return the line of a procedure, or -1."""
        ids = [each.procedure.procedure_id for each in self.rows]
        return ids.index(procedure_id) if procedure_id in ids else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt)
        """Return how many were found."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the name, the line below it, what is missing, or all for a screen reader."""
        if not 0 <= index.row() < len(self.rows):
            return None
        found = self.rows[index.row()]
        marks = mark_words(found.traits, found.procedure)
        if role == int(Qt.ItemDataRole.DisplayRole):
            return found.procedure.name
        if role == int(Qt.ItemDataRole.UserRole):
            return list_line(found.procedure)
        if role == _MARKS:
            return marks
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            parts = (found.procedure.name, list_line(found.procedure), marks)
            return ". ".join(part for part in parts if part)
        return None


class ProcedureLines(QStyledItemDelegate):
    """Draws a procedure: one or two lines of its name, then what it is."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Return room for the lines the name takes and one below."""
        sizes = self._theme.tokens.type
        font = QFont(option.font)
        font.setPixelSize(sizes["body"])
        font.setWeight(QFont.Weight.DemiBold)  # as when it is chosen: a line never moves for that
        room = self._view.viewport().width() - 2 * _ASIDE
        lines = 1 if QFontMetrics(font).horizontalAdvance(str(index.data())) <= room else _LINES
        return QSize(200, round(lines * sizes["body"] * 1.4 + sizes["caption"] * 1.4) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw name, code and marks."""
        sizes = self._theme.tokens.type
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection"))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        inner = option.rect.adjusted(_ASIDE, 7, -_ASIDE, -7)
        font = QFont(painter.font())
        font.setPixelSize(sizes["body"])
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(self._theme.colour("on_selection" if selected else "text"))
        inner.setTop(_draw_lines(painter, inner, str(index.data())))
        font.setPixelSize(sizes["caption"])
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        self._draw_below(painter, inner, index, selected=selected)
        painter.restore()

    def _draw_below(self, painter: QPainter, inner: QRect, index: _Index, *, selected: bool) -> None:
        foot = int(Qt.AlignmentFlag.AlignTop)
        marks, metrics = str(index.data(_MARKS) or ""), painter.fontMetrics()
        width = metrics.horizontalAdvance(marks) + 10 if marks else 0
        painter.setPen(self._theme.colour("on_selection" if selected else "text_muted"))
        line = metrics.elidedText(
            str(index.data(int(Qt.ItemDataRole.UserRole))), Qt.TextElideMode.ElideRight, inner.width() - width
        )
        painter.drawText(inner, foot | int(Qt.AlignmentFlag.AlignLeft), line)
        if marks:
            painter.setPen(self._theme.colour("on_selection" if selected else "warn_text"))
            painter.drawText(inner, foot | int(Qt.AlignmentFlag.AlignRight), marks)


def procedure_view(name: str, theme: Theme) -> tuple[QListView, ProcedureListModel]:
    """Return the list view over an empty model."""
    model, view = ProcedureListModel(), QListView()
    view.setModel(model)
    view.setItemDelegate(ProcedureLines(theme, view))
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setAccessibleName(name)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view, model


def _draw_lines(painter: QPainter, room: QRect, text: str) -> int:
    """Draw the first lines of a text, … at the end when there is more; return where they end."""
    layout = QTextLayout(text, painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    height, metrics = painter.fontMetrics().lineSpacing(), painter.fontMetrics()
    end = room.top()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        start, length = line.textStart(), line.textLength()
        words = text[start:] if number == _LINES - 1 else text[start : start + length]
        shown = metrics.elidedText(words.strip(), Qt.TextElideMode.ElideRight, room.width())
        box = QRect(room.left(), room.top() + number * height, room.width(), height)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        end = box.bottom() + 4
    layout.endLayout()
    return end
