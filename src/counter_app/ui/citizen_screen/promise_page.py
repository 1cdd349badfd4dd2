"""The promise: the day and hour as large as they matter, the code, the fees."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.domain.fee import format_vnd
from counter_app.i18n import _, later
from counter_app.ui.citizen_screen.big import BigLabel
from counter_app.ui.widgets.layouts import Card, column

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier

_WEEKDAYS = (
    later("Thứ Hai"),
    later("Thứ Ba"),
    later("Thứ Tư"),
    later("Thứ Năm"),
    later("Thứ Sáu"),
    later("Thứ Bảy"),
    later("Chủ nhật"),
)


class PromisePage(QWidget):
    """Nothing here names the citizen: whoever stands behind may read along."""

    def __init__(self) -> None:
        super().__init__()
        self._head = BigLabel(_("Đã nhận hồ sơ. Hẹn trả kết quả:"), pixels=34, centred=True)
        self.day = BigLabel(pixels=68, strong=True, tone="primary", centred=True)
        self.time = BigLabel(pixels=56, strong=True, tone="primary", centred=True)
        self.code = BigLabel(pixels=40, strong=True, centred=True)
        self.fees = BigLabel(pixels=34, centred=True)
        self._note = BigLabel(
            _("Xin giữ giấy hẹn hoặc nhớ mã hồ sơ để nhận kết quả."), tone="muted", centred=True
        )
        card = Card()
        for label in (self._head, self.day, self.time):
            card.body.addWidget(label)
        card.body.addSpacing(16)
        card.body.addWidget(BigLabel(_("Mã hồ sơ"), tone="muted", centred=True))
        card.body.addWidget(self.code)
        card.body.addWidget(self.fees)
        card.body.setContentsMargins(24, 24, 24, 24)
        self.setLayout(column(None, card, self._note, None, margins=(60, 24, 60, 16), spacing=16))

    def show_dossier(self, dossier: "Dossier") -> None:
        """Show the promise of a dossier."""
        due = dossier.promise.due_at
        if due is None:
            self.day.setText(_("Không có ngày hẹn cụ thể theo quy định"))
        elif dossier.promise.same_day and due.date() == dossier.received_at.date():
            self.day.setText(_("Trong ngày hôm nay"))
        else:
            self.day.setText(f"{_(_WEEKDAYS[due.weekday()])}, {due:%d/%m/%Y}")
        hour = "" if due is None else _("{hour} giờ {minute}").format(hour=due.hour, minute=f"{due:%M}")
        self.time.setText(hour)
        self.time.setVisible(due is not None)
        self.code.setText(dossier.dossier_code)
        self.fees.setText(_fees(dossier))

    def wipe(self) -> None:
        """Forget the dossier."""
        for label in (self.day, self.time, self.code, self.fees):
            label.setText("")


def _fees(dossier: "Dossier") -> str:
    amounts = [charge.amount_vnd for charge in dossier.charges]
    if not amounts:
        return _("Không thu phí, lệ phí")
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return _("Phí, lệ phí: sẽ thông báo")
    return _("Phí, lệ phí: {amount}").format(amount=format_vnd(sum(known)))
