"""Says while a new password is typed whether it will do."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from counter_app.domain.errors import KnownError
from counter_app.i18n import _, later
from counter_app.messages import text_of
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.operations import Ticket
from counter_app.ui.session.password_field import PasswordField

_PAUSE_MS = 200
_STRENGTHS = (
    later("Dễ đoán"),
    later("Dễ đoán"),
    later("Dùng được; thêm một từ nữa sẽ khó đoán hơn"),
    later("Tốt"),
    later("Rất khó đoán"),
)
Judged = Callable[[KnownError | None, int], None]
Judge = Callable[[str, Judged], Ticket]


class StrengthLine(WrapLabel):
    """Follows `field`; `judge` works off the UI thread, the newest answer counts."""

    def __init__(self, field: PasswordField, judge: Judge) -> None:
        super().__init__(type="caption", tone="muted")
        self._field, self._judge = field, judge
        self._ticket: Ticket | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        field.textChanged.connect(self._changed)
        self._changed()

    def look(self) -> None:
        """Ask about what is typed now."""
        self._timer.stop()
        if self._ticket is not None:
            self._ticket.cancel()
        if self._field.value():
            self._ticket = self._judge(self._field.value(), self._show)

    def _changed(self) -> None:
        if self._field.value():
            self._timer.start()
            return
        self._timer.stop()
        self.set_tone("muted")
        self.setText(_("Ít nhất 8 ký tự; nên ghép vài từ không liên quan. Dấu cách dùng được."))

    def _show(self, error: KnownError | None, strength: int) -> None:
        if not self._field.value():
            return
        if error is not None:
            self.set_tone("warn")
            self.setText(text_of(error))
        else:
            self.set_tone("ok")
            self.setText(_(_STRENGTHS[strength]))
