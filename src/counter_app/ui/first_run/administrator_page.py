"""Who looks after the counter: the first account, an administrator's."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.services.accounts.manage import suggested_username
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.session.strength_line import Judge, StrengthLine
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField


class AdministratorPage(FormPage):
    """User name and password of whoever was named on the page before.

    Args:
        judge: Tells while it is typed whether a password will do.
        named: Returns the full name given before.
    """

    def __init__(self, judge: Judge, named: Callable[[], str]) -> None:
        super().__init__(
            _(
                "Người thiết lập là quản trị: tạo tài khoản cho cán bộ khác, sao lưu, giữ giấy khôi phục. "
                "Mật khẩu không ai đọc lại được, kể cả bộ phận hỗ trợ."
            )
        )
        self._named = named
        self._suggested = ""
        self.username = TextField(_("Tên đăng nhập"), max_length=40)
        self.password = PasswordField(_("Mật khẩu"))
        self.again = PasswordField(_("Gõ lại mật khẩu"))
        self.strength = StrengthLine(self.password, judge)
        self.shown = TickField(_("Hiện mật khẩu"), _("Hiện mật khẩu"))
        self.add(_("Tên đăng nhập"), self.username)
        self.add(_("Mật khẩu"), self.password)
        self.add("", self.strength)
        self.add(_("Gõ lại mật khẩu"), self.again)
        self.add("", self.shown)
        self.fields = [self.username, self.password, self.again, self.shown]
        self.shown.toggled.connect(self._show_letters)

    def begin(self) -> None:
        """Suggest a user name from the full name, unless one was typed."""
        if self.username.text() in ("", self._suggested):
            self._suggested = suggested_username(self._named())
            self.username.setText(self._suggested)

    @property
    def first_to_fill(self) -> QWidget:
        """The field to begin in: a password typed blindly must not land in the user name."""
        return self.password if self.username.text() else self.username

    @property
    def agree(self) -> bool:
        """Whether both passwords say the same."""
        return self.password.value() == self.again.value()

    def forget(self) -> None:
        """Leave no password in a field that is no longer needed."""
        for field in (self.password, self.again):
            field.clear()

    def _show_letters(self, shown: bool) -> None:
        for field in (self.password, self.again):
            field.show_letters(shown=shown)
