"""A new account: the name papers will bear, the name to sign in with, what they may do."""

from collections.abc import Callable, Sequence

from counter_app.domain.clerks import Role
from counter_app.i18n import _
from counter_app.services.accounts.manage import suggested_username
from counter_app.ui.session.words import role_words
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.accounts.presenter import AccountsPresenter, Made
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import ComboField, ListField
from counter_app.ui.widgets.text_field import TextField


def role_field(name: str) -> ComboField:
    """Return the choice of what somebody may do."""
    return ComboField(name, [(role.value, role_words(role)) for role in Role])


def role_note() -> str:
    """Return what each role may do."""
    return _(
        "Người xem: chỉ tra cứu. Cán bộ: tiếp nhận, trả kết quả, xuất báo cáo. "
        "Phụ trách: thêm hủy phiếu thu, mở lại ngày, gộp người, dữ liệu cá nhân, nhật ký. "
        "Quản trị: thêm cài đặt, tài khoản, sao lưu, khóa."
    )


class AddAccountForm(PanelForm):
    """`made` gets the account and the one-time password."""

    def __init__(
        self,
        presenter: AccountsPresenter,
        names: Sequence[str],
        made: Callable[[Made], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__(
            _("Thêm tài khoản"),
            _("Chương trình đặt một mật khẩu dùng một lần để đưa tận tay người này."),
            _("Tạo tài khoản"),
            self._make,
        )
        self._presenter, self._made = presenter, made
        self.full_name = ListField(_("Họ tên"), names, free=True)
        self.username = TextField(_("Tên đăng nhập"), max_length=32)
        self.role = role_field(_("Vai trò"))
        self.ask(self.full_name, _("In trên giấy tờ ở chỗ ký; về sau không đổi được."))
        self.ask(self.username, _("Chữ thường không dấu, chữ số."))
        self.ask(self.role, role_note())
        self.role.set_value(Role.CLERK.value)
        self.add_button(Button(_("Quay lại"), variant="quiet", clicked=back))
        self._suggested = ""
        self.full_name.edited.connect(self._suggest)

    def begin(self) -> None:
        """Ask anew."""
        super().begin()
        self.full_name.set_value("")
        self.role.set_value(Role.CLERK.value)
        self._suggested = ""

    def _suggest(self) -> None:
        if self.username.value() in ("", self._suggested):
            self._suggested = suggested_username(str(self.full_name.value()))
            self.username.set_value(self._suggested)

    def _make(self) -> None:
        self.set_busy(busy=True)
        self._presenter.make(
            str(self.username.value()),
            str(self.full_name.value()),
            Role(str(self.role.value())),
            done=self._made,
            failed=self.refuse,
        )
