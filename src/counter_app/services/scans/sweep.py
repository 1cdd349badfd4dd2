"""Clears away what a crash or a discarded draft left of scans, and finds what is missing."""

from dataclasses import dataclass

from counter_app.services.attachments_port import ScanStore
from counter_app.services.ports import AuditEntry, Clock, Queries, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFindings:
    """How many files there should be, are missing, and have no row (after an older backup came back)."""

    kept: int
    missing: int
    unclaimed: int


def sweep(store: Store, scans: ScanStore, clock: Clock) -> int:
    """Remove files whose act never committed and scans of drafts that are gone; return how many.

    Done when the data folder is opened for writing: no act can be under way. A file whose row is only
    missing is left alone, for a restored backup may know less than the disk.
    """
    unfinished = scans.unfinished()
    with store.reading() as queries:
        abandoned = queries.abandoned_attachments()
    if not unfinished and not abandoned:
        return 0
    with store.writing() as transaction:
        lost = [each for each in unfinished if transaction.attachment(each) is None]
        for attachment_id in abandoned:
            transaction.forget_attachment(attachment_id)
        if lost or abandoned:
            transaction.append_audit(
                AuditEntry(
                    at=clock.now(),
                    clerk=transaction.setting("clerk") or "",
                    act="scans_swept",
                    subject_id=transaction.setting("counter.device_id") or "",
                    detail={"unfinished": len(lost), "of_discarded_drafts": len(abandoned)},
                )
            )
    for attachment_id in (*lost, *abandoned):
        scans.drop(attachment_id)
    for attachment_id in unfinished:
        scans.settled(attachment_id)
    return len(lost) + len(abandoned)


def scan_findings(queries: Queries, scans: ScanStore) -> ScanFindings:
    """Compare rows and files; walks through all of them."""
    rows, files = queries.attachment_ids(), frozenset(scans.ids())
    return ScanFindings(kept=len(rows & files), missing=len(rows - files), unclaimed=len(files - rows))
