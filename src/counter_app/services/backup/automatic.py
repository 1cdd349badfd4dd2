"""The backups nobody asks for: once a day, when the window is closed after work; old ones go.

A failure never keeps anybody from receiving: it is noted, told, and tried again at the next occasion.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.backups import LONGEST_KEPT, Occasion, Place, is_due, to_remove
from counter_app.domain.errors import KnownError
from counter_app.services.backup.backup_port import BackupRun
from counter_app.services.backup.create import backup_name, create, moment_of, note_failure
from counter_app.services.backup.second_place import catch_up, place_now
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticBackup:
    """What came of an occasion; ``problem`` of the first that went wrong."""

    made: BackupRun | None = None
    copied: BackupRun | None = None
    expired: int = 0
    problem: KnownError | None = None


def occasion_now(desk: "Desk", *, closing: bool = False) -> Occasion | None:
    """Return why a backup is to be made now, None when none is.

    A counter for practice makes them too: restoring is to be practised.
    """
    with desk.store.reading() as queries:
        last = queries.last_good_backup(Place.OWN)
        if closing:
            return Occasion.CLOSE if queries.changed_since(last.tip if last else 0) else None
    return Occasion.DAILY if is_due(last.at if last else None, desk.clock.now()) else None


def keep_safe(desk: "Desk", *, closing: bool = False) -> AutomaticBackup:
    """Do what is due: a backup, its copy in the second place, the end of old ones; raises no known error."""
    made = copied = None
    problem: KnownError | None = None
    expired = 0
    try:
        occasion = occasion_now(desk, closing=closing)
        if occasion is not None:
            name = backup_name(desk, desk.clock.now())
            target = desk.backups.own_folder / name
            made, _whole = create(desk, target, occasion=occasion, place=Place.OWN, with_scans=False)
    except KnownError as error:
        problem = error
    try:
        copied = catch_up(desk)
    except KnownError as error:
        problem = problem or error
        _note_copy_failed(desk, error)
    try:
        expired = expire(desk)
    except KnownError as error:
        problem = problem or error
    return AutomaticBackup(made=made, copied=copied, expired=expired, problem=problem)


def expire(desk: "Desk") -> int:
    """Remove backups that are no longer kept, in both places; return how many.

    Raises:
        EnvironmentProblem: as `Store.writing`.
    """
    now = desk.clock.now()
    gone = _expire_in(desk, desk.backups.own_folder, Place.OWN, now)
    gone += desk.backups.remove_upgrade_copies(now - LONGEST_KEPT)
    second = place_now(desk)
    if second is not None:
        gone += _expire_in(desk, second, Place.SECOND, now)
    if gone:
        with desk.store.writing() as transaction:
            transaction.append_audit(
                AuditEntry(
                    at=now,
                    clerk=desk.clerk,
                    act="backup_expired",
                    subject_id=desk.settings.counter.device_id,
                    detail={"files": gone},
                )
            )
    return gone


def _expire_in(desk: "Desk", folder: Path, place: Place, now: "datetime") -> int:
    names = desk.backups.names(folder)
    made = {name: moment for name in names if (moment := moment_of(name, now)) is not None}
    with desk.store.reading() as queries:
        last = queries.last_good_backup(place)
    # A good one that somebody took away protects nothing: then nothing goes.
    last_good = made.get(last.file) if last is not None else None
    going = to_remove(list(made.values()), last_good, now)
    gone = [name for name, moment in made.items() if moment in going]
    for name in gone:
        desk.backups.remove(folder, name)
    return len(gone)


def _note_copy_failed(desk: "Desk", error: KnownError) -> None:
    now = desk.clock.now().replace(microsecond=0)
    note_failure(
        desk, BackupRun(at=now, occasion=Occasion.DAILY, place=Place.SECOND, file="", outcome=error.code)
    )
