"""What history, audit and server learn of a scan: which paper, how many pages, its hash; no words of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.scan_file import file_name
from counter_app.services.attachments_port import Attachment
from counter_app.services.desk import Desk
from counter_app.services.dossier_events import tell
from counter_app.services.ports import AuditEntry, HistoryEntry, Transaction
from counter_protocol.events import EventKind

ATTACHED, REMOVED = "attached", "attachment_removed"
_EVENTS = {ATTACHED: EventKind.SCAN_ATTACHED, REMOVED: EventKind.SCAN_REMOVED}


def record(
    transaction: Transaction,
    desk: Desk,
    dossier: Dossier,
    attachments: Sequence[Attachment],
    *,
    act: str,
    clerk: str,
    at: datetime,
    reason: str = "",
    replaced_by: str = "",
) -> Dossier:
    """Tell of the act with files of a dossier, and return the dossier with its next number of events.

    Args:
        transaction: The act.
        desk: The desk.
        dossier: The dossier as it is now.
        attachments: The files.
        act: `ATTACHED` or `REMOVED`.
        clerk: Who does it.
        at: When.
        reason: What the clerk typed; the history keeps it, the audit never does.
        replaced_by: The attachment that takes the place of files removed.
    """
    told = replace(dossier, life=replace(dossier.life, rev=dossier.life.rev + 1))
    transaction.change_dossier(told)
    files = [file_data(dossier, attachment) for attachment in attachments]
    detail: dict[str, object] = {"files": files}
    if reason:
        detail["reason"] = reason
    if replaced_by:
        detail["replaced_by"] = replaced_by
    transaction.append_history(dossier.dossier_id, HistoryEntry(at=at, clerk=clerk, act=act, detail=detail))
    for attachment in attachments:
        audit(transaction, attachment, act=_EVENTS[act].value, clerk=clerk, at=at, replaced_by=replaced_by)
    tell(transaction, desk, _EVENTS[act], told, act=act, clerk=clerk, at=at, data=detail)
    return told


def audit(
    transaction: Transaction,
    attachment: Attachment,
    *,
    act: str,
    clerk: str,
    at: datetime,
    replaced_by: str = "",
) -> None:
    """Note who did what with a file; no word a clerk typed."""
    detail: dict[str, object] = {"attachment_id": attachment.attachment_id, "part_id": attachment.part_id}
    if replaced_by:
        detail["replaced_by"] = replaced_by
    if attachment.low_accepted:
        detail["low_resolution_accepted"] = attachment.dpi
    transaction.append_audit(
        AuditEntry(
            at=at,
            clerk=clerk,
            act=act,
            subject_id=attachment.dossier_id or attachment.draft_id,
            detail=detail,
        )
    )


def file_data(dossier: Dossier, attachment: Attachment) -> dict[str, object]:
    """Return what the server learns of a file before it gets the file itself."""
    return {
        "attachment_id": attachment.attachment_id,
        "part_id": attachment.part_id,
        "file_name": name_of(dossier, attachment),
        "media_type": attachment.media_type,
        "size": attachment.size,
        "pages": attachment.pages,
        "dpi": attachment.dpi,
        "sha256": attachment.sha256,
        "signed": attachment.signed,
    }


def name_of(dossier: Dossier, attachment: Attachment) -> str:
    """Return the name the file has outside the program."""
    return file_name(dossier.dossier_code, attachment.part_order, attachment.part_id)
