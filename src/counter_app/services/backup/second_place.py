"""The second place of backups: a folder on another disk, in the network, or a stick that comes and goes."""

from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.backups import Place
from counter_app.domain.clerks import Permission
from counter_app.services.backup.backup_port import GOOD, BackupRun
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

_SETTING = "backup.second_folder"


def second_folder(queries: "Queries") -> str:
    """Return the folder chosen as second place, "" for none."""
    return queries.setting(_SETTING) or ""


def choose_second_folder(desk: "Desk", folder: str, *, clerk: str = "") -> None:
    """Let backups go to a folder as well; "" lets them stay on this disk only.

    Raises:
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
        EnvironmentProblem: ``backup_place_missing``, ``backup_not_written``, and as `Store.writing`.
    """
    desk.require(Permission.SAFEKEEP)
    if folder:
        desk.backups.take_place(folder, desk.settings.counter.device_id)
    with desk.store.writing() as transaction:
        transaction.put_setting(_SETTING, folder)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                act="backup_settings_changed",
                subject_id=desk.settings.counter.device_id,
                detail={"second": bool(folder)},
            )
        )


def catch_up(desk: "Desk") -> BackupRun | None:
    """Copy the newest good backup to the second place when it is there and lacks it; return the copy.

    Raises:
        EnvironmentProblem: as `BackupShelf.copy`, and as `Store.writing`.
    """
    with desk.store.reading() as queries:
        chosen, newest = second_folder(queries), queries.last_good_backup(Place.OWN)
    if not chosen or newest is None:
        return None
    folder = desk.backups.place_of(chosen, desk.settings.counter.device_id)
    if folder is None or newest.file in desk.backups.names(folder):
        return None
    if newest.file not in desk.backups.names(desk.backups.own_folder):
        return None
    desk.backups.copy(newest.file, folder)
    run = BackupRun(
        at=desk.clock.now().replace(microsecond=0),
        occasion=newest.occasion,
        place=Place.SECOND,
        file=newest.file,
        size=newest.size,
        digest=newest.digest,
        outcome=GOOD,
        tip=newest.tip,
    )
    with desk.store.writing() as transaction:
        transaction.add_backup_run(run)
        transaction.append_audit(
            AuditEntry(
                at=run.at,
                clerk=desk.clerk,
                act="backup_copied",
                subject_id=desk.settings.counter.device_id,
                detail={"size": run.size},
            )
        )
    return run


def place_now(desk: "Desk") -> Path | None:
    """Return the counter's folder in the second place, None when none is chosen or it is not there."""
    with desk.store.reading() as queries:
        chosen = second_folder(queries)
    return desk.backups.place_of(chosen, desk.settings.counter.device_id) if chosen else None
