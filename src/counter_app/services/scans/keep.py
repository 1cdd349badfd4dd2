"""Looks at scans, copies them out, and takes them off."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.vietnamese_text import clean
from counter_app.services.attachments_port import Attachment
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry, Queries
from counter_app.services.scans import scan_records
from counter_app.services.scans.attach import ScanOwner
from counter_app.services.whole_file import write_whole


def scans_of(desk: Desk, owner: ScanOwner) -> Sequence[Attachment]:
    """Return the files of a dossier or draft, by place on the checklist."""
    with desk.store.reading() as queries:
        return queries.attachments(dossier_id=owner.dossier_id, draft_id=owner.draft_id)


def view_scan(desk: Desk, attachment_id: str, *, clerk: str = "") -> bytes:
    """Return the PDF for the eyes of a clerk; the audit keeps who looked.

    Raises:
        BadInput: ``scan_unknown``.
        EnvironmentProblem: ``scan_file_missing``, ``scan_file_damaged``, and as `Store.writing`.
    """
    with desk.store.writing() as transaction:
        attachment = _known(transaction, attachment_id)
        content = content_of(desk, attachment)
        scan_records.audit(
            transaction,
            attachment,
            act="scan_viewed",
            clerk=clerk or desk.clerk,
            at=desk.clock.now(),
        )
    return content


def remove_scan(desk: Desk, attachment_id: str, reason: str, *, clerk: str = "") -> Attachment:
    """Take a file off its paper; it is kept, marked, with the reason in the dossier's history.

    Raises:
        BadInput: ``reason_missing``, ``scan_unknown``.
        RuleRefusal: ``clock_set_back``.
    """
    said = clean(reason)
    if not said:
        raise BadInput("reason_missing")
    at, who = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, at)
        attachment = _known(transaction, attachment_id)
        transaction.mark_attachment_removed(attachment_id, at)
        dossier = transaction.dossier(attachment.dossier_id) if attachment.dossier_id else None
        if dossier is None:
            scan_records.audit(transaction, attachment, act="scan_removed", clerk=who, at=at)
        else:
            scan_records.record(
                transaction,
                desk,
                dossier,
                (attachment,),
                act=scan_records.REMOVED,
                clerk=who,
                at=at,
                reason=said,
            )
    return attachment


def export_scans(desk: Desk, dossier: Dossier, folder: Path, *, clerk: str = "") -> tuple[Path, ...]:
    """Write every file of a dossier into `folder` under its name of the rule; return the paths.

    Raises:
        EnvironmentProblem: ``paper_not_saved``, ``scan_file_missing``, ``scan_file_damaged``; files
            written before it stay.
    """
    with desk.store.writing() as transaction:
        attachments = transaction.attachments(dossier_id=dossier.dossier_id)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                act="scans_exported",
                subject_id=dossier.dossier_id,
                detail={"files": len(attachments)},
            )
        )
    written = []
    for attachment in attachments:
        target = folder / scan_records.name_of(dossier, attachment)
        write_whole(target, content_of(desk, attachment))
        written.append(target)
    return tuple(written)


def content_of(desk: Desk, attachment: Attachment) -> bytes:
    """Return the PDF, and only when it is the one whose hash was kept."""
    content = desk.scans.get(attachment.attachment_id, attachment.file_key)
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise EnvironmentProblem("scan_file_damaged")
    return content


def _known(queries: Queries, attachment_id: str) -> Attachment:
    attachment = queries.attachment(attachment_id)
    if attachment is None or attachment.removed_at is not None:
        raise BadInput("scan_unknown")
    return attachment
