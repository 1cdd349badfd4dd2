"""The recovery sheet: printed once before the first day of work, or reminded of until it is."""

from collections.abc import Callable

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import row


class SheetPage(FormPage):
    """Says what the sheet is for; `print_it` prints one."""

    def __init__(self, print_it: Callable[[], None]) -> None:
        super().__init__(
            _(
                "Dữ liệu trên máy được mã hóa bằng một khóa chỉ máy này giữ. Khi hỏng máy, cài lại máy tính "
                "hoặc quên mật khẩu quản trị, chỉ giấy khôi phục mở lại được dữ liệu."
            )
        )
        self.print_it = Button(_("In giấy khôi phục"), clicked=print_it)
        self.below.addLayout(row(self.print_it, None))
        self.said = WrapLabel(
            _("In xong: cho vào phong bì, niêm phong, ký ngoài bì, cất trong két; không để cạnh máy tính.")
        )
        self.below.addWidget(self.said)
        self.printed = False

    def say_printed(self) -> None:
        """The sheet is there."""
        self.printed = True
        self.print_it.set_text(_("In lại (tờ trước hết hiệu lực)"))

    def say_later(self) -> None:
        """There is no printer now; nobody need stop here for it."""
        self.said.setText(
            _(
                "Chưa in được thì cứ bắt đầu làm việc. "
                "Trong ngày, vào Cài đặt › Khóa dữ liệu để in hoặc chép tay."
            )
        )
