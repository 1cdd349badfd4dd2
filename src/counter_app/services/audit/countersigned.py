"""What a session tells the server of the audit log, and the server's signature kept as an anchor.

One an hour is enough to bound what could be written anew unseen, and few enough to keep all of them.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.audit_chain import AnchorKind, Tip
from counter_app.services.audit.server_proof import reference_of, server_anchor
from counter_protocol.messages import Place

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries
    from counter_app.services.sync_port import Enrolment
    from counter_protocol.messages import SessionReply

APART = timedelta(hours=1)


def audit_end(queries: "Queries") -> Place | None:
    """Return the end of the log, None for an empty one."""
    tip = queries.audit_tip()
    return Place(seq=tip.seq, hash=tip.hash) if tip.seq else None


def audit_known(queries: "Queries", enrolment: "Enrolment") -> Place | None:
    """Return the place the server countersigned last, with the hash the log has there today."""
    last = queries.last_audit_anchor(AnchorKind.SERVER, reference_of(enrolment))
    if last is None:
        return None
    return Place(seq=last.tip.seq, hash=queries.audit_hash_at(last.tip.seq))


def keep_countersignature(
    desk: "Desk", enrolment: "Enrolment", told: Place | None, reply: "SessionReply"
) -> None:
    """Keep the server's signature over what was told, when it is one and the last is old enough."""
    if told is None or not reply.audit_proof:
        return
    anchor = server_anchor(enrolment, Tip(seq=told.seq, hash=told.hash), reply.now, reply.audit_proof)
    if anchor is None:
        return
    with desk.store.reading() as queries:
        last = queries.last_audit_anchor(AnchorKind.SERVER, anchor.reference)
    if last is not None and (last.tip.seq >= told.seq or not _apart(last.at, anchor.at)):
        return
    with desk.store.writing() as transaction:
        transaction.add_audit_anchor(anchor)


def _apart(earlier: str, later: str) -> bool:
    """Both are the server's words, as it signed them."""
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier) >= APART
