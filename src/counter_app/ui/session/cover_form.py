"""A page of the cover with a few fields: Enter goes from one to the next and then does it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, column, page, row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.text_field import TextField

_LETTERS = 80  # as wide as so many
Field = TextField | ComboField


class Message(QFrame):
    """A line in a coloured frame, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._text = WrapLabel()
        self.setLayout(column(self._text, margins=(12, 8, 12, 8)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, "" for nothing."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, tone: str = "bad") -> None:
        """Say it; "" says nothing."""
        restyle(self, "frame", tone)
        self._text.setText(text)
        self.setVisible(bool(text))


def in_the_middle(card: Card) -> QVBoxLayout:
    """Return the layout of a page that is one card, which scrolls where text is large."""
    card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    middle = row(None, card, None)
    middle.setStretch(1, 100)
    return column(Scroll(page(None, middle, None)), spacing=0)


class CoverForm(QWidget):
    """Title, words, fields, what went wrong, and two buttons.

    Args:
        title: What this is about.
        submit_words: The words of the primary button.
        submit: Called by it, and by Enter in the last field.
        back: Called by Esc and the other button; None where there is no way back.
    """

    def __init__(
        self,
        title: str,
        submit_words: str,
        submit: Callable[[], None],
        back: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self._submit = submit
        self.fields: list[Field] = []
        self.words = WrapLabel(tone="muted")
        self.message = Message()
        self.go_on = primary_button(submit_words, key="Enter", clicked=submit)
        self.body = column(spacing=6)
        self.title = PlainLabel(title, type="title")
        buttons = row(None, spacing=10)
        if back is not None:
            buttons.addWidget(Button(_("Quay lại"), key="Esc", clicked=back))
            escape = QShortcut(QKeySequence("Esc"), self)
            escape.activated.connect(back)
        buttons.addWidget(self.go_on)
        card = Card()
        card.body.setContentsMargins(10, 6, 10, 6)
        for item in (self.title, self.words):
            card.body.addWidget(item)
        card.body.addSpacing(6)
        card.body.addLayout(self.body)
        card.body.addWidget(self.message)
        card.body.addSpacing(6)
        card.body.addLayout(buttons)
        self._card = card
        self.setLayout(in_the_middle(card))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Be as wide as the size of the text asks for."""
        super().showEvent(event)
        self._card.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)

    def ask(self, field: Field, note: QWidget | None = None) -> QWidget:
        """Add a field below the others, `note` below it; return the whole line, to hide it or show it."""
        self.fields.append(field)
        line = QWidget()
        line.setLayout(column(PlainLabel(field.accessibleName(), type="small"), field, spacing=3))
        layout = line.layout()
        if note is not None and layout is not None:
            layout.addWidget(note)
        self.body.addWidget(line)
        field.accepted.connect(lambda: self._accepted(field))
        return line

    def begin(self) -> None:
        """Empty every field and take the keyboard."""
        for field in self.fields:
            if isinstance(field, TextField):
                field.clear()
        self.message.say("")
        self.set_busy(busy=False)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Go to the first field that is asked."""
        asked = self._asked()
        empty = [field for field in asked if isinstance(field, TextField) and not field.text()]
        (*empty, *asked, self.go_on)[0].setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing while it is being done."""
        for field in self.fields:
            field.setEnabled(not busy)
        self.go_on.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say what went wrong; everything can be corrected."""
        self.set_busy(busy=False)
        self.message.say(text, "bad")
        self.take_keyboard()

    def _asked(self) -> list[Field]:
        return [field for field in self.fields if field.isVisibleTo(self)]

    def _accepted(self, field: Field) -> None:
        asked = self._asked()
        later = asked[asked.index(field) + 1 :] if field in asked else []
        if later:
            later[0].setFocus()
        elif self.go_on.isEnabled():
            QTimer.singleShot(0, self, self._submit)  # the field is done with the key first
