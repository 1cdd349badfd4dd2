"""Asks why an expired procedure is received all the same; the transition clause stands beside it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from counter_app.domain.errors import BadInput
from counter_app.domain.procedure import Procedure
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.override_reason import MOST_LETTERS, checked_reason
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField


class _ReasonField(TextField):
    """Ctrl+Enter takes the reason; Enter alone only when asked: a scanner ends every code with it."""

    by_enter = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Let a bare Enter do nothing unless it may accept."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if enter and not control and not self.by_enter:
            self.commit()
            return
        super().keyPressEvent(event)


class OverrideCard(QFrame):
    """Hidden until it is opened; a reason that is too short is said and not taken.

    Args:
        accepted: Gets the checked reason.
        cancelled: Called when the clerk thinks better of it.
        by_enter: Whether Enter takes the reason; where the card opens by itself only Ctrl+Enter does.
    """

    def __init__(
        self,
        *,
        accepted: Callable[[str], None],
        cancelled: Callable[[], None] | None = None,
        by_enter: bool = False,
    ) -> None:
        super().__init__()
        self._accepted = accepted
        self._cancelled = cancelled
        self.setProperty("frame", "warn")
        self._what = WrapLabel(bold=True)
        self._clause = WrapLabel()
        self._kept = WrapLabel(_("Các câu đã trả lời vẫn được giữ."), type="small", tone="muted")
        self._kept.hide()
        self.reason = _ReasonField(
            _("Lý do nhận theo bản đã hết hiệu lực"),
            placeholder=_("Ví dụ: hồ sơ gửi bưu chính ngày 26/02/2027"),
            max_length=MOST_LETTERS,
        )
        self.reason.by_enter = by_enter
        self._problem = WrapLabel(type="small", tone="bad")
        self._problem.hide()
        self.take = Button(_("Tiếp nhận theo bản đã hết hiệu lực"), key="Ctrl Enter", clicked=self._take)
        self.cancel = Button(_("Thôi"), variant="quiet", clicked=self._cancel)
        buttons = row(None, self.cancel, self.take, spacing=8)
        lines = (self._what, self._clause, self._kept, self.reason, self._problem, buttons)
        self.setLayout(column(*lines, margins=(12, 9, 12, 10), spacing=6))
        self.reason.accepted.connect(self._take)
        self.reason.textChanged.connect(self._forgive)
        self.cancel.setVisible(cancelled is not None)  # only now: shown without a parent it would be a window
        self.hide()

    def open(self, procedure: Procedure, *, answers_kept: bool = False) -> None:
        """Ask about this expired version; the keyboard stays where it is."""
        end = f"{procedure.valid_to:%d/%m/%Y}" if procedure.valid_to else ""
        self._what.setText(_("Thủ tục này đã hết hiệu lực sau ngày {day}.").format(day=end))
        clause = procedure.transition or _("dữ liệu không ghi; hãy hỏi công chức chuyên môn trước khi nhận.")
        self._clause.setText(_("Quy định chuyển tiếp: {clause}").format(clause=clause))
        self._kept.setVisible(answers_kept)
        self._no_problem()
        self.show()
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """Scroll what the card stands in so far that the question and its box are seen."""
        area = _scroll_area_of(self)
        if area is not None and self.isVisible():
            area.ensureWidgetVisible(self, 0, 12)
            area.ensureWidgetVisible(self.reason, 0, 12)

    def _no_problem(self) -> None:
        self.reason.set_state("")
        self._problem.hide()

    def _forgive(self, text: str) -> None:
        """Take the complaint back as soon as the reason will do."""
        try:
            checked_reason(text)
        except BadInput:
            return
        self._no_problem()

    def _take(self) -> None:
        try:
            reason = checked_reason(str(self.reason.value()))
        except BadInput as problem:
            self.reason.set_state("error")
            self._problem.setText(text_of(problem))
            self._problem.show()
            self.reason.setFocus()
            return
        self._no_problem()
        self.reason.clear()
        self._accepted(reason)

    def _cancel(self) -> None:
        self.hide()
        if self._cancelled is not None:
            self._cancelled()


def _scroll_area_of(widget: QWidget) -> QScrollArea | None:
    """Return the innermost scroll area a widget stands in."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
