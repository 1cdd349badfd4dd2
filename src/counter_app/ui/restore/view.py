"""The guided restore: which file, its key where this machine lacks it, what it holds, and then the act.

`RestoreView` stands in place of everything else. ``leave`` is called when nothing was done, ``restart``
when the program must start anew: the data it had open was closed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.backup.backup_port import SUFFIX
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.restore.presenter import RestorePresenter
from counter_app.ui.restore.words import content_words, done_words, report_words, saved_words
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, column, row
from counter_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.services.backup.backup_port import BackupManifest, PreparedRestore
    from counter_app.services.backup.restore import Restored
    from counter_app.services.backup.salvage import Salvaged, SavedData
    from counter_app.services.desk import Desk
    from counter_app.ui.operations import Operations

_WIDTH = 780
_CODE_WIDTH = 500


class RestoreView(QWidget):
    """One card, one question at a time; nothing of the present data changes before the last button.

    Args:
        desk: Its backups, clock and ids; its store is closed before anything is unpacked.
        operations: Where the work runs; beside everything else.
        leave: Called by "not now" as long as nothing was closed.
        restart: Starts the program anew.
        damaged: Offer to save what can be read of the present data too.
    """

    def __init__(
        self,
        desk: "Desk",
        operations: "Operations",
        *,
        leave: Callable[[], None],
        restart: Callable[[], None],
        damaged: bool = False,
    ) -> None:
        super().__init__()
        self.presenter = RestorePresenter(desk, operations)
        self._leave = leave
        self._restart = restart
        self._saving = False
        self.file_form = self._ask_file(damaged=damaged)
        self.key_form = self._ask_key()
        self.confirm_form = self._ask_confirmation()
        self.done_form = PanelForm(_("Xong"), "", _("Khởi động lại chương trình"), restart)
        self.outcome = WrapLabel(selectable=True)
        _under_title(self.done_form, self.outcome)
        self._steps = QStackedWidget()
        for form in (self.file_form, self.key_form, self.confirm_form, self.done_form):
            box = form.layout()
            if isinstance(box, QVBoxLayout):
                box.addStretch(1)  # a short form stands at the top of the card
            self._steps.addWidget(form)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Đang làm"))
        self.busy.hide()
        self.give_up = Button(_("Thôi, không khôi phục"), key="Esc", clicked=self.leave)
        card = Card()
        card.body.addWidget(self._steps)
        card.body.addWidget(self.busy)
        card.setFixedWidth(_WIDTH)
        words = _(
            "Dữ liệu đang có chỉ được để riêng sang thư mục khác, không bị xóa. "
            "Mọi thứ được kiểm tra xong rồi mới thay."
        )
        title = PlainLabel(_("Khôi phục từ bản sao lưu"), type="title")
        inner = QWidget()
        inner.setLayout(
            column(
                title,
                PlainLabel(words, tone="muted", wrap=True),
                row(card, None),
                row(self.give_up, None),
                None,
                margins=(40, 32, 40, 24),
                spacing=14,
            )
        )
        self.setLayout(column(Scroll(inner)))
        self._go(self.file_form)

    def leave(self) -> None:
        """Stop here: back to where one came from, or a new start when the data was closed."""
        self.presenter.give_up()
        if self.presenter.touched:
            self._restart()
        else:
            self._leave()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's own shortcut, which knows the screens only."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter presses the button the keyboard is at; Esc leaves while that is possible."""
        at = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(at, Button):
            if not event.isAutoRepeat():
                at.click()
        elif event.key() == Qt.Key.Key_Escape and self.give_up.isVisible() and self.give_up.isEnabled():
            self.leave()
        else:
            super().keyPressEvent(event)

    def take_scan(self, data: str | bytes) -> None:
        """Use the QR of a recovery sheet or of a slip where one is asked for."""
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        if self._steps.currentWidget() is self.key_form:
            self.typed.setText(text)
            self._check()
        elif self._steps.currentWidget() is self.confirm_form:
            self.slip.setText(text)

    def take_file(self, file: Path) -> None:
        """Look at a chosen file."""
        self._set_busy(self.file_form, busy=True)
        self.presenter.look(file, self._looked, self._refusal(self.file_form))

    def _ask_file(self, *, damaged: bool) -> PanelForm:
        form = PanelForm(
            _("1. Chọn tệp sao lưu"),
            _("Tệp có đuôi {suffix}, trên USB, ổ đĩa khác, hoặc trong thư mục backups của dữ liệu.").format(
                suffix=SUFFIX
            ),
            _("Chọn tệp…"),
            self._choose,
        )
        self.salvage = form.add_button(Button(_("Không có: cứu phần còn đọc được"), clicked=self._save_rest))
        self.salvage.setVisible(damaged)
        return form

    def _ask_key(self) -> PanelForm:
        form = PanelForm(
            _("2. Mở khóa bản sao lưu"),
            _(
                "Máy này chưa có khóa của bản sao lưu. Lấy giấy khôi phục trong két, quét mã QR hoặc gõ "
                "đủ các nhóm; hoặc gõ mật khẩu khóa của thời đó."
            ),
            _("Kiểm tra bản sao lưu"),
            self._check,
        )
        self.typed = PasswordField(_("Mã trên giấy, hoặc mật khẩu khóa"))
        self.typed.show_letters(shown=True)  # 35 letters cannot be typed blindly
        form.ask(self.typed, width=_CODE_WIDTH)
        return form

    def _ask_confirmation(self) -> PanelForm:
        form = PanelForm(_("3. Khôi phục"), "", _("Khôi phục"), self._do)
        self.content = WrapLabel(selectable=True)
        _under_title(form, self.content)
        self.slip = TextField(_("Mã trên giấy hẹn cuối cùng hôm nay (nếu có)"), max_length=80)
        form.ask(
            self.slip,
            _("Quét hoặc gõ, để chắc chắn không cấp lại số. Không có giấy thì bỏ trống."),
        )
        return form

    def _choose(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        places = str(self.presenter.own_folder or home)
        kinds = f"{_('Bản sao lưu')} (*{SUFFIX})"
        chosen = QFileDialog.getOpenFileName(self, _("Chọn tệp sao lưu"), places, kinds)[0]
        if chosen:
            self.take_file(Path(chosen))

    def _looked(self, manifest: "BackupManifest", own_key: bool) -> None:
        self._set_busy(self.file_form, busy=False)
        self.content.setText(content_words(manifest))
        if own_key:
            self._set_busy(self.file_form, busy=True)
            self._prepare("", self.file_form)
        else:
            self._go(self.key_form)

    def _check(self) -> None:
        if self.typed.value().strip():
            self._prepare(self.typed.value(), self.key_form)
        else:
            self.typed.setFocus()

    def _prepare(self, typed: str, form: PanelForm) -> None:
        self._set_busy(form, busy=True)

        def done(prepared: "PreparedRestore") -> None:
            self._set_busy(form, busy=False)
            missing = prepared.scans_missing
            if missing:
                words = _("{count} tệp quét không tìm thấy; phần còn lại đủ.").format(count=missing)
                self.confirm_form.message.say(words, "warn")
            self._go(self.confirm_form)

        self.presenter.prepare(typed, done, self._refusal(form))

    def _save_rest(self) -> None:
        self._saving = True
        self._set_busy(self.file_form, busy=True)

        def done(saved: "SavedData") -> None:
            self._set_busy(self.file_form, busy=False)
            self.content.setText(report_words(saved.report))
            self.confirm_form.title.setText(_("2. Dùng phần đã cứu được"))
            self.confirm_form.do.set_text(_("Dùng dữ liệu này"))
            self._go(self.confirm_form)

        self.presenter.save_what_is_left(done, self._refusal(self.file_form))

    def _do(self) -> None:
        self._set_busy(self.confirm_form, busy=True)
        slip, failed = str(self.slip.value()), self._refusal(self.file_form)
        if self._saving:
            self.presenter.go_on(slip, self._saved, failed)
        else:
            self.presenter.put_in_place(slip, self._restored, self._not_put_in_place)

    def _not_put_in_place(self, error: "KnownError") -> None:
        """Ask for the slip again where only that was wrong; what the refusal threw away is unpacked anew."""
        refuse = self._refusal(self.file_form)
        if not isinstance(error, BadInput):
            refuse(error)
            return

        def ready(_prepared: "PreparedRestore") -> None:
            self._set_busy(self.confirm_form, busy=False)
            self.confirm_form.refuse(error)
            self.slip.setFocus()
            self.slip.selectAll()

        self.presenter.prepare_again(ready, refuse)

    def _restored(self, done: "Restored") -> None:
        self._finish(done_words(done))

    def _saved(self, done: "Salvaged") -> None:
        self._finish(saved_words(done))

    def _finish(self, words: str) -> None:
        self._set_busy(self.confirm_form, busy=False)
        self.outcome.setText(words)
        self.give_up.hide()
        self._go(self.done_form)

    def _refusal(self, form: PanelForm) -> "Callable[[KnownError], None]":
        def refuse(error: "KnownError") -> None:
            self._saving = False
            self._set_busy(form, busy=False)
            self._set_busy(self.confirm_form, busy=False)
            self._go(form)
            if form is self.key_form:  # what was typed stays, to be compared with the sheet
                form.message.say(text_of(error), "bad")
                self.typed.setFocus()
            else:
                form.refuse(error)

        return refuse

    def _set_busy(self, form: PanelForm, *, busy: bool) -> None:
        form.set_busy(busy=busy)
        self.salvage.setEnabled(not busy)
        self.busy.setVisible(busy)
        self.give_up.setEnabled(not busy)
        if busy:
            form.message.say("")

    def _go(self, form: PanelForm) -> None:
        self._steps.setCurrentWidget(form)
        form.focus_first()


def _under_title(form: PanelForm, words: QWidget) -> None:
    """Put words over the whole width under the title of a form."""
    box = form.layout()
    if isinstance(box, QVBoxLayout):
        box.insertWidget(2, words)
