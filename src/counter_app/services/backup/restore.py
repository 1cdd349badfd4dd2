"""Puts a counter back from a backup: a new epoch towards the server, and no number ever given twice.

Everything is checked beside the data before the data is touched; the data of before is set aside, never
deleted. What was given after the backup is unknown here until the server's log brings it back, so numbers
jump ahead (`domain.numbers_after_restore`) and the chain of events goes on in a new epoch.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.audit_chain import Anchor, AnchorKind
from counter_app.domain.dossier_code import blocks_of, parse_code, parse_qr_payload, running_of
from counter_app.domain.errors import BadInput
from counter_app.domain.numbers_after_restore import paper_jump, provisional_after_restore
from counter_app.services import office_settings
from counter_app.services.backup.numbers_of_before import pass_numbers_of_before
from counter_app.services.clock_check import require_clock
from counter_app.services.paper_number import ALL_SERIES
from counter_app.services.ports import AuditEntry
from counter_app.services.sync.settle_chain import epoch_after
from counter_protocol.moments import utc_text

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.services.backup.backup_port import BackupManifest, PreparedRestore
    from counter_app.services.office_settings import OfficeSettings
    from counter_app.services.ports import Clock, Ids, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A counter that was put back. ``set_aside`` names the folder of the data of before, "" for none."""

    manifest: "BackupManifest"
    set_aside: str
    scans_missing: int


def restore(
    prepared: "PreparedRestore", clock: "Clock", ids: "Ids", *, slip: str = "", clerk: str = ""
) -> Restored:
    """Let a prepared backup be this counter's data from now on; the desk is to be opened anew afterwards.

    Args:
        prepared: From `BackupShelf.prepare`; it is discarded when anything fails.
        clock: The clock of this PC.
        ids: Where a new epoch comes from.
        slip: The code or QR of the last slip given today, "" when there is none at hand.
        clerk: Who does it; "" for nobody, or the settings' clerk where no accounts are kept.

    Raises:
        BadInput: ``restore_slip_other`` when the slip is not one of this counter and day.
        RuleRefusal: ``clock_set_back``: the backup is from the future of this PC's clock.
        EnvironmentProblem: ``restore_not_placed``, and as opening and writing a database.
    """
    now = clock.now().replace(microsecond=0)
    try:
        store = prepared.store()
        try:
            with store.writing() as transaction:
                go_on_after(transaction, now, ids, prepared.manifest, slip=slip, clerk=clerk)
                pass_numbers_of_before(transaction, prepared, now.date())
        finally:
            store.close()
        aside = prepared.put_in_place(f"{now:%Y%m%d-%H%M%S}")
    except BaseException:
        prepared.discard()
        raise
    return Restored(manifest=prepared.manifest, set_aside=aside, scans_missing=prepared.scans_missing)


def go_on_after(
    transaction: "Transaction",
    now: "datetime",
    ids: "Ids",
    manifest: "BackupManifest",
    *,
    slip: str = "",
    clerk: str = "",
) -> None:
    """Make data of before fit to go on with: numbers, epoch, audit; errors as `restore`."""
    require_clock(transaction, now)
    settings = office_settings.load(transaction)
    tip = transaction.audit_tip()
    known_until = manifest.content.latest or manifest.created
    _jump(transaction, settings, known_until, now)
    if slip:
        pass_slip(transaction, settings, slip, now)
    if transaction.enrolment() is not None:
        present = transaction.chain_end().epoch
        transaction.begin_epoch(epoch_after(ids, present), transaction.acked_seq())
    transaction.append_audit(
        AuditEntry(
            at=now,
            clerk=clerk or ("" if transaction.has_accounts() else settings.clerk),
            act="restored",
            subject_id=settings.counter.device_id,
            detail={
                "made": utc_text(manifest.created),
                "dossiers": manifest.content.dossiers,
                "tip": tip.digits,
                "numbers_ahead": paper_jump(known_until, now),
            },
        )
    )
    transaction.add_audit_anchor(
        Anchor(tip=tip, at=utc_text(now), kind=AnchorKind.RESTORE, reference=utc_text(manifest.created))
    )


def pass_slip(transaction: "Transaction", settings: "OfficeSettings", slip: str, now: "datetime") -> None:
    """Give no number of today up to that of a slip; one the jump passed already changes nothing.

    Raises:
        BadInput: ``bad_dossier_code``, ``restore_slip_other``.
    """
    unit, counter = settings.office.unit_code, settings.counter.number
    try:
        code = parse_qr_payload(slip, unit)[0]
    except BadInput:
        code = parse_code(slip, unit)
    blocks = (*blocks_of(counter), *transaction.leased_blocks(now.date()))
    running = running_of(counter, code.number, blocks)
    if code.unit_code != unit or code.day != now.date() or not running:
        raise BadInput("restore_slip_other", slip=str(code))
    transaction.raise_numbers(now.date(), counter, running, 0)


def _jump(
    transaction: "Transaction", settings: "OfficeSettings", known_until: "datetime", now: "datetime"
) -> None:
    counter, day = settings.counter.number, now.date()
    regular = sum(map(len, (*blocks_of(counter), *transaction.leased_blocks(day))))
    transaction.raise_numbers(day, counter, regular + provisional_after_restore(now), 0)
    ahead = paper_jump(known_until, now)
    for series in ALL_SERIES:
        given = transaction.numbered_until(series, now.year, counter)
        transaction.raise_paper_number(series, now.year, counter, given + ahead)
