"""Lets the scans of a draft go with the dossier it becomes; part of the receiving act."""

from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.ports import Transaction
from counter_app.services.scans import scan_records


def adopt_scans(transaction: Transaction, desk: Desk, draft_id: str, dossier: Dossier) -> Dossier:
    """Move them, tell history and server when there are any, and return the dossier as it is then."""
    adopted = transaction.adopt_attachments(draft_id, dossier.dossier_id)
    if not adopted:
        return dossier
    return scan_records.record(
        transaction,
        desk,
        dossier,
        adopted,
        act=scan_records.ATTACHED,
        clerk=dossier.clerk,
        at=dossier.received_at,
    )
