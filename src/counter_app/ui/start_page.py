"""What the window shows until the data is open, and when it cannot be opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.properties import restyle

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.ui.recover_card import RecoverCard

_WIDTH = 560
_CARD_WIDTH = 780


class StartPage(QWidget):
    """A calm line in the middle; on a problem the reason, what to do and a button.

    Where the machine has lost the key of the data, a card asks for the recovery sheet too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = PlainLabel(_("Đang mở dữ liệu…"), type="title")
        self._text = PlainLabel("", wrap=True)
        self._retry = Button(_("Thử lại"), variant="primary", clicked=self.try_again)
        self._again_act: Callable[[], None] | None = None
        self._recover_act: Callable[[str], None] | None = None
        self._restore_act: Callable[[], None] | None = None
        self._restore = Button(_("Khôi phục từ bản sao lưu…"), clicked=self._open_restore)
        self._restore.hide()
        self.recover_card: RecoverCard | None = None
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setFixedWidth(_WIDTH)
        self._text.hide()
        self._retry.hide()
        self._card_row = row(None, None)
        lines = (row(None, self._text, None), row(None, self._retry, self._restore, None), self._card_row)
        self.setLayout(column(None, self._title, *lines, None, None, spacing=14))

    def on_retry(self, act: Callable[[], None]) -> None:
        """Tell what "try again" does."""
        self._again_act = act

    def on_recover(self, act: Callable[[str], None]) -> None:
        """Tell what becomes of the code or passphrase typed where the key is lost."""
        self._recover_act = act

    def on_restore(self, act: Callable[[], None]) -> None:
        """Tell what opens the guided restore."""
        self._restore_act = act

    def show_problem(self, text: str, *, recoverable: bool = False, restorable: bool = False) -> None:
        """Say why the data cannot be opened; nothing was changed or lost."""
        self._title.setText(_("Chưa mở được dữ liệu"))
        self._text.setText(text + "\n" + _("Dữ liệu vẫn được giữ nguyên, chưa thay đổi gì."))
        self._text.show()
        self._retry.setVisible(self._again_act is not None)
        self._restore.setVisible(restorable and self._restore_act is not None)
        offered = recoverable and self._recover_act is not None
        restyle(self._retry, "variant", "" if offered else "primary")
        if offered:
            self._offer_recovery()
        else:
            if self.recover_card is not None:
                self.recover_card.hide()
            self._retry.setFocus()

    def refuse_recovery(self, error: "KnownError") -> None:
        """Say why what was typed did not open the data."""
        if self.recover_card is not None:
            self.recover_card.refuse(error)

    def take_scan(self, data: str | bytes) -> None:
        """Use a scan made while the card asks for the sheet; any other scan has no place to go."""
        if self.recover_card is not None and self.recover_card.isVisible():
            self.recover_card.take_scan(data)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter presses the button the keyboard is at."""
        at = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if enter and isinstance(at, Button):
            at.click()
        else:
            super().keyPressEvent(event)

    def try_again(self) -> None:
        """Do what `on_retry` was told."""
        self._title.setText(_("Đang mở dữ liệu…"))
        self._text.hide()
        self._retry.hide()
        self._restore.hide()
        if self.recover_card is not None:
            self.recover_card.hide()
        if self._again_act is not None:
            self._again_act()

    def _open_restore(self) -> None:
        if self._restore_act is not None:
            self._restore_act()

    def _offer_recovery(self) -> None:
        if self.recover_card is None:
            from counter_app.ui.recover_card import RecoverCard

            self.recover_card = RecoverCard(self._recover)
            self.recover_card.setFixedWidth(_CARD_WIDTH)
            self._card_row.insertWidget(1, self.recover_card)
        self.recover_card.show()
        self.recover_card.begin()

    def _recover(self, typed: str) -> None:
        if self._recover_act is not None:
            self._recover_act(typed)
