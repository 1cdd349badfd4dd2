"""Attaches the one file of a paper, to a dossier or to the draft of one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.scan_file import LEAST_DPI, WANTED_DPI, Resolution, judge
from counter_app.services.attachments_port import Attachment, MadeScan
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.ports import Transaction
from counter_app.services.scans import scan_records
from counter_app.services.scans.scan_parts import ScanPart

FROM_FILE, FROM_FOLDER, FROM_DEVICE = "file", "folder", "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOwner:
    """What the paper belongs to: a dossier, or a draft that may become one."""

    dossier_id: str = ""
    draft_id: str = ""

    def __post_init__(self) -> None:
        if bool(self.dossier_id) == bool(self.draft_id):
            raise ValueError("a scan belongs to a dossier or to a draft")


def prepare(desk: Desk, contents: Sequence[bytes], *, onto: str = "") -> MadeScan:
    """Return the PDF made of `contents`, after the pages of the attachment `onto` when that is given.

    Slow, and writes nothing.

    Raises:
        BadInput: as `ScanMaker.make`; ``scan_resolution_too_low`` (dpi, least).
        RuleRefusal: ``scan_signed_not_merged``.
        EnvironmentProblem: ``scan_file_missing``, ``scan_file_damaged``.
    """
    before: tuple[bytes, ...] = ()
    if onto:
        with desk.store.reading() as queries:
            attachment = _standing(queries.attachment(onto))
        before = (desk.scans.get(attachment.attachment_id, attachment.file_key),)
    made = desk.scan_maker.make([*before, *contents])
    if judge(made.dpi) is Resolution.TOO_LOW:
        raise BadInput("scan_resolution_too_low", dpi=made.dpi, least=LEAST_DPI)
    return made


def attach(
    desk: Desk,
    owner: ScanOwner,
    part: ScanPart,
    made: MadeScan,
    *,
    source: str = FROM_FILE,
    replaces: str = "",
    low_accepted: bool = False,
    clerk: str = "",
) -> Attachment:
    """Keep `made` as the file of `part` and return it once it is durable.

    The file is whole on the disk before its row is committed. `replaces` is the attachment the paper
    had: it is marked as removed, and its removal is told as one by hand is.

    Raises:
        RuleRefusal: ``scan_resolution_low`` (dpi, wanted) unless `low_accepted`;
            ``scan_part_has_file`` when the paper has another file than `replaces`; ``clock_set_back``.
        BadInput: ``dossier_unknown``, ``draft_unknown``, ``scan_unknown``.
        EnvironmentProblem: as `Store.writing` and `ScanStore.put`.
    """
    low = judge(made.dpi) is Resolution.LOW
    if low and not low_accepted:
        raise RuleRefusal("scan_resolution_low", dpi=made.dpi, wanted=WANTED_DPI)
    at = desk.clock.now().replace(microsecond=0)
    who = clerk or desk.clerk
    attachment = Attachment(
        attachment_id=desk.ids.new_id(),
        dossier_id=owner.dossier_id,
        draft_id=owner.draft_id,
        part_id=part.part_id,
        part_name=part.name,
        part_order=part.order,
        size=len(made.pdf),
        pages=made.pages,
        dpi=made.dpi,
        skew=made.skew,
        sha256=hashlib.sha256(made.pdf).hexdigest(),
        source=source,
        added_at=at,
        clerk=who,
        low_accepted=low,
        signed=made.signed,
    )
    try:
        with desk.store.writing() as transaction:
            require_clock(transaction, at)
            dossier = _dossier(transaction, owner)
            gone = _make_room(transaction, owner, part, replaces, at)
            # Inside the act: nobody clears away files of acts under way, for they wait for its end.
            key = desk.scans.put(attachment.attachment_id, made.pdf)
            attachment = replace(attachment, file_key=key)
            transaction.add_attachment(attachment)
            _tell(transaction, desk, dossier, attachment, gone)
    except BaseException:
        desk.scans.drop(attachment.attachment_id)
        raise
    desk.scans.settled(attachment.attachment_id)
    return attachment


def _dossier(transaction: Transaction, owner: ScanOwner) -> Dossier | None:
    """Return the dossier of a scan, None for a draft; both must be there.

    A scan of a draft nobody ever saved would be cleared away at the next start (`sweep`).
    """
    if owner.draft_id:
        if transaction.draft(owner.draft_id) is None:
            raise BadInput("draft_unknown", draft=owner.draft_id[:40])
        return None
    dossier = transaction.dossier(owner.dossier_id)
    if dossier is None:
        raise BadInput("dossier_unknown", dossier_code=owner.dossier_id[:40])
    return dossier


def _make_room(
    transaction: Transaction, owner: ScanOwner, part: ScanPart, replaces: str, at: datetime
) -> tuple[Attachment, ...]:
    """Take off the file that is replaced, and return it."""
    standing = tuple(
        each
        for each in transaction.attachments(dossier_id=owner.dossier_id, draft_id=owner.draft_id)
        if each.part_id == part.part_id
    )
    if {each.attachment_id for each in standing} - {replaces}:
        raise RuleRefusal("scan_part_has_file", part=part.name)
    if replaces and not standing:
        raise BadInput("scan_unknown")
    for each in standing:
        transaction.mark_attachment_removed(each.attachment_id, at)
    return standing


def _tell(
    transaction: Transaction,
    desk: Desk,
    dossier: Dossier | None,
    attachment: Attachment,
    gone: tuple[Attachment, ...],
) -> None:
    """Tell that the old file went and the new one came, in this order: the paper has one file."""
    at, clerk, new_id = attachment.added_at, attachment.clerk, attachment.attachment_id
    if dossier is None:
        for each in gone:
            scan_records.audit(transaction, each, act="scan_removed", clerk=clerk, at=at, replaced_by=new_id)
        scan_records.audit(transaction, attachment, act="scan_attached", clerk=clerk, at=at)
        return
    if gone:
        dossier = scan_records.record(
            transaction,
            desk,
            dossier,
            gone,
            act=scan_records.REMOVED,
            clerk=clerk,
            at=at,
            replaced_by=new_id,
        )
    scan_records.record(
        transaction, desk, dossier, (attachment,), act=scan_records.ATTACHED, clerk=clerk, at=at
    )


def _standing(attachment: Attachment | None) -> Attachment:
    if attachment is None or attachment.removed_at is not None:
        raise BadInput("scan_unknown")
    return attachment
