"""An error nobody foresaw: the data is safe, the work goes on, the log knows more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from counter_app.i18n import _
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from counter_app.services.support.incidents_port import Incidents
    from counter_app.ui.main_window import MainWindow


class CrashDialog(QDialog):
    """Says what is safe; shows the kind of the error only, never the data it met."""

    def __init__(self, window: "MainWindow", error: Exception) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Chương trình gặp lỗi"))
        text = _(
            "Dữ liệu đã được giữ an toàn: mọi hồ sơ đã tiếp nhận và bản nháp vẫn còn nguyên.\n"
            "Thao tác vừa rồi có thể chưa xong; hãy kiểm tra rồi làm lại. Nếu lỗi lặp lại, khởi động lại "
            "chương trình và báo cho người hỗ trợ mã lỗi dưới đây."
        )
        words = PlainLabel(text, wrap=True)
        words.setMinimumWidth(460)
        code = PlainLabel(
            f"{type(error).__name__} · {_place(error)}", type="caption", tone="muted", selectable=True
        )
        go_on = primary_button(_("Tiếp tục làm việc"), clicked=self.accept)
        help_ = Button(_("Gói hỗ trợ…"), variant="quiet", clicked=self._show_support)
        anew = Button(_("Khởi động lại"), clicked=self._restart)
        help_.setEnabled(window.live is not None)
        self.setLayout(
            column(
                PlainLabel(_("Chương trình gặp lỗi"), type="title"),
                words,
                code,
                row(help_, None, anew, go_on, spacing=10),
                margins=(20, 18, 20, 18),
                spacing=12,
            )
        )
        go_on.setFocus()

    def _show_support(self) -> None:
        self.accept()
        self._window.open_screen("settings", page="support")

    def _restart(self) -> None:
        self.accept()
        self._window.restart_wanted = True
        self._window.close()


def show_crash(window: "MainWindow", error: Exception, incidents: "Incidents | None" = None) -> None:
    """Keep what happened and open the dialog without blocking; one at a time."""
    if incidents is not None:
        incidents.record(error)
    if not window.findChildren(CrashDialog):
        CrashDialog(window, error).open()


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    code = trace.tb_frame.f_code
    return f"{code.co_filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{trace.tb_lineno}"
