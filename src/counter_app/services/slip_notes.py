"""What the slip says besides the form: its line in the register, what moved its promise, a correction."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import PaymentPolicy
from counter_app.domain.dossier_status import DossierStatus
from counter_app.services.paper_number import paper_number

if TYPE_CHECKING:
    from counter_app.services.ports import HistoryEntry


def register_line(dossier: Dossier) -> tuple[str, str]:
    """Return book and line of the register (Mẫu 07): one book a counter and year; "" before it has a line."""
    if not dossier.register_no:
        return "", ""
    return f"{dossier.counter}/{dossier.received_at.year}", str(dossier.register_no)


def due_note(dossier: Dossier) -> str:
    """Return why the promise is not the one of the first slip, "" when it still is.

    Whoever holds two slips must see which one counts.
    """
    asked = dossier.life.open_supplement
    if dossier.status is DossierStatus.AWAITING_SUPPLEMENT and asked is not None:
        number = paper_number(asked.number, dossier.counter, "supplement")
        return f"Đang chờ bổ sung hồ sơ theo Phiếu số {number}; khi nhận đủ sẽ có ngày hẹn trả mới."
    before = _due_before(dossier)
    if before is None or before == dossier.due_at:
        return ""
    return f"Hẹn lại; lần trước hẹn {before.hour:02d} giờ {before.minute:02d}, ngày {before:%d/%m/%Y}."


def correction_mark(dossier: Dossier, history: Sequence["HistoryEntry"]) -> str:
    """Return that the intake was corrected, how often and when last; "" when it never was."""
    count = dossier.life.corrections
    if not count:
        return ""
    at = max((entry.at for entry in history if entry.act == "corrected"), default=None)
    when = f", {at.hour:02d} giờ {at.minute:02d}, ngày {at:%d/%m/%Y}" if at else ""
    return f"Đính chính lần {count}{when}; thay giấy đã cấp trước"


def _due_before(dossier: Dossier) -> datetime | None:
    """Return the promise the last change replaced."""
    life = dossier.life
    changes = [
        (done.resumed_at, done.due_before) for done in life.supplements if done.resumed_at and done.due_before
    ]
    if life.extension is not None:
        changes.append((life.extension.at, life.extension.due_before))
    payment = life.payment
    if (
        payment is not None
        and payment.paid_at
        and payment.due_before
        and payment.policy is PaymentPolicy.SHIFT
    ):
        changes.append((payment.paid_at, payment.due_before))
    return max(changes)[1] if changes else dossier.first_due_at
