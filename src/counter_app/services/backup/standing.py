"""How backups stand: when the last good one was made, and whether the second place is there."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.backups import Place, is_old
from counter_app.services.backup.backup_port import GOOD
from counter_app.services.backup.second_place import place_now, second_folder

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStanding:
    """What people are told. ``second_place`` is "", "there" or "away"; ``problem`` of the newest run."""

    last_good: datetime | None
    last_second: datetime | None
    old: bool
    second_place: str
    second_folder: str
    problem: str = ""


def backup_standing(desk: "Desk") -> BackupStanding:
    """Return how backups stand; errors as `Store.reading`."""
    with desk.store.reading() as queries:
        own, second = queries.last_good_backup(Place.OWN), queries.last_good_backup(Place.SECOND)
        chosen = second_folder(queries)
        newest = next(iter(queries.backup_runs(1)), None)
    away = "there" if chosen and place_now(desk) is not None else "away"
    return BackupStanding(
        last_good=own.at if own else None,
        last_second=second.at if second else None,
        old=is_old(own.at if own else None, desk.clock.now()),
        second_place=away if chosen else "",
        second_folder=chosen,
        problem="" if newest is None or newest.outcome == GOOD else newest.outcome,
    )
