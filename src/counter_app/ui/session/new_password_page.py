"""A new password in place of one that was given for one time."""

from collections.abc import Callable

from counter_app.i18n import _
from counter_app.ui.session.cover_form import CoverForm
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.session.strength_line import Judge, StrengthLine
from counter_app.ui.widgets.tick_field import TickField


class NewPasswordFields:
    """Two fields that must say the same, with the strength between; part of any `CoverForm`."""

    def __init__(self, form: CoverForm, judge: Judge) -> None:
        self.new = PasswordField(_("Mật khẩu mới"))
        self.again = PasswordField(_("Gõ lại mật khẩu mới"))
        self.strength = StrengthLine(self.new, judge)
        self.shown = TickField(_("Hiện mật khẩu"), _("Hiện mật khẩu"))
        self.lines = (form.ask(self.new, self.strength), form.ask(self.again))
        form.body.addWidget(self.shown)
        self.shown.toggled.connect(self._show_letters)

    @property
    def agree(self) -> bool:
        """Whether both say the same."""
        return self.new.value() == self.again.value()

    def hide_letters(self) -> None:
        """Show dots again."""
        self.shown.setChecked(False)

    def _show_letters(self, shown: bool) -> None:
        for field in (self.new, self.again):
            field.show_letters(shown=shown)


def not_the_same() -> str:
    """Return the words for two passwords that differ."""
    return _("Hai ô mật khẩu mới chưa giống nhau. Hãy gõ lại.")


class NewPasswordPage(CoverForm):
    """Asked before anything else: `entered` gets the new password."""

    def __init__(self, judge: Judge, entered: Callable[[str], None], back: Callable[[], None]) -> None:
        super().__init__(_("Đặt mật khẩu mới"), _("Lưu và vào làm việc"), self._submitted, back)
        self.words.setText(
            _("Mật khẩu vừa gõ chỉ dùng một lần. Hãy đặt mật khẩu của riêng mình; không ai khác được biết.")
        )
        self._entered = entered
        self.passwords = NewPasswordFields(self, judge)

    def begin(self) -> None:
        """Ask anew."""
        self.passwords.hide_letters()
        super().begin()

    def _submitted(self) -> None:
        if not self.passwords.agree:
            self.refuse(not_the_same())
            return
        self.set_busy(busy=True)
        self._entered(self.passwords.new.value())
