# ruff: noqa: D102 - the ports say what each method promises
"""The backups that were made or failed, and how far numbers of papers went."""

from collections.abc import Sequence
from typing import Any

from counter_app.domain.backups import Occasion, Place
from counter_app.services.backup.backup_port import GOOD, BackupRun
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_ADD = (
    "INSERT INTO backup_run (at, occasion, place, file, size, digest, outcome, tip) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_LAST_GOOD = "SELECT * FROM backup_run WHERE place = ? AND outcome = ? ORDER BY run DESC LIMIT 1"
_NEWEST = "SELECT * FROM backup_run ORDER BY run DESC LIMIT ?"
# Signing in and out and the backups themselves are no reason for another backup.
_CHANGED = (
    "SELECT 1 FROM audit_entry WHERE seq > ? AND act NOT LIKE 'backup\\_%' ESCAPE '\\' "
    "AND act NOT LIKE 'sign%' AND act NOT LIKE 'session\\_%' ESCAPE '\\' LIMIT 1"
)
_NUMBERED = "SELECT last_number FROM paper_number WHERE series = ? AND year = ? AND counter = ?"


class SqlBackupQueries:
    """Implements `services.backup.backup_port.BackupQueries`."""

    _sql: Sql

    def backup_runs(self, limit: int = 100) -> Sequence[BackupRun]:
        return [_run(row) for row in self._sql.rows(_NEWEST, (limit,))]

    def last_good_backup(self, place: Place) -> BackupRun | None:
        row = self._sql.row(_LAST_GOOD, (place.value, GOOD))
        return None if row is None else _run(row)

    def changed_since(self, tip: int) -> bool:
        return self._sql.value(_CHANGED, (tip,)) is not None

    def numbered_until(self, series: str, year: int, counter: int) -> int:
        return int(self._sql.value(_NUMBERED, (series, year, counter)) or 0)


class SqlBackupWrites(SqlBackupQueries):
    """Implements `services.backup.backup_port.BackupWrites`."""

    def add_backup_run(self, run: BackupRun) -> None:
        at = moments.to_text(run.at)
        occasion, place = run.occasion.value, run.place.value
        self._sql.run(_ADD, (at, occasion, place, run.file, run.size, run.digest, run.outcome, run.tip))


def _run(row: Any) -> BackupRun:
    return BackupRun(
        at=moments.from_text(row["at"]),
        occasion=Occasion(row["occasion"]),
        place=Place(row["place"]),
        file=row["file"],
        size=row["size"],
        digest=row["digest"],
        outcome=row["outcome"],
        tip=row["tip"],
    )
