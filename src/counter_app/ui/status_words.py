"""Statuses of a dossier in words, each with the tone of its chip."""

from datetime import datetime

from counter_app.domain.dossier_status import DossierStatus
from counter_app.i18n import _

_FINISHED = (
    DossierStatus.REFUSED,
    DossierStatus.WITHDRAWN,
    DossierStatus.STOPPED,
    DossierStatus.RESOLVED,
    DossierStatus.RETURNED,
)


def status_words(status: DossierStatus) -> tuple[str, str]:
    """Return the words and the chip's kind."""
    words = {
        DossierStatus.DRAFT: (_("Nháp"), "neutral"),
        DossierStatus.REGISTERED: (_("Mới đăng ký"), "info"),
        DossierStatus.RECEIVED: (_("Đã tiếp nhận"), "info"),
        DossierStatus.REFUSED: (_("Không tiếp nhận"), "bad"),
        DossierStatus.PROCESSING: (_("Đang xử lý"), "info"),
        DossierStatus.AWAITING_SUPPLEMENT: (_("Chờ bổ sung"), "warn"),
        DossierStatus.AWAITING_PAYMENT: (_("Chờ nộp phí"), "warn"),
        DossierStatus.WITHDRAWN: (_("Đã rút"), "neutral"),
        DossierStatus.STOPPED: (_("Dừng xử lý"), "neutral"),
        DossierStatus.RESOLVED: (_("Có kết quả"), "ok"),
        DossierStatus.RETURNED: (_("Đã trả"), "ok"),
    }
    return words[status]


def is_overdue(status: DossierStatus, due_at: datetime | None, now: datetime) -> bool:
    """Tell whether an unfinished dossier's promise has passed."""
    return due_at is not None and status not in _FINISHED and due_at < now
