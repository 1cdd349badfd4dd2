"""Unlocking a colleague's account: one's own password, and a second person's or the recovery sheet's code."""

from collections.abc import Callable, Sequence

from counter_app.domain.clerks import Account, Permission, may
from counter_app.i18n import _
from counter_app.services.accounts.unlock import Unlocker
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.session.words import role_words
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.accounts.presenter import AccountsPresenter
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.text_field import TextField

_SHEET = ""


class UnlockForm(PanelForm):
    """`unlocked` gets the account; its password stays as it was."""

    def __init__(
        self, presenter: AccountsPresenter, unlocked: Callable[[Account], None], back: Callable[[], None]
    ) -> None:
        super().__init__("", "", _("Mở khóa"), self._unlock)
        self.words.show()
        self._presenter, self._unlocked = presenter, unlocked
        self._locked: Account | None = None
        self._own: Account | None = None
        self.own_password = PasswordField(_("Mật khẩu của tôi"))
        self.second = ComboField(_("Cùng với"), ())
        self.proof = PasswordField(_("Mật khẩu của người đó"))
        self.code = TextField(_("hoặc mã giấy khôi phục"), max_length=120)
        for field in (self.own_password, self.second, self.proof, self.code):
            self.ask(field)
        self.add_button(Button(_("Quay lại"), variant="quiet", clicked=back))
        self.second.edited.connect(self._arrange)

    def begin_for(self, locked: Account, accounts: Sequence[Account]) -> None:
        """Ask for those who may stand for `locked`."""
        self.begin()
        self._locked = locked
        self._own = next((each for each in accounts if each.account_id == self._presenter.own_id), None)
        self.title.setText(_("Mở khóa tài khoản của {name}").format(name=locked.full_name))
        self.words.setText(
            _(
                "Tài khoản bị khóa vì gõ sai mật khẩu nhiều lần. Hai người có trách nhiệm cùng gõ mật khẩu "
                "của mình, hoặc một người cùng mã trên giấy khôi phục. Mật khẩu của người bị khóa vẫn như cũ."
            )
        )
        self.second.clear()
        for each in accounts:
            if each not in (locked, self._own) and not each.closed and may(each.role, Permission.UNLOCK):
                self.second.addItem(f"{each.full_name} — {role_words(each.role)}", each.username)
        self.second.addItem(_("Giấy khôi phục"), _SHEET)
        self.second.setCurrentIndex(0)
        self._arrange()

    def _arrange(self) -> None:
        by_sheet = self.second.value() == _SHEET
        self.proof.setEnabled(not by_sheet)
        self.code.setEnabled(by_sheet)

    def _unlock(self) -> None:
        if self._locked is None or self._own is None:
            return
        people = [Unlocker(name=self._own.username, password=self.own_password.value())]
        by_sheet = self.second.value() == _SHEET
        if not by_sheet:
            people.append(Unlocker(name=str(self.second.value()), password=self.proof.value()))
        self.set_busy(busy=True)
        self._presenter.unlock(
            self._locked,
            people,
            str(self.code.value()) if by_sheet else "",
            done=self._unlocked,
            failed=self.refuse,
        )
