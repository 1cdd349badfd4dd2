"""What the clerk must know of the version a visit is received under."""

from collections.abc import Callable
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
    from counter_app.domain.procedure import Procedure
    from counter_app.services.ports import Catalogue
    from counter_app.ui.intake.presenter import IntakePresenter


class LawStrip(QWidget):
    """A new version took over · the procedure expired: why go on? · it is received under the old one."""

    def __init__(
        self, presenter: "IntakePresenter", catalogue: "Catalogue", go_on: Callable[[], None]
    ) -> None:
        super().__init__()
        self._go_on = go_on  # the keyboard goes back to the questions
        self._presenter = presenter
        self._catalogue = catalogue
        self._asked = ("", "")
        self.switched = WrapLabel(bold=True)
        seen = Button(_("Đã xem"), clicked=presenter.law_seen)
        self._switch = QFrame()
        self._switch.setProperty("frame", "warn")
        line = row(self.switched, seen, margins=(12, 6, 8, 6), spacing=10)
        line.setStretch(0, 1)
        self._switch.setLayout(line)
        self.override = OverrideCard(accepted=self._receive_expired)
        self.under_old = WrapLabel(tone="warn", type="small")
        self.take_back = Button(_("Bỏ"), variant="link", clicked=self._take_back)
        self.take_back.setAccessibleName(_("Bỏ việc nhận theo bản đã hết hiệu lực"))
        old = row(self.under_old, self.take_back, spacing=8)
        old.setStretch(0, 1)
        self.setLayout(column(self._switch, self.override, old, spacing=6))
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
        else:
            self._ask(state, expired)
        self._switch.setVisible(state.switched)
        self.switched.setText(switch_words(state) if state.switched else "")
        under_old = bool(state.visit.override_reason and state.assessment is not None)
        self.under_old.setVisible(under_old)
        self.take_back.setVisible(under_old)
        words = _("Nhận theo bản đã hết hiệu lực. Lý do: {reason}").format(reason=state.visit.override_reason)
        self.under_old.setText(words if under_old else "")
        self.setVisible(expired is not None or state.switched or under_old)

    def _ask(self, state: IntakeState, expired: "Procedure") -> None:
        """Open the card once for a visit; what is being typed for it stays."""
        asked = (state.draft_id, expired.procedure_id)
        if asked != self._asked:
            self.override.reason.clear()
        if asked != self._asked or self.override.isHidden():
            self._asked = asked
            self.override.open(expired, answers_kept=any(state.visit.fields.values()))

    def _receive_expired(self, reason: str) -> None:
        self._presenter.receive_expired(reason)
        self._go_on()

    def _take_back(self) -> None:
        self._presenter.take_back_reason()
        self.override.reason.setFocus()


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
