"""What the window shows until the data is open, and when it cannot be opened."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row


class StartPage(QWidget):
    """A calm line in the middle; on a problem the reason, what to do and a button."""

    def __init__(self) -> None:
        super().__init__()
        self._title = PlainLabel(_("Đang mở dữ liệu…"), type="title")
        self._text = PlainLabel("", wrap=True)
        self._retry = Button(_("Thử lại"), variant="primary", clicked=self.try_again)
        self._again_act: Callable[[], None] | None = None
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setFixedWidth(560)
        self._text.hide()
        self._retry.hide()
        lines = (row(None, self._text, None), row(None, self._retry, None))
        self.setLayout(column(None, self._title, *lines, None, None, spacing=14))

    def on_retry(self, act: Callable[[], None]) -> None:
        """Tell what "try again" does."""
        self._again_act = act

    def show_problem(self, text: str) -> None:
        """Say why the data cannot be opened; nothing was changed or lost."""
        self._title.setText(_("Chưa mở được dữ liệu"))
        self._text.setText(text + "\n" + _("Dữ liệu vẫn được giữ nguyên, chưa thay đổi gì."))
        self._text.show()
        self._retry.setVisible(self._again_act is not None)

    def try_again(self) -> None:
        """Do what `on_retry` was told."""
        self._title.setText(_("Đang mở dữ liệu…"))
        self._text.hide()
        self._retry.hide()
        if self._again_act is not None:
            self._again_act()
