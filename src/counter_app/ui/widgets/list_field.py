"""A long list one can type into, found without marks and never completed inline."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

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
    """A list one can type into: matches by folded text; ``free`` keeps what is not in the list."""

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
        line.textEdited.connect(lambda _text: self.edited.emit())
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

    def commit(self) -> None:
        """End a pre-edit of the input method in this field."""
        if self.hasFocus():
            commit_composition()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter takes the suggestion or the first match and accepts."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self.commit()
        completer = self.completer()
        if completer is not None and (popup := completer.popup()) is not None:
            popup.hide()
        typed = clean(self.currentText())
        if not typed and self._suggestion:
            self.set_value(self._suggestion)
            self.edited.emit()
        elif typed and not self._free:
            self._take_first_match(typed)
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

    def _take_first_match(self, typed: str) -> None:
        key = fold(typed)
        if self.value() in [value for value, _label in self._choices]:
            return
        match = next((label for _v, label in self._choices if key and key in fold(label)), None)
        if match is not None:
            self.setEditText(match)
            self.edited.emit()
