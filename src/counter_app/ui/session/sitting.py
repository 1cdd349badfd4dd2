"""Whose window it is: covers it, and lets one clerk after the other sit down at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from counter_app.i18n import _, moment
from counter_app.ui.session.acts import CameIn, SessionActs
from counter_app.ui.session.clipboard import clear_ids
from counter_app.ui.session.cover import Cover
from counter_app.ui.session.cover_guard import CoverGuard
from counter_app.ui.session.flow import CoverFlow
from counter_app.ui.session.idle_watch import LONGEST_S, WARN_S, IdleWatch
from counter_app.ui.session.words import welcome_words
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.window_keys import put_cards_away
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.ui.main_window import MainWindow


class Sitting(QObject):
    """Between `cover` and the right password nothing of the window can be seen, typed into or clicked."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.acts = SessionActs(desk, window.operations)
        self.cover = Cover(window)
        self.flow = CoverFlow(
            self.cover,
            self.acts,
            may_leave=self._why_not_leave,
            came_in=self._came_in,
            unlocked=self._unlocked,
        )
        self.guard = CoverGuard(self.cover, self.flow.take_keyboard)
        self.idle = IdleWatch(
            warn=self._warn, used=self._used, over=self._idle, too_long=self._too_long, parent=self
        )
        self._before: QWidget | None = None
        self._warning: Notice | None = None
        self._anybody = False  # has signed in since the start
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._state_changed)

    @property
    def covered(self) -> bool:
        """Whether the cover lies over the window."""
        return not self.cover.isHidden()

    # --- Covering

    def ask(self) -> None:
        """Cover the window until somebody signs in: at the start, after a shift."""
        self._cover()
        self.flow.begin()

    def wait_for_data(self) -> None:
        """Cover the window before the data is open; `ask` when it is."""
        self._cover()
        self.flow.sign_in.say_opening()

    def lock(self, *, switching: bool = False) -> None:
        """Cover the window of the one at the desk; what is half done is saved and stays as it is."""
        if self._window.restoring:
            return  # no citizen is shown there, and the passwords may be put away already
        if self._desk.session.present is None:
            self._say_no_accounts()
            return
        if not self.covered:
            self._save_half_done()
            self._cover()
            self.acts.lock()
        self.flow.begin(switching=switching)

    def end_shift(self) -> None:
        """Sign out: the drafts stay, the screens of this person go."""
        present = self._desk.session.present
        if present is None or self._window.restoring:
            return
        self._save_half_done()
        self._cover()
        self._window.drop_seat(present.account_id)

        def over() -> None:
            self.flow.begin()
            QTimer.singleShot(0, self, self._window.get_seat_ready)

        self.acts.leave(shift_over=True, done=over)

    def close(self) -> None:
        """Sign out with the window."""
        self.idle.stop()
        self.guard.end(same_person=False)
        if self._desk.session.present is not None and not self._window.restoring:
            self.acts.leave(shift_over=False)

    def step_aside(self) -> None:
        """Uncover the window where there is nothing to protect: no accounts, or no data at all."""
        if self.covered:
            self._uncover(same_person=False)

    def take_scan(self, data: str | bytes) -> None:
        """Use a scan made meanwhile where a code is asked; else say that it was not lost in silence."""
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        if not self.flow.take_scan(text):
            self.cover.foot.say(_("Khóa màn hình: hãy mở khóa rồi quét lại."), "warn")

    def settings_changed(self) -> None:
        """Watch by the minutes that are set, as soon as somebody is there."""
        if self._desk.session.present is not None:
            self.idle.begin(self._desk.settings.idle_lock_minutes)

    def _save_half_done(self) -> None:
        commit_composition()
        screen = self._window.current_screen()
        if screen is not None:
            screen.covered()

    def _cover(self) -> None:
        if self.covered:
            return
        put_cards_away(self._window)
        self._before = self._window.focusWidget()
        self.cover.cover()
        self.guard.begin()
        self.flow.take_keyboard()
        self._window.set_covered(covered=True)
        clear_ids()

    def _uncover(self, *, same_person: bool) -> None:
        before, self._before = self._before, None
        self._window.set_covered(covered=False)
        self.guard.end(same_person=same_person)
        if same_person and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)  # as after a menu: the caret stays
        self.cover.hide()
        self.idle.note()

    # --- Letting in

    def _unlocked(self) -> None:
        self.idle.proven()
        self._uncover(same_person=True)
        self._window.operations.data_changed.emit()  # hidden screens did not look

    def _came_in(self, came: CameIn) -> None:
        present = came.signed_in
        self._uncover(same_person=False)
        live = self._window.live
        if live is not None and self._anybody:
            live.messages.hide()  # it was meant for somebody else
        self._anybody = True
        self.idle.proven()
        self._window.take_seat(present.account_id)
        self.settings_changed()
        self._window.operations.data_changed.emit()
        welcome = self._welcome(came)
        if live is None or live.messages.notice is None or welcome.tone != "info":
            self._window.notify(welcome)

    def begin_work(self) -> None:
        """Seat whoever was signed in without the cover: the administrator who just set the counter up."""
        present = self._desk.session.present
        if present is not None:
            self._anybody = True
            self.idle.proven()
            self._window.take_seat(present.account_id)
            self.settings_changed()

    def _welcome(self, came: CameIn) -> Notice:
        present = came.signed_in
        text = welcome_words(present.full_name, present.last_in_at, present.failures)
        if came.sheet_uses:
            use = came.sheet_uses[0]
            text += " " + _("Giấy khôi phục đã được dùng để đặt lại mật khẩu của {name} lúc {time}.").format(
                name=use.full_name, time=moment(use.at)
            )
        return Notice(text=text, tone="warn" if present.failures or came.sheet_uses else "info")

    def _why_not_leave(self) -> str:
        """Say why nobody else may sit down yet: what is half done must be safe first."""
        screen = self._window.current_screen()
        unsaved = "" if screen is None else screen.unsaved()
        if unsaved and screen is not None:
            screen.covered()  # try again; the next Enter finds it saved
        return unsaved

    # --- Nobody there

    def _warn(self) -> None:
        if not self.covered:
            words = _("Không ai dùng máy: màn hình sẽ khóa sau {n} giây. Bấm phím bất kỳ để làm tiếp.")
            self._warning = Notice(text=words.format(n=WARN_S), tone="warn")
            self._window.notify(self._warning)

    def _used(self) -> None:
        live = self._window.live
        if live is not None and self._warning is not None and live.messages.notice is self._warning:
            live.messages.hide()
        self._warning = None

    def _idle(self) -> None:
        self._used()
        if self.covered:
            self.flow.forget_passwords()
        elif self._desk.session.present is not None:
            self.lock()

    def _too_long(self) -> None:
        if self._desk.session.present is not None and not self.covered:
            self.lock()
            words = _("Đã {n} giờ từ lần nhập mật khẩu trước: xin nhập lại. Việc đang làm còn nguyên.")
            self.cover.foot.say(words.format(n=int(LONGEST_S) // 3600), "info")

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended and not self.covered:
            self._idle()

    def _say_no_accounts(self) -> None:
        words = _("Máy này chưa có tài khoản nên chưa khóa được. Quản trị tạo tài khoản trong Cài đặt.")
        self._window.notify(
            Notice(
                text=words,
                label=_("Mở Cài đặt"),
                action=lambda: self._window.open_screen("settings", page="accounts"),
            )
        )
