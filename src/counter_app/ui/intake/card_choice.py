"""Asks whose visit a card belongs to when it was scanned in front of another screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column


class CardChoice(QWidget):
    """One question, two answers; Esc leaves the card unused and the visit as it is.

    Args:
        anew: Called to begin a visit for the citizen; the one under way stays as a draft.
        join: Called to put the citizen into the visit under way.
        closed: Called when the card is not to be used.
    """

    def __init__(
        self, *, anew: Callable[[], None], join: Callable[[], None], closed: Callable[[], None]
    ) -> None:
        super().__init__()
        self.title = WrapLabel(type="title")
        self._about = WrapLabel()
        self.anew = primary_button("", key="Enter", clicked=anew)
        self.join = Button("", clicked=join)
        for each in (self.anew, self.join):
            each.setAutoDefault(True)  # Enter answers; a scanner's own Enter never arrives here
        leave = Button(_("Thôi, không dùng thẻ"), key="Esc", clicked=closed)
        card = Card()
        card.body.addWidget(self._about)
        body = QWidget()
        body.setLayout(column(self.title, card, None, margins=(16, 12, 16, 12), spacing=10))
        self.setLayout(column(Scroll(body), action_bar(leave, None, self.join, self.anew), spacing=0))

    def ask(self, name: str, applicant: str, role: str | None) -> None:
        """Ask about the card of `name`; `role` is what they would be in the visit, None for nothing."""
        self.title.setText(_("Thẻ của {name} thuộc hồ sơ nào?").format(name=name))
        about = _("Đang nhập dở hồ sơ của {applicant}. Tiếp nhận mới thì hồ sơ đó nằm trong Bản nháp.")
        self._about.setText(about.format(applicant=applicant))
        self.anew.set_text(_("Tiếp nhận mới cho {name}").format(name=name))
        self.join.setVisible(role is not None)
        self.join.set_text(_("Thêm vào hồ sơ đang nhập (vai {role})").format(role=role or ""))
        self.anew.setFocus()
