"""A small page where something is typed: labelled fields, and a bar with the one thing done here."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.i18n import _
from counter_app.ui.intake.answer_editor import as_editor
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column, row
from counter_app.ui.widgets.text_field import TextField

_LABEL_WIDTH = 190


class TypedPage(QWidget):
    """Labelled fields with a bar below: back, and the one thing that is done here.

    Enter walks through the fields and ends on the button.
    """

    def __init__(self, label: str, done: Callable[[], None], back: Callable[[], None]) -> None:
        super().__init__()
        self.title = WrapLabel(type="title")
        self.note = WrapLabel(tone="muted", type="small")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._fields: list[QWidget] = []
        card = Card()
        for item in (self.title, self.note):
            card.body.addWidget(item)
        card.body.addLayout(self._grid)
        self.button = primary_button(label, key="F9", clicked=done)
        self.beside = row()
        self.bar = action_bar(Button(_("Quay lại"), key="Esc", clicked=back), None, self.beside, self.button)
        inner = QWidget()
        inner.setLayout(column(card, None, margins=(2, 0, 10, 0)))
        whole = column(Scroll(inner), self.bar, spacing=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def add(self, field: QWidget) -> None:
        """Add a field under the ones before; its label is its accessible name."""
        line = len(self._fields)
        label = WrapLabel(field.accessibleName())
        label.setFixedWidth(_LABEL_WIDTH)
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, line, 1)
        if self._fields:
            as_editor(self._fields[-1]).accepted.connect(field.setFocus)
        self._fields.append(field)

    def end_walk(self) -> None:
        """Let Enter in the last field go to the button."""
        as_editor(self._fields[-1]).accepted.connect(self.button.setFocus)

    def begin(self) -> None:
        """Be in the first field."""
        self._fields[0].setFocus()


class ReasonPage(TypedPage):
    """Why a letter ends."""

    def __init__(self, *, done: Callable[[str], None], back: Callable[[], None]) -> None:
        super().__init__(_("Chấm dứt giấy ủy quyền"), lambda: done(str(self.reason.value())), back)
        self.reason = TextField(_("Lý do"), max_length=300)
        self.add(self.reason)
        self.end_walk()

    def open_for(self, title: str, note: str) -> None:
        """Ask about one letter."""
        self.title.setText(title)
        self.note.setText(note)
        self.reason.set_value("")
        self.begin()
