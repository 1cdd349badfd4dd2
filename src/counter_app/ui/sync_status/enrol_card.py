"""Connecting the counter: what it is for, and the two things the administrator gave."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.text_field import TextField

Enrol = Callable[[str, str, Callable[[], None], Callable[[str], None]], None]


class EnrolCard(Card):
    """Asks for the server's address and a one-time code; `enrol` gets both and where to report.

    With ``beside`` it stands on a screen that has its primary button already.
    """

    def __init__(self, enrol: Enrol, *, beside: bool = False) -> None:
        super().__init__(_("Nối quầy này với máy chủ"))
        self._enrol = enrol
        self.body.addWidget(
            WrapLabel(
                _(
                    "Khi đã nối, hồ sơ của quầy tự lên máy chủ, các quầy trong đơn vị thấy hồ sơ của nhau, "
                    "và dữ liệu thủ tục mới tự về. Mất mạng vẫn làm việc bình thường. "
                    "Quản trị viên của tỉnh cấp địa chỉ và mã đăng ký."
                ),
                tone="muted",
            )
        )
        self.address = TextField(_("Địa chỉ máy chủ"), placeholder="https://…", max_length=200)
        self.code = TextField(
            _("Mã đăng ký (dùng một lần)"), placeholder=_("Ghi trên giấy cấp mã"), max_length=64
        )
        for field in (self.address, self.code):
            field.edited.connect(self._edited)
            self.body.addLayout(column(WrapLabel(field.accessibleName(), type="small"), field, spacing=2))
        self.address.accepted.connect(self.code.setFocus)
        self.code.accepted.connect(self.submit)
        self.problem = WrapLabel(tone="bad", selectable=True)
        self.problem.hide()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Đang nối máy chủ"))
        self.busy.hide()
        self.connect_now = Button(_("Nối máy chủ"), variant="" if beside else "primary", clicked=self.submit)
        for each in (self.problem, self.busy):
            self.body.addWidget(each)
        self.body.addLayout(row(None, self.connect_now))

    def submit(self) -> None:
        """Ask the server; both fields are needed."""
        for field in (self.address, self.code):
            field.commit()
            if not field.value():
                field.set_state("error")
                field.setFocus()
                return
        self._wait(True)
        self._enrol(str(self.address.value()), str(self.code.value()), self._done, self._failed)

    def _done(self) -> None:
        self._wait(False)
        self.code.clear()

    def _failed(self, text: str) -> None:
        self._wait(False)
        self.problem.setText(text)
        self.problem.show()
        self.code.setFocus()
        self.code.selectAll()

    def _wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        self.problem.hide()
        for each in (self.connect_now, self.address, self.code):
            each.setEnabled(not waiting)

    def _edited(self) -> None:
        self.problem.hide()
        for field in (self.address, self.code):
            field.set_state("")
