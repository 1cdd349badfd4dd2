"""What the clerk must know of the version a visit is received under."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from counter_app.i18n import _
from counter_app.services.override_reason import expired_version
from counter_app.ui.intake.override_card import OverrideCard
from counter_app.ui.intake.state import IntakeState
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from counter_app.services.ports import Catalogue
    from counter_app.ui.intake.presenter import IntakePresenter


class LawStrip(QWidget):
    """A new version took over · the procedure expired: why go on? · it is received under the old one."""

    def __init__(self, presenter: "IntakePresenter", catalogue: "Catalogue") -> None:
        super().__init__()
        self._presenter = presenter
        self._catalogue = catalogue
        self.switched = WrapLabel(bold=True)
        seen = Button(_("Đã xem"), clicked=presenter.law_seen)
        self._switch = QFrame()
        self._switch.setProperty("frame", "warn")
        line = row(self.switched, seen, margins=(12, 6, 8, 6), spacing=10)
        line.setStretch(0, 1)
        self._switch.setLayout(line)
        self.override = OverrideCard(accepted=presenter.receive_expired)
        self.under_old = WrapLabel(tone="warn", type="small")
        self.setLayout(column(self._switch, self.override, self.under_old, spacing=6))
        self.hide()

    @property
    def asks(self) -> bool:
        """Whether a reason is awaited."""
        return not self.override.isHidden()

    def show_state(self, state: IntakeState) -> None:
        """Show what there is to say of this visit."""
        expired = None
        if state.problem is not None and state.problem.code == "procedure_expired":
            expired = expired_version(self._catalogue, state.visit.procedure_id, state.now.date())
        if expired is None:
            self.override.hide()
        elif self.override.isHidden():
            self.override.open(expired)
        self._switch.setVisible(state.switched)
        self.switched.setText(switch_words(state) if state.switched else "")
        under_old = bool(state.visit.override_reason and state.assessment is not None)
        self.under_old.setVisible(under_old)
        words = _("Nhận theo bản đã hết hiệu lực. Lý do: {reason}").format(reason=state.visit.override_reason)
        self.under_old.setText(words if under_old else "")
        self.setVisible(expired is not None or state.switched or under_old)


def switch_words(state: IntakeState) -> str:
    """Return since when another version applies, and what to look at."""
    since = state.assessment.procedure.valid_from if state.assessment is not None else None
    if since == state.now.date():
        words = _("Từ 0 giờ, thủ tục này áp dụng bản mới: kiểm tra lại giấy tờ và tờ khai.")
    else:
        words = _("Thủ tục này vừa áp dụng bản mới: kiểm tra lại giấy tờ và tờ khai.")
    if state.unasked:
        words += " " + _("Có {count} câu trả lời không còn được hỏi.").format(count=state.unasked)
    return words
