"""The foot of the dossier screen: leave, print again, and the one act F9 does, with what it still lacks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.dossier.acts.act_keys import ActKey, name_of
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.layouts import action_bar, column, row
from counter_app.ui.widgets.tooltips import set_tooltip

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.ui.dossier.acts.panel import ActPanel

_PRINTS = {
    ActKey.SUPPLEMENT,
    ActKey.RESUME,
    ActKey.REFUSE,
    ActKey.STOP,
    ActKey.EXTEND,
    ActKey.COLLECT,
}


class ActBar(QWidget):
    """One primary button: what F9 opens, or confirms while a form is open."""

    def __init__(
        self,
        *,
        back: Callable[[], None],
        pdf: Callable[[], None],
        reprint: Callable[[], object],
        cancel: Callable[[], None],
        confirm: Callable[[], None],
    ) -> None:
        super().__init__()
        self.back = Button(_("Quay lại"), key="Esc", clicked=back)
        self.pdf = Button(_("Lưu PDF…"), clicked=pdf)
        self.reprint = Button(_("In lại giấy hẹn"), key="Ctrl P", clicked=reprint)
        self.cancel = Button(_("Thôi"), key="Esc", clicked=cancel)
        self.confirm = primary_button("", key="F9", clicked=confirm)
        self._words = WrapLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = row(self.back, self.cancel, spacing=10)
        line.addWidget(self._words, 1)
        for button in (self.pdf, self.reprint, self.confirm):
            line.addWidget(button)
        self.setLayout(column(action_bar(line)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._busy = False
        self._why_not = ""
        self.show_nothing()

    def forbid(self, why: str) -> None:
        """Dim what the one at the desk may not do, and say why; "" allows it."""
        self._why_not = why
        for button in (self.confirm, self.reprint):
            button.setEnabled(not why)
            set_tooltip(button, why)

    @property
    def can_act(self) -> bool:
        """Whether nothing is being written: an act pressed twice is done once."""
        return not self._busy

    def show_busy(self, busy: bool) -> None:
        """Take no second press while an act is under way."""
        self._busy = busy

    def show_nothing(self) -> None:
        """No dossier is open."""
        self._arrange(form=False, dossier=False)
        self.confirm.hide()
        self._words.setText("")

    def show_panel(self, panel: "ActPanel") -> None:
        """Show what F9 does now and what it lacks."""
        if panel.facts is None:
            self.show_nothing()
            return
        key = panel.key or panel.offer.first
        self._arrange(form=panel.form is not None, dossier=True)
        self.confirm.setVisible(key is not None)
        if key is not None:
            name = name_of(key, panel.facts.dossier)
            prints = panel.form is not None and key in _PRINTS
            self.confirm.set_text(_("{act} và in").format(act=name) if prints else name)
        problem = panel.problem()
        self._words.setText(self._why_not or (text_of(problem) if problem is not None else ""))
        self._words.set_tone("muted")

    def say_problem(self, problem: "KnownError") -> None:
        """Say why the act cannot be done yet, so that it is seen."""
        self._words.setText(text_of(problem))
        self._words.set_tone("bad")

    def ask_once_more(self, final: str) -> None:
        """Say what cannot be taken back, and that the same key does it."""
        self._words.setText(_("{what} Bấm F9 lần nữa nếu đúng.").format(what=final))
        self._words.set_tone("bad")

    def _arrange(self, *, form: bool, dossier: bool) -> None:
        for button in (self.pdf, self.reprint):
            button.setVisible(dossier and not form)
        self.back.setVisible(not form)
        self.cancel.setVisible(form)
