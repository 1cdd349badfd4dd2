"""Line fields safe for Vietnamese input methods.

No masks, no inline completion, no rewriting while the clerk types: Unikey and its kin send
Backspace and letters, and any field that changes its own text under them garbles words. Text is
put in order (NFC, spaces, grouping) when the focus leaves.
"""

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain import field_values
from counter_app.domain.errors import BadInput
from counter_app.domain.vietnamese_text import clean
from counter_app.ui.widgets.properties import restyle


def commit_composition() -> None:
    """End what an input method is still composing, so that an act sees the whole text."""
    if QGuiApplication.focusObject() is not None:
        QGuiApplication.inputMethod().commit()


class TextField(QLineEdit):
    """One line of text.

    Args:
        name: What a screen reader calls it; every field needs one.
        placeholder: Shown while empty.
        max_length: Letters accepted; the 200-letter names of the rules plus room.
    """

    edited = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(
        self, name: str, *, placeholder: str = "", max_length: int = 500, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        self._placeholder = placeholder
        self._suggestion = ""
        self._side_text = ""
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> object:
        """Return the text in NFC, trimmed, on one line."""
        return clean(self.text())

    def set_value(self, value: object) -> None:
        """Show a value; ignored while it says the same as the field, so a caret never jumps."""
        shown = self.shown(value)
        if value == self.value() or shown == self.text():
            return
        self.setText(shown)
        if not self.hasFocus():
            self.setCursorPosition(0)  # a long text shows its beginning

    def shown(self, value: object) -> str:
        """Return how a stored value is written in the field."""
        return "" if value is None else str(value)

    def set_state(self, state: str) -> None:
        """Colour the field: missing, suggested, error, or "" for ordinary."""
        restyle(self, "state", state)

    def set_suggestion(self, value: str, note: str = "") -> None:
        """Offer `value`, taken with Enter while the field is empty; `note` says where it is from."""
        self._suggestion = value
        self.setPlaceholderText(f"{value} — {note}" if value and note else value or self._placeholder)

    def set_side_text(self, text: str) -> None:
        """Show a muted remark at the right inside the field, such as a date in words."""
        if text != self._side_text:
            self._side_text = text
            self.update()

    def commit(self) -> None:
        """End a pre-edit of the input method in this field."""
        if self.hasFocus():
            commit_composition()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter takes a suggestion of an empty field, and accepts the answer."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():
            return
        self.commit()
        if self._suggestion and not self.text().strip():
            self.setText(self._suggestion)
            self.edited.emit()
        self.tidy()
        self.accepted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt)
        """Put the text in order once the clerk has gone on."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.tidy()
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self.setCursorPosition(0)  # a long text shows its beginning
            self.left.emit()

    def tidy(self) -> None:
        """Write the value the way it is stored or printed."""
        tidy = self.shown(self.value())
        if tidy != self.text():
            self.setText(tidy)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt)
        """Draw the side remark where the text leaves room."""
        super().paintEvent(event)
        if not self._side_text:
            return
        used = self.fontMetrics().horizontalAdvance(self.text()) + 28
        room = QRect(used, 0, self.width() - used - 12, self.height())
        if room.width() < 40:
            return
        painter = QPainter(self)
        painter.setPen(self.palette().placeholderText().color())
        text = self.fontMetrics().elidedText(self._side_text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)


class DateField(TextField):
    """A date typed as 15/11/2026, 15112026 or a bare year; stored "YYYY-MM-DD" or "YYYY".

    What cannot be read stays as typed and is returned as typed, so that validation names it.
    """

    def __init__(self, name: str, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(name, max_length=30, parent=parent)
        self._today = today

    def value(self) -> object:
        """Return the stored date, or the raw text when it is no date."""
        text = clean(self.text())
        if not text:
            return ""
        try:
            return field_values.read_typed_date(text, today=self._today)
        except BadInput:
            return text

    def shown(self, value: object) -> str:
        """Return 15/11/2026 for a stored date."""
        return field_values.printed_date(value) or ("" if value is None else str(value))


class NumberField(TextField):
    """A whole number, right-aligned; ``money`` groups thousands (50.000). Empty means None."""

    def __init__(
        self, name: str, *, money: bool = False, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, placeholder=placeholder, max_length=24, parent=parent)
        self._money = money
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> object:
        """Return the number, None when empty, or the raw text when it is no number."""
        text = clean(self.text())
        if not text:
            return None
        try:
            return field_values.read_typed_money(text) if self._money else int(text)
        except (BadInput, ValueError):
            return text

    def shown(self, value: object) -> str:
        """Return 50.000 for money, 12 for a number."""
        if isinstance(value, int):
            return field_values.grouped(value) if self._money else str(value)
        return "" if value is None else str(value)
