"""Says that a received dossier is being corrected, asks why, and shows what will change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from counter_app.i18n import _, later
from counter_app.messages import text_of
from counter_app.ui.intake.correction import Correction
from counter_app.ui.intake.correction_words import changes
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.text_field import DateField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from counter_app.ui.intake.presenter import IntakePresenter

REASONS = (
    later("Nhầm thủ tục"),
    later("Nhầm người"),
    later("Nhầm ngày hẹn"),
    later("Thiếu hoặc thừa giấy tờ"),
    later("Sai câu trả lời trong tờ khai"),
)
_SHOWN = 4


class CorrectionStrip(QFrame):
    """Hidden while nothing is corrected.

    Args:
        presenter: Takes reason and day, and leaves the correction.
        today: For the day typed short.
        go_on: Gives the keyboard back to what is still missing.
    """

    def __init__(self, presenter: IntakePresenter, today: date, go_on: Callable[[], None]) -> None:
        super().__init__()
        self._presenter = presenter
        self.setProperty("frame", "warn")
        self.what = WrapLabel(bold=True)
        self.leave = Button(_("Thoát"), key="Esc", clicked=presenter.leave_correction)
        self.leave.setToolTip(_("Thoát, hồ sơ không đổi"))
        head = row(self.what, self.leave, spacing=10)
        head.setStretch(0, 1)
        words = [_(each) for each in REASONS]
        self.reason = ListField(_("Lý do sửa"), [(each, each) for each in words], free=True)
        self.reason.edited.connect(self._tell)
        self.reason.left.connect(self._tell)
        self.reason.accepted.connect(go_on)
        self.another_day = Button(_("Hẹn ngày khác…"), variant="link", clicked=self._open_day)
        self.day = DateField(_("Ngày hẹn trả mới"), today=today)
        self.day_reason = TextField(
            _("Lý do đổi ngày hẹn"), placeholder=_("Ví dụ: in nhầm ngày hẹn"), max_length=300
        )
        for field in (self.day, self.day_reason):
            field.edited.connect(self._tell)
        self.day.accepted.connect(self.day_reason.setFocus)
        self.day_reason.accepted.connect(go_on)
        drop = Button(_("Bỏ"), variant="link", clicked=self._drop_day)
        drop.setAccessibleName(_("Bỏ ngày hẹn khác"))
        self._day_line = QWidget()
        line = row(PlainLabel(_("Hẹn trả")), self.day, PlainLabel(_("vì")), self.day_reason, drop, spacing=10)
        line.setStretch(1, 2)
        line.setStretch(3, 3)
        self._day_line.setLayout(line)
        self._day_line.hide()
        why = row(PlainLabel(_("Lý do sửa")), self.reason, self._day_line, self.another_day, spacing=10)
        why.setStretch(1, 2)
        why.setStretch(2, 3)
        self.changes = WrapLabel(type="small")
        lines = (head, why, self.changes)
        self.setLayout(column(*lines, margins=(14, 8, 10, 8), spacing=6))
        self._shown_for = ""
        self.hide()

    def show_correction(self, correction: Correction | None) -> None:
        """Show it, or nothing."""
        self.setVisible(correction is not None)
        if correction is None:
            self._shown_for = ""
            return
        if correction.before.dossier_id != self._shown_for:
            self._begin(correction)
        self.reason.set_state("missing" if correction.changed and not correction.reason.strip() else "")
        self.day.set_state("error" if correction.due_day and correction.due_at is None else "")
        asked = bool(correction.due_day) and not correction.due_reason.strip()
        self.day_reason.set_state("missing" if asked else "")
        self.changes.setText(_change_text(correction))
        self.changes.set_tone("" if correction.changed else "muted")

    def asks_reason(self) -> bool:
        """Whether the keyboard is at the reason still to be given."""
        return self.isVisible() and self.reason.hasFocus() and not self.reason.currentText().strip()

    def focus_lacking(self, correction: Correction) -> bool:
        """Go to what the strip still wants; False when nothing is lacking here."""
        fields = {"reason": self.reason, "due_day": self.day, "due_reason": self.day_reason}
        field = fields.get(correction.lacking)
        if field is None:
            return False
        field.setFocus()
        return True

    def _begin(self, correction: Correction) -> None:
        self._shown_for = correction.before.dossier_id
        code = correction.before.dossier_code
        self.what.setText(
            _("Đang sửa hồ sơ {code} — số, mã tra cứu và giờ tiếp nhận giữ nguyên").format(code=code)
        )
        self.reason.set_value(correction.reason)
        self.day.set_value(correction.due_day)
        self.day_reason.set_value(correction.due_reason)
        self._day_line.setVisible(bool(correction.due_day))
        self.another_day.setVisible(not correction.due_day)
        if not correction.reason:
            self.reason.setFocus()

    def _open_day(self) -> None:
        self._day_line.show()
        self.another_day.hide()
        self.day.setFocus()

    def _drop_day(self) -> None:
        self.day.clear()
        self.day_reason.clear()
        self._day_line.hide()
        self.another_day.show()
        self._tell()

    def _tell(self) -> None:
        self._presenter.explain_correction(
            str(self.reason.value() or ""), str(self.day.value() or ""), str(self.day_reason.value() or "")
        )


def _change_text(correction: Correction) -> str:
    if correction.problem is not None:
        return text_of(correction.problem)
    found = changes(correction)
    if not found:
        return _("Chưa có gì thay đổi so với hồ sơ đã nhận.")
    shown = "  ·  ".join(change.text for change in found[:_SHOWN])
    more = len(found) - _SHOWN
    if more > 0:
        shown += "  ·  " + _("và {count} thay đổi khác").format(count=more)
    return _("Sẽ đổi: {changes}").format(changes=shown)
