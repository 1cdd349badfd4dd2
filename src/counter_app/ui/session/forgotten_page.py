"""A forgotten password: who sets a new one, and the sheet in the safe when nobody else can."""

from collections.abc import Callable, Sequence

from counter_app.domain.clerks import Role
from counter_app.i18n import _
from counter_app.ui.session.cover_form import CoverForm
from counter_app.ui.session.new_password_page import NewPasswordFields, not_the_same
from counter_app.ui.session.people_list import PersonHere
from counter_app.ui.session.strength_line import Judge
from counter_app.ui.widgets.text_field import TextField


class ForgottenPage(CoverForm):
    """`entered` gets the code of the recovery sheet and the new password of an administrator."""

    def __init__(self, judge: Judge, entered: Callable[[str, str], None], back: Callable[[], None]) -> None:
        super().__init__(_("Quên mật khẩu"), _("Đặt mật khẩu mới"), self._submitted, back)
        self._entered = entered
        self.code = TextField(_("Mã trên giấy khôi phục"), max_length=120)
        code_line = self.ask(self.code)
        self.passwords = NewPasswordFields(self, judge)
        self._of_sheet = (code_line, *self.passwords.lines, self.passwords.shown)

    def begin_for(self, person: PersonHere, people: Sequence[PersonHere]) -> None:
        """Say the way for this person."""
        others = [each.full_name for each in people if each.role is Role.ADMINISTRATOR and each != person]
        by_sheet = person.role is Role.ADMINISTRATOR
        words = []
        if others:
            words.append(
                _(
                    "Hãy nhờ người quản trị ({names}) mở Cài đặt › Tài khoản, bấm Cấp mật khẩu dùng một lần. "
                    "Đăng nhập bằng mật khẩu được trao rồi đặt mật khẩu của riêng mình."
                ).format(names=", ".join(others))
            )
        if by_sheet:
            words.append(
                _(
                    "Người quản trị có thể tự đặt lại bằng giấy khôi phục niêm phong trong két của đơn vị. "
                    "Việc này được ghi nhật ký và báo cho mọi người đăng nhập sau đó."
                )
            )
        elif not others:
            words.append(_("Chưa có người quản trị nào đang hoạt động. Hãy báo bộ phận hỗ trợ."))
        self.words.setText("\n\n".join(words))
        for widget in self._of_sheet:
            widget.setVisible(by_sheet)
        self.go_on.setVisible(by_sheet)
        self.passwords.hide_letters()
        self.begin()

    def _submitted(self) -> None:
        if not str(self.code.value()):
            self.refuse(_("Hãy gõ hoặc quét mã trên giấy khôi phục."))
        elif not self.passwords.agree:
            self.refuse(not_the_same())
        else:
            self.set_busy(busy=True)
            self._entered(str(self.code.value()), self.passwords.new.value())
