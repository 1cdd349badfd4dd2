"""Opening the data with the recovery sheet or the key's passphrase, where the machine lost the key."""

from collections.abc import Callable

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.widgets.layouts import Card
from counter_app.ui.widgets.tick_field import TickField

_CODE_WIDTH = 500


class RecoverCard(Card):
    """One field for both: what was typed or scanned tells which it is. `recover` gets it."""

    def __init__(self, recover: Callable[[str], None]) -> None:
        super().__init__()
        self._recover = recover
        self.form = PanelForm(
            _("Mở bằng giấy khôi phục"),
            _(
                "Lấy giấy khôi phục của quầy này trong két, quét mã QR hoặc gõ đủ 7 nhóm; "
                "hoặc gõ mật khẩu khóa của người quản trị. Khóa được cất lại vào máy này."
            ),
            _("Mở dữ liệu"),
            self._submit,
        )
        self.typed = PasswordField(_("Mã trên giấy, hoặc mật khẩu khóa"))
        self.typed.show_letters(shown=True)  # 35 letters cannot be typed blindly
        self.form.ask(self.typed, width=_CODE_WIDTH)
        self.typed.setMinimumWidth(_CODE_WIDTH)
        hidden = TickField(_("Ẩn chữ đang gõ"), _("Ẩn chữ đang gõ"))
        hidden.toggled.connect(lambda on: self.typed.show_letters(shown=not on))
        self.form.add_below(hidden)
        self.body.addWidget(self.form)

    def begin(self) -> None:
        """Ask anew."""
        self.form.begin()
        self.form.focus_first()

    def take_scan(self, data: str | bytes) -> None:
        """Use the QR of a sheet."""
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        self.typed.setText(text)
        self._submit()

    def refuse(self, error: KnownError) -> None:
        """Say what is wrong; what was typed stays to be compared with the sheet."""
        self.form.set_busy(busy=False)
        self.form.message.say(text_of(error), "bad")
        self.typed.setFocus()

    def _submit(self) -> None:
        if not self.typed.value().strip():
            self.typed.setFocus()
            return
        self.form.set_busy(busy=True)
        self.form.message.say("")
        self._recover(self.typed.value())
