"""The table of a list of work: Space ticks, Shift with the arrows ticks on, digits go to another list."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from counter_app.ui.widgets.tables import ListTable
from counter_app.ui.work import words
from counter_app.ui.work.list_model import TICK, WorkListModel

_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LIST_KEYS = frozenset((*words.KEYS.values(), words.DRAFTS_KEY))


class WorkTable(ListTable):
    """`opened` as every list; ``tick_asked`` carries line and whether to tick."""

    tick_asked = Signal(int, bool)
    all_asked = Signal()
    list_asked = Signal(str)

    def __init__(self, name: str, model: WorkListModel) -> None:
        super().__init__(name)
        self._rows = model
        self.setModel(model)
        self.clicked.disconnect()
        self.clicked.connect(self._click)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self._toggle(index.row())
        else:
            self.opened.emit(index.row())

    def _toggle(self, line: int) -> None:
        self.tick_asked.emit(line, not self._rows.is_ticked(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Tick, tick on, tick all, go to another list; the rest as every list."""
        key, line = Qt.Key(event.key()), self.currentIndex().row()
        if key == Qt.Key.Key_Space:
            if line >= 0:
                self._toggle(line)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.all_asked.emit()
        elif key in _ARROWS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._tick_on(line, line + _ARROWS[key])
        elif event.text().upper() in _LIST_KEYS and not event.isAutoRepeat():
            self.list_asked.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def _tick_on(self, line: int, following: int) -> None:
        self.tick_asked.emit(line, True)
        if 0 <= following < self._rows.rowCount():
            self.tick_asked.emit(following, True)
            self.selectRow(following)
