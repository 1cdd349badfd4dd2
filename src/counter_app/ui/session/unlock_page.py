"""Unlocking an account at the counter: two people, or one and the recovery sheet from the safe."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission, may
from counter_app.i18n import _
from counter_app.ui.session.cover_form import CoverForm
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.session.people_list import PersonHere
from counter_app.ui.session.words import role_words
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.services.accounts.unlock import Unlocker


class UnlockPage(CoverForm):
    """`entered` gets those who stand for it and the code of the sheet ("" for none)."""

    def __init__(
        self, entered: "Callable[[Sequence[Unlocker], str], None]", back: Callable[[], None]
    ) -> None:
        super().__init__(_("Mở khóa tài khoản"), _("Mở khóa"), self._submitted, back)
        self._entered = entered
        self.first, self.second = ComboField(_("Người thứ nhất"), ()), ComboField(_("Người thứ hai"), ())
        self.first_password = PasswordField(_("Mật khẩu của người thứ nhất"))
        self.second_password = PasswordField(_("Mật khẩu của người thứ hai"))
        self.code = TextField(_("Mã trên giấy khôi phục"), max_length=120)
        self.by_sheet = TickField(_("Dùng giấy khôi phục"), _("Thay người thứ hai bằng giấy khôi phục"))
        self.ask(self.first)
        self.ask(self.first_password)
        self.body.addWidget(self.by_sheet)
        self._of_second = (self.ask(self.second), self.ask(self.second_password))
        self._of_sheet = self.ask(self.code)
        self.by_sheet.toggled.connect(lambda _on: self._arrange())

    def begin_for(self, locked: PersonHere, people: Sequence[PersonHere]) -> None:
        """Ask for those who may stand for `locked`."""
        may_help = [each for each in people if each != locked and may(each.role, Permission.UNLOCK)]
        self.words.setText(
            _(
                "Tài khoản của {name} bị khóa vì gõ sai mật khẩu nhiều lần. Phụ trách bộ phận và quản trị, "
                "hai người cùng gõ mật khẩu của mình thì mở được. Mật khẩu của {name} vẫn như cũ."
            ).format(name=locked.full_name)
        )
        choices = [(each.username, f"{each.full_name} — {role_words(each.role)}") for each in may_help]
        for field, chosen in ((self.first, 0), (self.second, 1)):
            field.clear()
            for value, label in choices:
                field.addItem(label, value)
            field.setCurrentIndex(min(chosen, len(choices) - 1))
        self.by_sheet.set_value(len(choices) < 2)
        self._arrange()
        self.begin()
        if not choices:
            self.message.say(
                _(
                    "Không có ai khác được phép mở khóa. Người quản trị thì chọn “Quên mật khẩu?” "
                    "để dùng giấy khôi phục."
                )
            )
            self.go_on.setEnabled(False)

    def _arrange(self) -> None:
        by_sheet = bool(self.by_sheet.value())
        for line in self._of_second:
            line.setVisible(not by_sheet)
        self._of_sheet.setVisible(by_sheet)

    def _submitted(self) -> None:
        from counter_app.services.accounts.unlock import Unlocker

        by_sheet = bool(self.by_sheet.value())
        stand = [Unlocker(name=str(self.first.value()), password=self.first_password.value())]
        if not by_sheet:
            stand.append(Unlocker(name=str(self.second.value()), password=self.second_password.value()))
        self.set_busy(busy=True)
        self._entered(stand, str(self.code.value()) if by_sheet else "")
