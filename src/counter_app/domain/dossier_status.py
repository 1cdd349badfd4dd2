"""The life of a dossier: statuses with their national numbers and the moves the rules allow."""

from collections.abc import Mapping
from enum import StrEnum

from counter_app.domain.errors import RuleRefusal


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

    @property
    def national_code(self) -> int | None:
        """TrangThaiHoSo 1-10 (seen in the public code of a provincial system)."""
        return _NATIONAL_CODES.get(self)

    @property
    def final(self) -> bool:
        """Whether the dossier's life has ended; no move leads out."""
        return not MOVES[self]

    @classmethod
    def from_national_code(cls, code: int) -> "DossierStatus | None":
        """Return the status of a national number, or None for a number we do not know."""
        return next((status for status, number in _NATIONAL_CODES.items() if number == code), None)


_S = DossierStatus

_NATIONAL_CODES: Mapping[DossierStatus, int] = {
    _S.REGISTERED: 1,
    _S.RECEIVED: 2,
    _S.REFUSED: 3,
    _S.PROCESSING: 4,
    _S.AWAITING_SUPPLEMENT: 5,
    _S.AWAITING_PAYMENT: 6,
    _S.WITHDRAWN: 7,
    _S.STOPPED: 8,
    _S.RESOLVED: 9,
    _S.RETURNED: 10,
}

_ENDED_EARLY = frozenset({_S.REFUSED, _S.WITHDRAWN, _S.STOPPED})

# RECEIVED to RESOLVED is the fast path of a dossier solved while the citizen waits.
MOVES: Mapping[DossierStatus, frozenset[DossierStatus]] = {
    _S.DRAFT: frozenset({_S.RECEIVED, _S.REFUSED}),
    _S.REGISTERED: frozenset({_S.RECEIVED, _S.AWAITING_SUPPLEMENT, _S.REFUSED, _S.WITHDRAWN}),
    _S.RECEIVED: frozenset({_S.PROCESSING, _S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT, _S.RESOLVED})
    | _ENDED_EARLY,
    _S.PROCESSING: frozenset({_S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT, _S.RESOLVED}) | _ENDED_EARLY,
    _S.AWAITING_SUPPLEMENT: frozenset({_S.PROCESSING}) | _ENDED_EARLY,
    _S.AWAITING_PAYMENT: frozenset({_S.PROCESSING, _S.RESOLVED}) | _ENDED_EARLY,
    _S.RESOLVED: frozenset({_S.RETURNED}),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.STOPPED: frozenset(),
    _S.RETURNED: frozenset(),
}


def check_move(from_status: DossierStatus, to_status: DossierStatus) -> None:
    """Check that a dossier may go from one status to another.

    Raises:
        RuleRefusal: ``move_not_allowed`` with ``from_status``, ``to_status`` and the ``rule`` broken:
            ``already_there``, ``final_status``, ``receive_first``, ``resolve_before_return``,
            ``resolved_only_returned``, ``never_back_to_intake`` or ``status_order``.
    """
    if to_status not in MOVES[from_status]:
        raise RuleRefusal(
            "move_not_allowed",
            rule=_broken_rule(from_status, to_status),
            from_status=from_status.value,
            to_status=to_status.value,
        )


def _broken_rule(from_status: DossierStatus, to_status: DossierStatus) -> str:
    broken = {
        "already_there": from_status is to_status,
        "final_status": from_status.final,
        "receive_first": from_status in (_S.DRAFT, _S.REGISTERED),
        "resolved_only_returned": from_status is _S.RESOLVED,
        "resolve_before_return": to_status is _S.RETURNED,
        "never_back_to_intake": to_status in (_S.DRAFT, _S.REGISTERED, _S.RECEIVED),
    }
    return next((rule for rule, is_broken in broken.items() if is_broken), "status_order")
