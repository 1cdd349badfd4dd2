"""The search box of the top bar with its list of hits."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from counter_app.i18n import _
from counter_app.ui import quick_search
from counter_app.ui.icons import icon
from counter_app.ui.operations import Ticket
from counter_app.ui.quick_search import Hit
from counter_app.ui.widgets.labels import ElidedLabel, KeyHint, PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import Workspace

_DEBOUNCE_MS = 120
_ICONS = {"dossier": "dossiers", "person": "person", "procedure": "procedures", "command": "forward"}
_LINES = 12


class SearchBox(TextField):
    """Types search, Down and Up move, Enter opens, Esc closes; the list never takes the focus."""

    def __init__(self, workspace: Workspace, opened: Callable[[Hit], None]) -> None:
        super().__init__(_("Tìm nhanh"), placeholder=_("Tìm hồ sơ, công dân, thủ tục, lệnh…"), max_length=120)
        self._workspace = workspace
        self._opened = opened
        self._ticket: Ticket | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self.ask_now)
        self.textChanged.connect(lambda _text: self._timer.start())
        hint = KeyHint("Ctrl K", parent=self)
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(None, hint, margins=(0, 0, 9, 0)))
        self.popup = HitList(self)
        self.popup.list.itemClicked.connect(self._open)

    def open_empty(self) -> None:
        """Take the focus and show the commands."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.ask_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Move through the list without leaving the box."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.popup.isVisible():
            self.popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and self.popup.isVisible():
            self.close_list()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Close the list when the focus goes."""
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().event(event)

    def close_list(self) -> None:
        """Hide the list and empty the box."""
        self.popup.hide()
        self.clear()
        self._timer.stop()

    def _enter(self) -> None:
        self.commit()
        if self._timer.isActive():
            self._timer.stop()
            self.ask_now()
        item = self.popup.list.currentItem()
        if item is not None and self.popup.isVisible():
            self._open(item)

    def ask_now(self) -> None:
        """Search for what stands in the box without waiting for a pause."""
        if not self.hasFocus():
            return
        if self._ticket is not None:
            self._ticket.cancel()
        desk, text = self._workspace.desk, self.text()
        self._ticket = self._workspace.operations.run_query(
            lambda: quick_search.search(desk, text), done=self._show
        )

    def _show(self, hits: Sequence[Hit]) -> None:
        if self.hasFocus():
            self.popup.fill(hits, self._workspace.theme.tokens.colours["text_muted"])
            self.popup.place(self)

    def _open(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        self.close_list()
        if isinstance(hit, Hit):
            self._opened(hit)


class HitList(QFrame):
    """The list under the box; drawn over the window, not a window of its own."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.setObjectName("popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Kết quả tìm nhanh"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = PlainLabel(
            _("Không tìm thấy. Thử mã hồ sơ, họ tên không dấu hoặc số định danh."), tone="muted"
        )
        self._none.setContentsMargins(12, 10, 12, 10)
        self.setLayout(column(self._none, self.list, margins=(5, 5, 5, 5), spacing=0))
        self.hide()

    def fill(self, hits: Sequence[Hit], colour: str) -> None:
        """Show hits, the first one chosen."""
        self.list.clear()
        height = self.list.fontMetrics().height() + 14
        for hit in hits[:_LINES]:
            item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.text}, {hit.detail}")
            item.setIcon(icon(_ICONS[hit.kind], colour, 18))
            line = QWidget()
            words = ElidedLabel(hit.text)
            detail = PlainLabel(hit.detail, type="caption", tone="muted")
            inner = row(words, detail, margins=(34, 0, 8, 0), spacing=12)
            inner.setStretchFactor(words, 1)
            line.setLayout(inner)
            item.setSizeHint(QSize(10, height))  # as wide as the list, however long the words
            self.list.setItemWidget(item, line)
        self.list.setVisible(bool(hits))
        self._none.setVisible(not hits)
        if hits:
            self.list.setCurrentRow(0)
            self.list.setFixedHeight(min(len(hits), _LINES) * height + 4)

    def step(self, by: int) -> None:
        """Move the choice, round the ends."""
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + by) % count)

    def place(self, box: QWidget) -> None:
        """Show the list right under the box."""
        window = box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        width = max(box.width(), 560)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(box.mapTo(window, QPoint(0, box.height() + 4)))
        self.show()
        self.raise_()
