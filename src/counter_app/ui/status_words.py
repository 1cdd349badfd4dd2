"""Statuses of a dossier in words, each with the tone of its chip."""

from datetime import datetime

from counter_app.act_words import STATUSES
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.promise_recheck import NO_LONGER_AWAITED
from counter_app.i18n import _

# The result is there, or will never be, or the citizen is waited for and the time stands still.
_NOT_RUNNING = NO_LONGER_AWAITED | {DossierStatus.AWAITING_SUPPLEMENT}
_TONES = {
    DossierStatus.DRAFT: "neutral",
    DossierStatus.REGISTERED: "info",
    DossierStatus.RECEIVED: "info",
    DossierStatus.REFUSED: "bad",
    DossierStatus.PROCESSING: "info",
    DossierStatus.AWAITING_SUPPLEMENT: "warn",
    DossierStatus.AWAITING_PAYMENT: "warn",
    DossierStatus.WITHDRAWN: "neutral",
    DossierStatus.STOPPED: "neutral",
    DossierStatus.RESOLVED: "ok",
    DossierStatus.RETURNED: "ok",
}


def status_words(status: DossierStatus) -> tuple[str, str]:
    """Return the words and the chip's kind."""
    return _(STATUSES[status.value]), _TONES[status]


def is_overdue(status: DossierStatus, due_at: datetime | None, now: datetime) -> bool:
    """Tell whether an unfinished dossier's promise has passed."""
    return due_at is not None and status not in _NOT_RUNNING and due_at < now
