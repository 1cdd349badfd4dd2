"""The life of a dossier: statuses with their national numbers and the moves the rules allow."""

from enum import StrEnum


class DossierStatus(StrEnum):
    """Our statuses; `national_code` is TrangThaiHoSo of the national gateway (draft has none)."""

    DRAFT = "draft"
    REGISTERED = "registered"
    RECEIVED = "received"
    REFUSED = "refused"
    PROCESSING = "processing"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    RESOLVED = "resolved"
    RETURNED = "returned"
