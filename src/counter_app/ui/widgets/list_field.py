"""A long list one can type into, found without marks and never completed inline."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QWidget

from counter_app.domain.vietnamese_text import clean, fold
from counter_app.ui.widgets.choices import Choice, pairs
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.text_field import commit_composition

_FOLDED = int(Qt.ItemDataRole.UserRole) + 1


class _FoldingCompleter(QCompleter):
    """Finds "Mường" for "muong"; shows matches in a list, never completes in the field."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionRole(_FOLDED)
        self.setMaxVisibleItems(12)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802  (Qt)
        """Compare folded text."""
        return [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802  (Qt)
        """Put the words, not their folded form, into the field."""
        return str(index.data(int(Qt.ItemDataRole.DisplayRole)))


class ListField(QComboBox):
    """A list one can type into: matches by folded text; ``free`` keeps what is not in the list.

    Enter and Tab take the line that is highlighted, or the only one that fits when it begins as typed;
    Esc closes the list and leaves one's own words. A closed list holds words it does not know.
    """

    edited = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(
        self, name: str, choices: Sequence[Choice], *, free: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = pairs(choices)
        self._free = free
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        model = QStandardItemModel(self)
        for _value, label in self._choices:
            item = QStandardItem(label)
            item.setData(fold(label), _FOLDED)
            model.appendRow(item)
        self.setModel(model)
        self.setCompleter(_FoldingCompleter(model, self))
        self.setCurrentIndex(-1)
        line = self.lineEdit()
        assert line is not None  # noqa: S101  (an editable combo box has one)
        line.setAccessibleName(name)
        line.textEdited.connect(self._typed)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> object:
        """Return the chosen value; what is not in the list is returned as typed."""
        typed = clean(self.currentText())
        key = fold(typed)
        for value, label in self._choices:
            if label == typed or (key and fold(label) == key):
                return value
        return typed

    def set_value(self, value: object) -> None:
        """Show a value of the list, or any text when the field is free."""
        if value == self.value():
            return
        self._completing = False
        label = next((label for known, label in self._choices if known == value), None)
        index = -1 if label is None else self.findText(label)
        self.setCurrentIndex(index)
        if index < 0:
            self.setEditText(str(value or ""))

    def set_state(self, state: str) -> None:
        """Colour the field: missing, error, or ""."""
        restyle(self, "state", state)

    def set_suggestion(self, value: str, note: str = "") -> None:
        """Offer `value` while empty; taken with Enter."""
        line = self.lineEdit()
        self._suggestion = value
        if line is not None:
            line.setPlaceholderText(f"{value} — {note}" if value and note else value)

    _suggestion = ""
    _completing = False  # words typed just now, for which no line was taken or refused

    def commit(self) -> None:
        """End a pre-edit of the input method in this field."""
        if self.hasFocus():
            commit_composition()

    def event(self, event: QEvent) -> bool:
        """Tab takes the suggestion too, before it moves the focus; Esc closes the list only."""
        if not isinstance(event, QKeyEvent):
            return super().event(event)
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Escape and self._list_is_open():
            if pressed:
                self._refuse()
            event.accept()
            return True
        if pressed and event.key() == Qt.Key.Key_Tab:
            self.commit()
            self._take_offered()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter takes the suggestion or the first match and accepts."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self.commit()
        self._take_offered()
        typed = clean(self.currentText())
        if not typed and self._suggestion:
            self.set_value(self._suggestion)
            self.edited.emit()
        elif typed and not self._free and not self._take_first_match(typed):
            self.set_state("error")
            return
        self.accepted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  (Qt)
        """Leave the wheel to the page: scrolling past must not change an answer."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt)
        """Write a recognised answer in full once the clerk has gone on."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        value = self.value()
        label = next((label for known, label in self._choices if known == value), None)
        if label is not None and label != self.currentText():
            self.setEditText(label)
        self.left.emit()

    def _typed(self, _text: str) -> None:
        self._completing = True
        self.edited.emit()

    def _list_is_open(self) -> bool:
        popup = self._popup()
        return popup is not None and popup.isVisible()

    def _popup(self) -> QAbstractItemView | None:
        completer = self.completer()
        return completer.popup() if completer is not None else None

    def _refuse(self) -> None:
        """Close the list; what was typed is what is meant."""
        self._completing = False
        self._close_list()

    def _close_list(self) -> None:
        popup = self._popup()
        if popup is not None:
            popup.hide()

    def _take_offered(self) -> None:
        """Take the highlighted line, or the only one that fits when it begins as typed."""
        offered = self._highlighted() or self._only_match()
        self._close_list()
        self._completing = False
        if offered:
            self.setEditText(offered)
            self.edited.emit()

    def _highlighted(self) -> str:
        popup = self._popup()
        if popup is None or not popup.isVisible():
            return ""
        index = popup.currentIndex()
        return str(index.data(int(Qt.ItemDataRole.DisplayRole))) if index.isValid() else ""

    def _only_match(self) -> str:
        key = fold(clean(self.currentText()))
        if not key or not self._completing:
            return ""
        fitting = [label for _value, label in self._choices if key in fold(label)]
        return fitting[0] if len(fitting) == 1 and fold(fitting[0]).startswith(key) else ""

    def _take_first_match(self, typed: str) -> bool:
        """Write the first line that holds what was typed; False when there is none."""
        key = fold(typed)
        if self.value() in [value for value, _label in self._choices]:
            return True
        match = next((label for _v, label in self._choices if key and key in fold(label)), None)
        if match is None:
            return False
        self.setEditText(match)
        self.edited.emit()
        return True
