"""Makes a backup, which counts only once it was written, read back, and noted.

The copy is made beside the work at the counter; noting it is a short act of its own. A copy that fails is
noted too, so that the self-check can tell.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.audit_chain import Anchor, AnchorKind
from counter_app.domain.backups import Occasion, Place
from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.services.backup.backup_port import SUFFIX, BackupRun, MadeBackup
from counter_app.services.ports import AuditEntry
from counter_protocol.moments import utc_text

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_NAME_TIME = "%Y%m%d-%H%M%S"


def backup_name(desk: "Desk", at: datetime) -> str:
    """Return the name of a backup: the office, the counter and the moment, nothing else."""
    unit = desk.settings.office.unit_code.replace(".", "-")
    return f"sao-luu-{unit}-Q{desk.settings.counter.number}-{at:{_NAME_TIME}}{SUFFIX}"


def moment_of(name: str, like: datetime) -> datetime | None:
    """Return the moment in a backup's name, in the zone of `like`; None when it is no such name."""
    text = "-".join(name.removesuffix(SUFFIX).split("-")[-2:])
    try:
        return datetime.strptime(text, _NAME_TIME).replace(tzinfo=like.tzinfo)
    except ValueError:
        return None


def create(
    desk: "Desk",
    target: Path,
    *,
    occasion: Occasion = Occasion.CHOSEN,
    place: Place = Place.CHOSEN,
    with_scans: bool = True,
) -> tuple[BackupRun, MadeBackup]:
    """Write a backup to `target`; one of that name is replaced when the new one is whole.

    With the scans inside the file is all another PC needs, beside the recovery sheet or the passphrase.

    Raises:
        EnvironmentProblem: as `BackupShelf.make`, and as `Store.writing`.
    """
    now = desk.clock.now().replace(microsecond=0)
    try:
        made = desk.backups.make(target, created=now, with_scans=with_scans)
    except KnownError as problem:
        note_failure(
            desk, BackupRun(at=now, occasion=occasion, place=place, file=target.name, outcome=problem.code)
        )
        raise
    run = BackupRun(
        at=now,
        occasion=occasion,
        place=place,
        file=target.name,
        size=made.size,
        digest=made.digest,
        tip=made.manifest.content.tip.seq,
    )
    note(desk, run, made)
    return run, made


def note(desk: "Desk", run: BackupRun, made: MadeBackup) -> None:
    """Note a good backup, and the audit log's tip it holds; errors as `Store.writing`."""
    tip = made.manifest.content.tip
    with desk.store.writing() as transaction:
        transaction.add_backup_run(run)
        transaction.append_audit(
            AuditEntry(
                at=run.at,
                clerk=desk.clerk,
                act="backup_made",
                subject_id=desk.settings.counter.device_id,
                detail={
                    "occasion": run.occasion.value,
                    "place": run.place.value,
                    "size": run.size,
                    "tip": tip.digits,
                },
            )
        )
        transaction.add_audit_anchor(
            Anchor(tip=tip, at=utc_text(run.at), kind=AnchorKind.BACKUP, reference=run.file)
        )


def note_failure(desk: "Desk", run: BackupRun) -> None:
    """Note a backup that failed, as far as the disk lets us: the failure itself is told anyway."""
    with suppress(EnvironmentProblem), desk.store.writing() as transaction:
        transaction.add_backup_run(run)
        transaction.append_audit(
            AuditEntry(
                at=run.at,
                clerk=desk.clerk,
                act="backup_failed",
                subject_id=desk.settings.counter.device_id,
                detail={"occasion": run.occasion.value, "place": run.place.value, "code": run.outcome},
            )
        )
