"""The promise before and after an act, day by day."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.promise_calendar import PromiseCalendar
from counter_app.ui.widgets.promise_words import headline

if TYPE_CHECKING:
    from datetime import date

    from counter_app.domain.due_date import Promise
    from counter_app.ui.theme import Theme


class PromiseSide(QWidget):
    """Old day, new day, and why the new one is that day."""

    def __init__(self, theme: "Theme", old: "Promise", today: "date") -> None:
        super().__init__()
        self._today = today
        self._old = Chip(headline(old, today))
        self._new_caption = PlainLabel(_("Hẹn mới"), type="small", tone="muted")
        self._new = Chip("", "info")
        self._calendar = PromiseCalendar(theme)
        self._words = WrapLabel(type="small", tone="muted")
        self.setLayout(
            column(
                PlainLabel(_("Hẹn cũ"), type="small", tone="muted"),
                self._old,
                self._new_caption,
                self._new,
                self._calendar,
                self._words,
                spacing=4,
            )
        )
        self.show_words("")

    def show_new(self, promise: "Promise", words: str = "") -> None:
        """Show the day the act would promise."""
        self._new.show_as(headline(promise, self._today), "info")
        self._calendar.show_promise(promise)
        self._show(new=True, words=words)

    def show_words(self, words: str) -> None:
        """Show no new day, only what becomes of the promise."""
        self._show(new=False, words=words)

    def _show(self, *, new: bool, words: str) -> None:
        self._new_caption.setVisible(new)
        self._new.setVisible(new)
        self._calendar.setVisible(new)
        self._words.setText(words)
        self._words.setVisible(bool(words))
