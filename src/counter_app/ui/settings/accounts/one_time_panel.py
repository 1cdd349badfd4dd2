"""A one-time password, shown once and large, to be copied by hand."""

from collections.abc import Callable

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame

from counter_app.i18n import _
from counter_app.services.accounts.sign_in import ONE_TIME_PASSWORD_LIVES
from counter_app.ui.settings.accounts.presenter import Made
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row


class OneTimePanel(QFrame):
    """Forgets the password as soon as it is no more on the screen; nothing copies it."""

    def __init__(self, over: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("frame", "info")
        self.title = PlainLabel(type="section", wrap=True)
        self.password = PlainLabel(type="display")
        self.words = PlainLabel(tone="muted", wrap=True)
        self.over = Button(_("Đã chép xong"), clicked=over)
        self.setLayout(
            column(
                self.title,
                self.password,
                self.words,
                row(self.over, None),
                margins=(14, 12, 14, 12),
                spacing=10,
            )
        )

    def show_for(self, made: Made) -> None:
        """Show the password of an account."""
        account, one_time = made
        self.title.setText(_("Mật khẩu dùng một lần của {name}").format(name=account.full_name))
        self.password.setText(one_time)
        self.words.setText(
            _(
                "Hãy chép ra giấy và đưa tận tay: mật khẩu này chỉ hiện một lần, chương trình không giữ lại. "
                "Tên đăng nhập: {user}. Dùng được trong {days} ngày; "
                "lần đầu đăng nhập phải đặt mật khẩu riêng."
            ).format(user=account.username, days=ONE_TIME_PASSWORD_LIVES.days)
        )
        self.over.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Forget it, also when the window is covered."""
        super().hideEvent(event)
        self.password.setText("")
