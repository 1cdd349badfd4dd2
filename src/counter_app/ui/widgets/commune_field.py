"""Picking a commune by a few letters; places the list does not know can still be typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from counter_app.i18n import _
from counter_app.services.places import Place
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.text_field import TextField

_LINES = 6
_NARROWEST = 380  # pixels; "Phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng"

Find = Callable[[str], Sequence[Place]]


class CommuneField(TextField):
    """Types find communes, Up and Down move, Enter takes one, Esc closes the list.

    The text changes only when a commune is taken: never while the clerk types. `picked` carries the
    `Place`; without a list Enter accepts what is typed, for places abroad and units not known here.
    """

    picked = Signal(object)

    def __init__(
        self,
        name: str,
        *,
        find: Find | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, placeholder=placeholder, parent=parent)
        self._find: Find = find or _nothing_known
        self._preedit = ""
        self._list: PlaceList | None = None
        self.edited.connect(self.look)

    def look(self) -> None:
        """Show what fits the text, the part an input method still composes included."""
        text = self.text()[: self.cursorPosition()] + self._preedit + self.text()[self.cursorPosition() :]
        self._offer(self._find(text) if text.strip() else ())

    def offer(self, places: Sequence[Place]) -> None:
        """Take the focus and let the clerk choose among some places."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer(places)

    def places(self) -> tuple[Place, ...]:
        """Return what the open list offers; () when it is closed."""
        return self._list.places() if self._list is not None and self._list.isVisible() else ()

    def close_list(self) -> bool:
        """Close the list; False when there was none."""
        if self._list is None or not self._list.isVisible():
            return False
        self._list.setParent(self)  # hides it, and lets it die with the field
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  (Qt)
        """Look with the letters still being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        if self._preedit:
            self.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Move through the list without leaving the field."""
        key, shown = event.key(), self.places()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown and self._list is not None:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown and self._list is not None:
            self.commit()
            self._take(self._list.current())
        elif key == Qt.Key.Key_Escape and self.close_list():
            event.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Close the list when the focus goes; keep Esc from closing more than the list."""
        if event.type() == QEvent.Type.FocusOut:
            self.close_list()
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.places()
        ):
            event.accept()
            return True
        return super().event(event)

    def _offer(self, places: Sequence[Place]) -> None:
        if not places or not self.hasFocus():
            self.close_list()
            return
        if self._list is None:
            self._list = PlaceList(self, self._take)
        self._list.fill(places)
        self._list.place(self)

    def _take(self, place: Place | None) -> None:
        self.close_list()
        if place is not None:
            self.setText(place.commune)
            self.picked.emit(place)


class PlaceList(QFrame):
    """The list under the field; drawn over the window, never with the focus."""

    def __init__(self, owner: QWidget, taken: Callable[[Place | None], None]) -> None:
        super().__init__(owner)
        self.setObjectName("popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._places: tuple[Place, ...] = ()
        self._taken = taken
        self._lines = QListWidget()
        self._lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines.setUniformItemSizes(True)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setAccessibleName(_("Xã, phường, đặc khu tìm thấy"))
        self._lines.itemClicked.connect(lambda _item: self._taken(self.current()))
        hint = PlainLabel(_("↑ ↓ chọn · Enter lấy · Esc giữ chữ đã gõ"), type="caption", tone="muted")
        hint.setContentsMargins(8, 2, 8, 2)
        self.setLayout(column(self._lines, hint, margins=(5, 5, 5, 5), spacing=2))
        self.hide()

    def places(self) -> tuple[Place, ...]:
        """Return what is offered."""
        return self._places

    def current(self) -> Place | None:
        """Return the place chosen so far."""
        row = self._lines.currentRow()
        return self._places[row] if 0 <= row < len(self._places) else None

    def fill(self, places: Sequence[Place]) -> None:
        """Offer places, the first one chosen."""
        self._places = tuple(places)
        self._lines.clear()
        height = self._lines.fontMetrics().height() + 10
        for each in self._places:
            item = QListWidgetItem(each.line, self._lines)
            item.setSizeHint(QSize(10, height))
        self._lines.setCurrentRow(0)
        self._lines.setFixedHeight(min(len(self._places), _LINES) * height + 4)

    def step(self, by: int) -> None:
        """Move the choice, round the ends."""
        self._lines.setCurrentRow((self._lines.currentRow() + by) % len(self._places))

    def place(self, field: QWidget) -> None:
        """Show the list right under the field, or above it where the window ends."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setFixedWidth(min(max(field.width(), _NARROWEST), window.width()))
        self.adjustSize()
        below = field.mapTo(window, QPoint(0, field.height() + 4))
        left = max(0, min(below.x(), window.width() - self.width()))
        above = field.mapTo(window, QPoint(0, -4)).y() - self.height()
        top = below.y() if below.y() + self.height() <= window.height() else max(0, above)
        self.move(left, top)
        self.show()
        self.raise_()


def _nothing_known(_text: str) -> Sequence[Place]:
    return ()
