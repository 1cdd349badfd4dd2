"""The screen of moved promises: one card a slip, with both days, why, and the two decisions."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from counter_app.i18n import _, moment
from counter_app.services.recheck_promises import AffectedPromise
from counter_app.ui.promise_changes import words
from counter_app.ui.promise_changes.presenter import LIST_NAME, PromiseChangesPresenter
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import Chip, ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_MOST_CARDS = 100  # more are on the printed list; nobody decides a thousand one by one


class PromiseChangesScreen(Screen):
    """Nothing changes here unless the clerk presses a button."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = PromiseChangesPresenter(workspace, show=self._show, failed=self._fail)
        self._count = PlainLabel(tone="muted", type="small")
        self.reason = TextField(_("Lý do"), max_length=200)
        self.reason.set_value(words.usual_reason())
        self.reason.setMaximumWidth(460)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        body = QWidget()
        body.setLayout(column(self._list, None, margins=(16, 0, 16, 14)))
        self._none = EmptyState(
            "calendar",
            _("Không có phiếu hẹn nào phải báo lại"),
            _("Khi lịch nghỉ hoặc giờ làm việc thay đổi, các phiếu hẹn bị ảnh hưởng sẽ hiện ở đây."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(body))
        self._stack.addWidget(self._none)
        head = row(PlainLabel(self.title(), type="title"), 12, self._count, None, margins=(16, 14, 16, 4))
        why = row(PlainLabel(_("Lý do"), tone="muted"), self.reason, None, margins=(16, 0, 16, 8))
        why.setStretchFactor(self.reason, 1)
        self.print_list = Button(_("In danh sách"), clicked=self.presenter.print_list)
        self.save_list = Button(_("Lưu danh sách PDF"), clicked=self._ask_where)
        self.change_all = primary_button(_("Đổi tất cả và in lại phiếu"), clicked=self._change_all)
        self._bar = action_bar(self.print_list, self.save_list, None, self.change_all)
        self.setLayout(column(head, why, self._stack, self._bar, spacing=0))
        self._asked = False
        workspace.operations.data_changed.connect(self._data_changed)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Phiếu hẹn phải báo lại")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Tab", _("Sang phiếu kế tiếp")), KeyHelp(_("Dấu cách"), _("Bấm nút đang chọn")))

    def opened(self, **request: object) -> None:  # noqa: ARG002
        """Look again."""
        self.presenter.load()
        self.print_list.setFocus()  # the one key that decides nothing

    def _show(self, affected: Sequence[AffectedPromise]) -> None:
        clear(self._list)
        self._ask_again()
        for each in affected[:_MOST_CARDS]:
            self._list.addWidget(self._card(each))
        if len(affected) > _MOST_CARDS:
            left = _("Còn {count} phiếu nữa: xem trên danh sách in.").format(
                count=len(affected) - _MOST_CARDS
            )
            self._list.addWidget(PlainLabel(left, tone="muted", wrap=True))
        self._count.setText(_("{count} phiếu").format(count=len(affected)) if affected else "")
        self._none.say(
            _("Không có phiếu hẹn nào phải báo lại"),
            _("Khi lịch nghỉ hoặc giờ làm việc thay đổi, các phiếu hẹn bị ảnh hưởng sẽ hiện ở đây."),
        )
        self._stack.setCurrentIndex(0 if affected else 1)
        self._bar.setVisible(bool(affected))

    def _card(self, each: AffectedPromise) -> Card:
        card = Card()
        card.heading.insertWidget(0, PlainLabel(words.who(each), type="strong"))
        received = _("Nhận {moment}").format(moment=moment(each.received_at))
        card.heading.addWidget(PlainLabel(received, type="small", tone="muted"))
        card.body.addWidget(ElidedLabel(words.what(each), tone="muted"))
        old, new = Chip(words.due_words(each.old_due)), Chip(words.due_words(each.new_due), "info")
        days = row(
            PlainLabel(_("Hẹn cũ"), type="small"), old, 8, PlainLabel(_("Hẹn mới"), type="small"), new, None
        )
        card.body.addLayout(days)
        reason = PlainLabel(words.why(each.changes), type="small", wrap=True)
        change = Button(_("Đổi ngày hẹn và in lại phiếu"), clicked=partial(self._change, each))
        keep = Button(_("Giữ ngày cũ"), clicked=partial(self._keep, each))
        for button in (change, keep):
            button.setAccessibleName(f"{button.accessibleName()}: {each.dossier_code}")
        foot = row(reason, keep, change, spacing=10)
        foot.setStretchFactor(reason, 1)
        card.body.addLayout(foot)
        return card

    def _fail(self, text: str) -> None:
        self._none.say(_("Chưa tìm được"), text)
        self._stack.setCurrentIndex(1)
        self._bar.hide()

    def _change(self, each: AffectedPromise) -> None:
        self.presenter.change([each.dossier_id], str(self.reason.value()))

    def _keep(self, each: AffectedPromise) -> None:
        self.presenter.keep([each.dossier_id], str(self.reason.value()))

    def _change_all(self) -> None:
        """Ask once more: it prints a paper for each and cannot be taken back."""
        if not self._asked:
            self._asked = True
            count = len(self.presenter.affected)
            self.change_all.set_text(_("Bấm lần nữa để đổi {count} phiếu").format(count=count))
            return
        self._ask_again()
        ids = [each.dossier_id for each in self.presenter.affected]
        self.presenter.change(ids, str(self.reason.value()))

    def _ask_again(self) -> None:
        self._asked = False
        self.change_all.set_text(_("Đổi tất cả và in lại phiếu"))

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / LIST_NAME)
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), target, "PDF (*.pdf)")[0]
        if chosen:
            self.presenter.save_list(Path(chosen))

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.load()
