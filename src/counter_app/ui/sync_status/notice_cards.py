"""What the server asks to look at, a card each: who did what, what to do, and that it was done."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app import notice_words
from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, moment
from counter_app.services.sync.open_notices import OpenNotice
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.text_field import TextField

MOST_CARDS = 50
Settle = Callable[[str, str], None]


class NoticeCard(QFrame):
    """One flag or task. `settle` gets its id and what the clerk did about it."""

    def __init__(self, found: OpenNotice, *, open_dossier: Callable[[str], None], settle: Settle) -> None:
        super().__init__()
        notice, kind = found.notice, found.notice.kind
        self.notice_id = notice.notice_id
        restyle(self, "frame", notice_words.tone_of(kind))
        title = WrapLabel(notice_words.title_of(kind), bold=True)
        self.setAccessibleName(title.text())
        head = row(title, PlainLabel(moment(office_moment(notice.at)), type="small", tone="muted"))
        head.setStretch(0, 1)
        about = " · ".join(part for part in (found.dossier_code, found.applicant, found.procedure) if part)
        lines: list[QWidget] = [WrapLabel(about, selectable=True)] if about else []
        lines.append(WrapLabel(notice_words.happened(kind, notice.params), selectable=True))
        lines.append(WrapLabel(notice_words.to_do(kind), type="small"))
        self.reason = TextField(
            _("Đã xử lý thế nào: {what}").format(what=title.text()),
            placeholder=_("Ghi ngắn gọn đã xử lý thế nào, rồi Enter"),
            max_length=500,
        )
        self.reason.accepted.connect(self._confirm)
        self._settle = partial(settle, notice.notice_id)
        self.settle = Button(_("Đã xử lý…"), clicked=self._ask)
        self.settle.setAccessibleName(f"{self.settle.text()} {title.text()}")
        buttons = [self.settle]
        if found.dossier_code:
            look = Button(_("Mở hồ sơ"), clicked=lambda: open_dossier(found.dossier_code))
            look.setAccessibleName(f"{look.text()} {found.dossier_code}")
            buttons.insert(0, look)
        self._buttons = FlowBox(*buttons)
        confirm = Button(_("Ghi đã xử lý"), clicked=self._confirm)
        answer = row(self.reason, confirm, Button(_("Thôi"), clicked=self._give_up))
        answer.setStretch(0, 1)
        self._answer = QWidget()
        self._answer.setLayout(answer)
        self._answer.hide()
        self.setLayout(column(head, *lines, self._buttons, self._answer, margins=(12, 9, 12, 10), spacing=4))

    def unfinished(self) -> tuple[str, bool] | None:
        """Return what was typed so far and whether the clerk is at it; None when nothing was asked."""
        return None if self._answer.isHidden() else (self.reason.text(), self.reason.hasFocus())

    def go_on(self, text: str, *, at_it: bool) -> None:
        """Put back what was typed."""
        self._buttons.hide()
        self._answer.show()
        self.reason.setText(text)
        if at_it:
            self.reason.setFocus()

    def _ask(self) -> None:
        self._buttons.hide()
        self._answer.show()
        self.reason.setFocus()

    def _give_up(self) -> None:
        self._answer.hide()
        self._buttons.show()
        self.settle.setFocus()

    def _confirm(self) -> None:
        self.reason.commit()
        reason = str(self.reason.value())
        if reason:
            self._settle(reason)
        else:
            self.reason.set_state("error")
            self.reason.setFocus()


class NoticeCards(QWidget):
    """The newest cards; those half answered stay as they are while the list is looked at anew."""

    def __init__(self, *, open_dossier: Callable[[str], None], settle: Settle) -> None:
        super().__init__()
        self._open_dossier = open_dossier
        self._settle = settle
        self._shown: tuple[OpenNotice, ...] | None = None
        self.cards: list[NoticeCard] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(10)
        self.setLayout(column(self._box, None))

    def show_notices(self, notices: Sequence[OpenNotice]) -> None:
        """Show these; the rest is counted."""
        if self._shown == tuple(notices):
            return
        self._shown = tuple(notices)
        typed = {card.notice_id: card.unfinished() for card in self.cards}
        clear(self._box)
        self.cards = [
            NoticeCard(each, open_dossier=self._open_dossier, settle=self._settle)
            for each in self._shown[:MOST_CARDS]
        ]
        for card in self.cards:
            self._box.addWidget(card)
            begun = typed.get(card.notice_id)
            if begun is not None:
                card.go_on(begun[0], at_it=begun[1])
        more = len(self._shown) - len(self.cards)
        if more > 0:
            rest = _("và {count} việc nữa; xử lý các việc trên để thấy tiếp.").format(count=more)
            self._box.addWidget(WrapLabel(rest, tone="muted"))
