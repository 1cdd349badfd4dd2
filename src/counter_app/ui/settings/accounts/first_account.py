"""The first account of a counter where anybody could do anything so far."""

from collections.abc import Sequence

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.services.accounts.first_account import OldProof
from counter_app.services.accounts.manage import suggested_username
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.accounts.password_pair import PasswordPair
from counter_app.ui.settings.accounts.presenter import AccountsPresenter
from counter_app.ui.widgets.choice_field import ListField
from counter_app.ui.widgets.text_field import TextField


class FirstAccountForm(PanelForm):
    """An administrator's account; who sat here before is suggested. Afterwards everybody signs in."""

    def __init__(self, presenter: AccountsPresenter, names: Sequence[str], *, old_proof: bool) -> None:
        super().__init__(
            _("Tạo tài khoản quản trị đầu tiên"),
            _(
                "Máy chưa có tài khoản nên ai cũng làm được mọi việc. Tạo xong, mọi người phải đăng nhập; "
                "người quản trị thêm tài khoản cho từng cán bộ. Nhớ in giấy khôi phục và cất vào két."
            ),
            _("Tạo tài khoản"),
            self._make,
        )
        self._presenter = presenter
        self.full_name = ListField(_("Họ tên người quản trị"), names, free=True)
        self.username = TextField(_("Tên đăng nhập"), max_length=32)
        self.old = PasswordField(_("Mật khẩu quản trị đã đặt"), self)
        self.code = TextField(_("hoặc mã trên giấy khôi phục"), max_length=120, parent=self)
        self.old.setVisible(old_proof)
        self.code.setVisible(old_proof)
        self.ask(self.full_name)
        self.ask(self.username, _("Chữ thường không dấu, chữ số. Dùng khi đăng nhập, không in ra giấy."))
        self.pair = PasswordPair(self, presenter.judge_for(self._names))
        if old_proof:
            self.ask(self.old, _("Mật khẩu đặt lúc thiết lập máy lần đầu."))
            self.ask(self.code)
        self._suggested = ""
        self.full_name.edited.connect(self._suggest)
        if names:
            self.full_name.set_value(names[0])
            self._suggest()

    def _suggest(self) -> None:
        if self.username.value() in ("", self._suggested):
            self._suggested = suggested_username(str(self.full_name.value()))
            self.username.set_value(self._suggested)

    def _names(self) -> tuple[str, ...]:
        return str(self.full_name.value()), str(self.username.value())

    def _make(self) -> None:
        password = self.pair.agreed()
        if password is None:
            return
        self.set_busy(busy=True)
        self._presenter.make_first(
            username=str(self.username.value()),
            full_name=str(self.full_name.value()),
            password=password,
            proof=OldProof(old_password=self.old.value(), recovery_code=str(self.code.value())),
            failed=self._failed,
        )

    def _failed(self, error: KnownError) -> None:
        self.refuse(error)
        self.focus_first()
