"""The question before a result leaves while originals stay behind: give them too, or why not."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.text_field import TextField


class OriginalsQuestion(QWidget):
    """Hidden until asked; `leave` gets the reason and is never called without one."""

    def __init__(self, *, give_all: Callable[[], None], leave: Callable[[str], None]) -> None:
        super().__init__()
        self._leave_them = leave
        self._words = WrapLabel(tone="warn", bold=True)
        self.all = primary_button(_("Trả cả bản chính"), key="F9", clicked=give_all)
        self.reason = TextField(
            _("Lý do để lại bản chính"), placeholder=_("Lý do để lại bản chính"), max_length=400
        )
        self.later = Button(_("Để lại, trả sau"), clicked=self._leave)
        self.reason.accepted.connect(self._leave)
        self.setLayout(column(self._words, FlowBox(self.all), self.reason, FlowBox(self.later), spacing=6))
        self.hide()

    def ask(self, words: str) -> None:
        """Show the question; the likely answer is ready."""
        self._words.setText(words)
        self.show()
        self.all.setFocus()

    def _leave(self) -> None:
        self.reason.commit()
        reason = str(self.reason.value())
        self.reason.set_state("" if reason else "error")
        if reason:
            self._leave_them(reason)
        else:
            self.reason.setFocus()
