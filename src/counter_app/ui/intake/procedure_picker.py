"""F3: two or three letters find the procedure among those in force today."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.domain.procedure import Procedure
from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.labels import KeyHint, PlainLabel
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.text_field import TextField

_Index = QModelIndex | QPersistentModelIndex


class ProcedureList(QAbstractListModel):
    """The procedures found; the second line says code, sector, decision and since when."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Procedure, ...] = ()

    def show_rows(self, rows: Sequence[Procedure]) -> None:
        """Show these procedures."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def procedure(self, index: _Index) -> Procedure | None:
        """Return the procedure of a line."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt)
        """Return how many were found."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the name, the line below it, or both for a screen reader."""
        procedure = self.procedure(index)
        if procedure is None:
            return None
        if role == int(Qt.ItemDataRole.DisplayRole):
            return procedure.name
        if role == int(Qt.ItemDataRole.UserRole):
            return short_line(procedure)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{procedure.name}. {basis_line(procedure)}"
        return None


def short_line(procedure: Procedure) -> str:
    """Return "1.001193 · Hộ tịch · Quyết định 163/QĐ-BTP · từ 01/01/2026"."""
    since = _("từ {day}").format(day=f"{procedure.valid_from:%d/%m/%Y}")
    parts = (procedure.national_code, procedure.sector, procedure.decision, since)
    return " · ".join(part for part in parts if part)


def basis_line(procedure: Procedure) -> str:
    """Return "1.001193 · Hộ tịch · Quyết định 163/QĐ-BTP · áp dụng từ 01/01/2026"."""
    since = _("áp dụng từ {day}").format(day=f"{procedure.valid_from:%d/%m/%Y}")
    until = _("đến {day}").format(day=f"{procedure.valid_to:%d/%m/%Y}") if procedure.valid_to else ""
    parts = (procedure.national_code, procedure.sector, procedure.decision, f"{since} {until}".strip())
    return " · ".join(part for part in parts if part)


class _TwoLines(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, ARG002
        tokens = self._theme.tokens
        return QSize(200, tokens.type["body"] + tokens.type["small"] + 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        sizes = self._theme.tokens.type
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        font = QFont(painter.font())
        inner = rect.adjusted(12, 8, -12, -7)
        font.setPixelSize(sizes["body"])
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(self._theme.colour("on_selection" if selected else "text"))
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), name)
        font.setPixelSize(sizes["small"])
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted" if not selected else "on_selection"))
        below = str(index.data(int(Qt.ItemDataRole.UserRole)))
        below = painter.fontMetrics().elidedText(below, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), below)
        painter.restore()


class _SearchField(TextField):
    """Up and down move in the list while the letters go into the field."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        steps = {
            int(Qt.Key.Key_Down): 1,
            int(Qt.Key.Key_Up): -1,
            int(Qt.Key.Key_PageDown): 6,
            int(Qt.Key.Key_PageUp): -6,
        }
        if (step := steps.get(event.key())) is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class ProcedurePicker(Card):
    """The search field with what it finds; Enter takes the marked line.

    Args:
        theme: For the drawn lines.
        search: Returns the procedures for a text, all when it is empty.
        chosen: Gets the procedure taken.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        search: Callable[[str], Sequence[Procedure]],
        chosen: Callable[[Procedure], None],
    ) -> None:
        super().__init__()
        self._search = search
        self._chosen = chosen
        self.field = _SearchField(
            _("Tìm thủ tục"), placeholder=_("Gõ vài chữ: khai sinh, dkks, sao y, 1.001193…"), max_length=80
        )
        self._model = ProcedureList()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_TwoLines(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("Thủ tục tìm thấy"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._none = WrapLabel(tone="muted")
        self._none.hide()
        head = row(PlainLabel(_("Chọn thủ tục"), type="title"), None, KeyHint("F3"))
        self.body.addLayout(column(head, self.field, self._none, spacing=10))
        self.body.addWidget(self.list, 1)
        self.field.textChanged.connect(lambda _text: self._find())
        self.field.accepted.connect(self._take)
        self.field.stepped.connect(self._step)
        self.list.clicked.connect(lambda _index: self._take())

    def open(self) -> None:
        """Start a new search."""
        self.field.setText("")
        self._find()
        self.field.setFocus()

    def refresh(self) -> None:
        """Search again: other procedures may be in force now."""
        self._find()

    def _find(self) -> None:
        text = str(self.field.value())
        rows = self._search(text)
        self._model.show_rows(rows)
        # Nothing is marked until letters or an arrow choose: a stray Enter opens no form.
        self.list.setCurrentIndex(self._model.index(0 if rows and text.strip() else -1))
        self._none.setText(
            _("Không có thủ tục nào đang có hiệu lực khớp với “{text}”. Thử ít chữ hơn.").format(text=text)
        )
        self._none.setVisible(not rows)

    def _step(self, step: int) -> None:
        count = self._model.rowCount()
        if count:
            now = self.list.currentIndex().row()
            self.list.setCurrentIndex(self._model.index(min(max(now + step, 0), count - 1)))

    def _take(self) -> None:
        procedure = self._model.procedure(self.list.currentIndex())
        if procedure is not None:
            self._chosen(procedure)


def search_in_force(
    find: Callable[[str, date], Sequence[Procedure]],
    everything: Callable[[date], Sequence[Procedure]],
    today: Callable[[], date],
) -> Callable[[str], Sequence[Procedure]]:
    """Return a search that lists everything in force while nothing is typed."""
    return lambda text: find(text, today()) if text.strip() else everything(today())
