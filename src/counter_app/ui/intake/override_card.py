"""Asks why an expired procedure is received all the same; the transition clause stands beside it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from counter_app.domain.errors import BadInput
from counter_app.domain.procedure import Procedure
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.override_reason import MOST_LETTERS, checked_reason
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField


class OverrideCard(QFrame):
    """Hidden until it is opened; a reason that is too short is said and not taken.

    Args:
        accepted: Gets the checked reason.
        cancelled: Called when the clerk thinks better of it.
    """

    def __init__(
        self, *, accepted: Callable[[str], None], cancelled: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self._accepted = accepted
        self._cancelled = cancelled
        self.setProperty("frame", "warn")
        self._what = WrapLabel(bold=True)
        self._clause = WrapLabel()
        self.reason = TextField(
            _("Lý do nhận theo bản đã hết hiệu lực"),
            placeholder=_("Ví dụ: hồ sơ gửi bưu chính ngày 26/02/2027"),
            max_length=MOST_LETTERS,
        )
        self._problem = WrapLabel(type="small", tone="bad")
        self._problem.hide()
        self.take = Button(_("Tiếp nhận theo bản đã hết hiệu lực"), clicked=self._take)
        self.cancel = Button(_("Thôi"), variant="quiet", clicked=self._cancel)
        buttons = row(None, self.cancel, self.take, spacing=8)
        lines = (self._what, self._clause, self.reason, self._problem, buttons)
        self.setLayout(column(*lines, margins=(12, 9, 12, 10), spacing=6))
        self.reason.accepted.connect(self._take)
        self.cancel.setVisible(cancelled is not None)  # only now: shown without a parent it would be a window
        self.hide()

    def open(self, procedure: Procedure) -> None:
        """Ask about this expired version."""
        end = f"{procedure.valid_to:%d/%m/%Y}" if procedure.valid_to else ""
        self._what.setText(_("Thủ tục này đã hết hiệu lực sau ngày {day}.").format(day=end))
        clause = procedure.transition or _("dữ liệu không ghi; hãy hỏi công chức chuyên môn trước khi nhận.")
        self._clause.setText(_("Quy định chuyển tiếp: {clause}").format(clause=clause))
        self._problem.hide()
        self.show()

    def _take(self) -> None:
        try:
            reason = checked_reason(str(self.reason.value()))
        except BadInput as problem:
            self.reason.set_state("error")
            self._problem.setText(text_of(problem))
            self._problem.show()
            self.reason.setFocus()
            return
        self.reason.set_state("")
        self._problem.hide()
        self.reason.clear()
        self._accepted(reason)

    def _cancel(self) -> None:
        self.hide()
        if self._cancelled is not None:
            self._cancelled()
