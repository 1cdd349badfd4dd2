"""The server's signature over a tip of the audit log: what it says, kept as an anchor, checked again."""

import hashlib
from typing import TYPE_CHECKING

from counter_app.domain.audit_chain import Anchor, AnchorKind, Tip
from counter_protocol.audit_tips import is_countersigned

if TYPE_CHECKING:
    from counter_app.services.sync_port import Enrolment

_SHORT = 16


def server_anchor(enrolment: "Enrolment", tip: Tip, at: str, proof: bytes) -> Anchor | None:
    """Return the anchor of a countersigned tip, None when the signature is not this server's.

    Args:
        enrolment: The server the counter belongs to.
        tip: What was sent.
        at: The server's time, as it said it.
        proof: Its signature.
    """
    anchor = Anchor(tip=tip, at=at, kind=AnchorKind.SERVER, reference=reference_of(enrolment), proof=proof)
    return anchor if proof_holds(enrolment, anchor) else None


def reference_of(enrolment: "Enrolment") -> str:
    """Return which server signed for which counter."""
    server = hashlib.sha256(enrolment.server_signing_key).hexdigest()[:_SHORT]
    return f"{enrolment.unit_code}/{enrolment.device_id}/{server}"


def proof_holds(enrolment: "Enrolment", anchor: Anchor) -> bool:
    """Tell whether the server signed this anchor."""
    return is_countersigned(
        enrolment.server_signing_key,
        anchor.proof,
        unit_code=enrolment.unit_code,
        device_id=enrolment.device_id,
        seq=anchor.tip.seq,
        hash_=anchor.tip.hash,
        at=anchor.at,
    )
