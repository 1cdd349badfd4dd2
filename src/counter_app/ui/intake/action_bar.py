"""The foot of the intake screen: save, what is missing, receive."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from counter_app.i18n import _, later
from counter_app.messages import text_of
from counter_app.ui.intake.missing_words import Readiness
from counter_app.ui.intake.state import IntakeState, has_content
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import action_bar, column, row

# What the clerk may answer to a doubt: go on all the same, or mend it first.
_ANSWERS = {
    "papers_missing": (later("Vẫn tiếp nhận"), later("Để xem lại giấy tờ")),
    "letters_not_printable": (later("Vẫn tiếp nhận"), later("Để sửa lại")),
    "clock_set_back": (later("Giờ máy đúng, tiếp nhận"), later("Để chỉnh giờ")),
}
_SAVE_ALL_THE_SAME = later("Vẫn lưu sửa")

_GAP, _MARGINS = 10, 60
_WORDS = 30  # letters of what is missing that should always be seen


class IntakeBar(QWidget):
    """Says what is missing on the button itself; the act is offered only when it will work.

    Args:
        save: Ctrl+S.
        read_back: F10, the citizen reads what was entered.
        next_missing: F4.
        receive: F9.
        receive_another: Shift+F9.
        confirm_doubt: The clerk receives in spite of what is asked.
        heed_doubt: The clerk goes and mends it first.
        ask_supplement: F7.
        refuse: The dossier is not received at all.
    """

    def __init__(
        self,
        *,
        save: Callable[[], None],
        read_back: Callable[[], None],
        next_missing: Callable[[], None],
        receive: Callable[[], None],
        receive_another: Callable[[], None],
        confirm_doubt: Callable[[], None],
        heed_doubt: Callable[[], None],
        ask_supplement: Callable[[], None],
        refuse: Callable[[], None],
    ) -> None:
        super().__init__()
        self.save = Button(_("Lưu nháp"), key="Ctrl S", clicked=save)
        self.read_back = Button(_("Đọc lại"), key="F10", clicked=read_back)
        self.read_back.setToolTip(_("Cho công dân đọc lại thông tin đã nhập trên màn hình của họ"))
        self._saved = PlainLabel(tone="muted", type="small")
        self._words = ElidedLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.another = Button(_("Tiếp nhận và thêm mới"), key="Shift F9", clicked=receive_another)
        self.another.setToolTip(_("Nhận, in, rồi mở hồ sơ mới cho cùng người nộp"))
        self.ask = Button(_("Yêu cầu bổ sung"), key="F7", clicked=ask_supplement)
        self.refuse = Button(_("Từ chối"), clicked=refuse)
        self.refuse.setToolTip(_("Từ chối tiếp nhận, có phiếu ghi lý do"))
        self.missing = Button("", key="F4", clicked=next_missing)
        self.receive = primary_button(_("Tiếp nhận và in"), key="F9", clicked=receive)
        self.confirm = Button(_("Vẫn tiếp nhận"), clicked=confirm_doubt)
        self.heed = Button(_("Để xem lại"), clicked=heed_doubt)
        self._doubt_words = WrapLabel(tone="warn")
        self._correcting = self._tells = self._complete = False
        self._stack = QStackedWidget()
        ordinary = row(self.save, self.read_back, self._saved, spacing=10)
        ordinary.addWidget(self._words, 1)
        for button in (self.ask, self.refuse, self.another, self.missing, self.receive):
            ordinary.addWidget(button)
        asking = row(spacing=10)
        asking.addWidget(self._doubt_words, 1)
        asking.addWidget(self.confirm)
        asking.addWidget(self.heed)
        for layout in (ordinary, asking):
            holder = QWidget()
            holder.setLayout(layout)
            self._stack.addWidget(holder)
        self.setLayout(column(action_bar(self._stack)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Keep what the clerk presses most when there is no room for everything."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        last = max(self.receive.sizeHint().width(), self.missing.sizeHint().width())
        saved = self._saved.sizeHint().width() if self._saved.text() else 0
        words = self.fontMetrics().averageCharWidth() * _WORDS
        needed = words + self.save.sizeHint().width() + saved + last + _MARGINS
        # What the moment asks for comes first; the keys of those left out work all the same, and a
        # refusal is one step further on the page of F7.
        wanted = (
            ((self.another, not self._correcting), (self.read_back, True), (self.ask, self._tells))
            if self._complete
            else (
                (self.ask, self._tells),
                (self.refuse, self._tells),
                (self.read_back, True),
                (self.another, not self._correcting and not self._tells),
            )
        )
        for button in (self.another, self.ask, self.refuse, self.read_back):
            button.setVisible(False)
        for button, useful in wanted:
            needed += button.sizeHint().width() + _GAP if useful else 0
            button.setVisible(useful and self.width() >= needed)

    def show_state(self, state: IntakeState, readiness: Readiness) -> None:
        """Show what can be done now."""
        self._correcting = state.correcting is not None
        self._tells = bool(state.visit.procedure_id) and not self._correcting
        self._complete = readiness.ready and not readiness.count
        self._fit()
        self.save.setEnabled(has_content(state.visit))
        self.read_back.setEnabled(has_content(state.visit))
        self._saved.setText(_saved_words(state))
        self._saved.set_tone("bad" if state.draft_problem else "muted")
        busy = _("Đang lưu sửa…") if state.correcting is not None else _("Đang tiếp nhận…")
        self._words.setText(busy if state.receiving else readiness.words)
        sure = readiness.ready and not readiness.count
        self._words.set_tone("ok" if sure else ("warn" if readiness.count else "muted"))
        correcting = state.correcting is not None
        self.another.setEnabled(readiness.ready and not state.receiving)
        self.receive.set_text(_("Lưu sửa và in lại") if correcting else _("Tiếp nhận và in"))
        self.receive.setVisible(readiness.ready)
        self.receive.setEnabled(not state.receiving)
        self.missing.setVisible(not readiness.ready)
        if readiness.count and not readiness.ready:
            self.missing.set_text(_("Còn thiếu {count} mục").format(count=readiness.count))
        else:
            self.missing.set_text(readiness.button or _("Bắt đầu"))
        if state.doubt is None:
            self._stack.setCurrentIndex(0)
            return
        go_on, go_back = _ANSWERS[state.doubt.code]
        if correcting:
            go_on = _SAVE_ALL_THE_SAME
        self._doubt_words.setText(text_of(state.doubt))
        self.confirm.set_text(_(go_on))
        self.heed.set_text(_(go_back))
        if self._stack.currentIndex() == 0:
            self._stack.setCurrentIndex(1)
            self.heed.setFocus()  # the safe answer


def _saved_words(state: IntakeState) -> str:
    if state.draft_problem is not None:
        return _("Chưa lưu được nháp")
    if state.draft_saved_at is None:
        return ""
    return _("đã giữ {time}").format(time=f"{state.draft_saved_at:%H:%M}")
