"""A few labelled fields and buttons under a title; Enter goes on and in the last field does it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.domain.errors import KnownError
from counter_app.messages import text_of
from counter_app.ui.session.cover_form import Message
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.settings.form_page import LABEL_WIDTH
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField, commit_composition

_LEAST = 360  # pixels


class PanelForm(QWidget):
    """One form of the page.

    Args:
        title: What it is about.
        words: What happens, in a sentence.
        do_words: The words of the primary button; "" for a form without one.
        do: Called by it, and by Enter in the last field.
    """

    def __init__(self, title: str, words: str, do_words: str, do: Callable[[], None]) -> None:
        super().__init__()
        self.title = PlainLabel(title, type="section", wrap=True)
        self.words = PlainLabel(words, tone="muted", type="small", wrap=True)
        if not words:
            self.words.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(2, 1)
        self.message = Message()
        self.do = primary_button(do_words, clicked=self._do)
        if not do_words:
            self.do.hide()
        self._act = do
        self.buttons = row(self.do, spacing=8)
        self._trailing = row(spacing=8)
        self.buttons.addLayout(self._trailing)
        self.buttons.addStretch(1)
        self.setLayout(column(self.title, self.words, self._grid, self.message, self.buttons, spacing=8))
        self._asked: list[QWidget] = []

    def ask(self, field: QWidget, note: str = "", *, width: int = 420) -> None:
        """Add a field, named as a screen reader calls it."""
        line = self._grid.rowCount()
        name = PlainLabel(field.accessibleName(), wrap=True)
        name.setMaximumWidth(LABEL_WIDTH)
        field.setMinimumWidth(min(width, _LEAST))
        field.setMaximumWidth(width)
        self._grid.addWidget(name, line, 0)
        self._grid.addWidget(field, line, 1)
        if note:
            self.add_below(PlainLabel(note, type="caption", tone="muted", wrap=True))
        self._asked.append(field)
        accepted = getattr(field, "accepted", None)
        if accepted is not None:
            accepted.connect(lambda: self._accepted(field))

    def add_below(self, widget: QWidget) -> None:
        """Add something below the last field, as wide as there is room."""
        self._grid.addWidget(widget, self._grid.rowCount(), 1, 1, 2)

    def add_button(self, button: Button) -> Button:
        """Add a button after the primary one."""
        self._trailing.addWidget(button)
        return button

    def begin(self) -> None:
        """Empty what was typed and let the keyboard begin at the top."""
        for field in self._asked:
            if isinstance(field, TextField):
                field.clear()
        self.message.say("")
        self.set_busy(busy=False)

    def focus_first(self) -> None:
        """Take the keyboard."""
        first = next((field for field in self._asked if field.isVisibleTo(self)), self.do)
        first.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing while it is being done."""
        self.do.setEnabled(not busy)

    def refuse(self, error: KnownError | str) -> None:
        """Say what is wrong; passwords are typed anew, the rest can be corrected."""
        self.set_busy(busy=False)
        self.message.say(error if isinstance(error, str) else text_of(error), "bad")
        self.forget_passwords()

    def forget_passwords(self) -> None:
        """Empty every field of a password."""
        for field in self._asked:
            if isinstance(field, PasswordField):
                field.clear()

    def _accepted(self, field: QWidget) -> None:
        asked = [each for each in self._asked if each.isVisibleTo(self) and each.isEnabled()]
        later = asked[asked.index(field) + 1 :] if field in asked else []
        if later:
            later[0].setFocus()
        else:
            QTimer.singleShot(0, self, self._do)  # the field is done with the key first

    def _do(self) -> None:
        if self.do.isEnabled():
            commit_composition()
            self._act()
