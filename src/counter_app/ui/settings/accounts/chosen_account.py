"""What can be done with the chosen account."""

from collections.abc import Callable

from counter_app.domain.clerks import Account, Role
from counter_app.i18n import _
from counter_app.ui.settings.accounts.account_table import state_words
from counter_app.ui.settings.accounts.add_account import role_field, role_note
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.accounts.presenter import AccountsPresenter, Made
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.text_field import TextField


class ChosenAccountForm(PanelForm):
    """Role and user name; a one-time password; closing and opening; unlocking is a form of its own.

    `made` gets what has a new one-time password, `unlock` the account to unlock.
    """

    def __init__(
        self,
        presenter: AccountsPresenter,
        *,
        changed: Callable[[], None],
        made: Callable[[Made], None],
        unlock: Callable[[Account], None],
    ) -> None:
        super().__init__("", "", _("Lưu"), self._save)
        self._presenter, self._changed, self._made = presenter, changed, made
        self._unlock = unlock
        self._account: Account | None = None
        self._sure = False
        self.username = TextField(_("Tên đăng nhập"), max_length=32)
        self.role = role_field(_("Vai trò"))
        self.ask(self.username)
        self.ask(self.role, role_note())
        self.reset = self.add_button(Button(_("Cấp mật khẩu dùng một lần"), clicked=self._reset))
        self.unlock = self.add_button(Button(_("Mở khóa…"), clicked=self._to_unlock))
        self.reopen = self.add_button(Button(_("Mở lại tài khoản"), clicked=self._reopen))
        self.close_it = self.add_button(Button(_("Đóng tài khoản"), variant="danger", clicked=self._close))

    def show_for(self, account: Account) -> None:
        """Show an account."""
        self._account, self._sure = account, False
        own = account.account_id == self._presenter.own_id
        self.message.say("")
        self.set_busy(busy=False)
        self.title.setText(f"{account.full_name} — {state_words(account)}")
        self.username.set_value(account.username)
        self.role.set_value(account.role.value)
        self.close_it.set_text(_("Đóng tài khoản"))
        self.reset.setVisible(not own and not account.closed)
        self.close_it.setVisible(not own and not account.closed)
        self.reopen.setVisible(account.closed)
        self.unlock.setVisible(account.locked and not account.closed and not own)
        for widget in (self.username, self.role, self.do):
            widget.setEnabled(not account.closed)

    def _save(self) -> None:
        if self._account is not None:
            self._presenter.change(
                self._account,
                username=str(self.username.value()),
                role=Role(str(self.role.value())),
                done=lambda _account: self._done(_("Đã lưu tài khoản.")),
                failed=self.refuse,
            )

    def _reset(self) -> None:
        if self._account is not None:
            self._presenter.reset(self._account, done=self._made, failed=self.refuse)

    def _to_unlock(self) -> None:
        if self._account is not None:
            self._unlock(self._account)

    def _reopen(self) -> None:
        if self._account is not None:
            self._presenter.reopen(self._account, done=self._made, failed=self.refuse)

    def _close(self) -> None:
        """Ask once more at the same place: a slip of the mouse must not put a colleague out."""
        if self._account is None:
            return
        if not self._sure:
            self._sure = True
            self.close_it.set_text(_("Bấm lần nữa để đóng"))
            self.message.say(
                _("Người này sẽ không đăng nhập được nữa. Tên trên giấy tờ và nhật ký vẫn giữ nguyên."),
                "warn",
            )
            return
        self._presenter.close(
            self._account, done=lambda _account: self._done(_("Đã đóng tài khoản.")), failed=self.refuse
        )

    def _done(self, words: str) -> None:
        self._presenter.say(words)
        self._changed()
