# ruff: noqa: D102 - the ports say what each method promises
"""Scans on their way to the server: which wait, and how far each one is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from counter_app.services.sync_port import ItemState, ScanUpload
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_SELECT = (
    "SELECT u.attachment_id, a.dossier_id, a.part_name, u.size, a.sha256, u.sent, u.upload_id, u.state, "
    "u.attempts, u.next_attempt_at, u.last_answer, u.added_at, a.file_key "
    "FROM scan_upload AS u {index} CROSS JOIN attachment AS a ON a.attachment_id = u.attachment_id"
)
_ORDER = "ORDER BY u.added_at, a.added_at, u.attachment_id"
_UNSENT = f"{_SELECT.format(index='INDEXED BY ix_scan_upload_unsent')} WHERE u.state <> 'acked'"
_ALL = f"{_SELECT.format(index='')} {_ORDER}"
# A dossier of another counter came down with its receipt: the server has that one.
_NEXT = (
    f"{_UNSENT} AND u.state <> 'quarantined' AND a.removed_at IS NULL "  # noqa: S608
    "AND (u.next_attempt_at IS NULL OR u.next_attempt_at <= ?) AND NOT EXISTS (SELECT 1 FROM outbox_event o "
    "WHERE o.dossier_id = a.dossier_id AND o.kind = 'dossier_received' AND o.state <> 'acked') "
    f"{_ORDER} LIMIT 1"
)
# Every act with a scan leaves an event: what came after the last look names the dossiers to look at.
_SEEN = "coalesce((SELECT scans_seen FROM sync_position), 0)"
_TOUCHED = (
    "SELECT DISTINCT dossier_id FROM outbox_event "  # noqa: S608 - constants
    f"WHERE seq > {_SEEN} AND kind IN ('scan_attached', 'scan_removed')"
)
_QUEUE = (
    "INSERT INTO scan_upload (attachment_id, added_at, size, sent, upload_id, state, attempts, last_answer) "
    "SELECT a.attachment_id, ?, a.size, 0, '', 'waiting', 0, '' FROM attachment a "
    "JOIN dossier d ON d.dossier_id = a.dossier_id WHERE a.dossier_id = ? AND a.dossier_id <> '' "
    "AND a.removed_at IS NULL AND d.training = 0 ON CONFLICT DO NOTHING"
)
_DROP_REMOVED = (
    "DELETE FROM scan_upload WHERE state <> 'acked' AND attachment_id IN (SELECT attachment_id "
    "FROM attachment WHERE dossier_id = ? AND dossier_id <> '' AND removed_at IS NOT NULL)"
)
_HAVE_SEEN = (
    "INSERT INTO sync_position (only, cursor, scans_seen) "
    "SELECT 1, 0, coalesce(max(seq), 0) FROM outbox_event WHERE true "
    "ON CONFLICT (only) DO UPDATE SET scans_seen = excluded.scans_seen WHERE scans_seen < excluded.scans_seen"
)
_AGAIN = (
    "UPDATE scan_upload SET state = 'waiting', sent = 0, upload_id = '', attempts = 0, "
    "next_attempt_at = NULL, last_answer = '' WHERE state = 'acked' AND attachment_id IN "
    "(SELECT attachment_id FROM attachment WHERE removed_at IS NULL)"
)
_PUT = (
    "INSERT INTO scan_upload (attachment_id, added_at, size, sent, upload_id, state, attempts, "
    "next_attempt_at, last_answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (attachment_id) DO UPDATE SET sent = excluded.sent, upload_id = excluded.upload_id, "
    "state = excluded.state, attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at, "
    "last_answer = excluded.last_answer"
)


class SqlUploadQueries:
    """Implements the reads of scans in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def uploads(self, *, unsent_only: bool = True) -> Sequence[ScanUpload]:
        return [_upload(row) for row in self._sql.rows(f"{_UNSENT} {_ORDER}" if unsent_only else _ALL)]

    def next_upload(self, now: datetime) -> ScanUpload | None:
        row = self._sql.row(_NEXT, (moments.to_text(now),))
        return None if row is None else _upload(row)


class SqlUploads(SqlUploadQueries):
    """Implements the writes of scans in `services.sync_port.SyncWrites`."""

    def queue_uploads(self, now: datetime) -> int:
        added = 0
        for (dossier_id,) in self._sql.rows(_TOUCHED):
            self._sql.run(_DROP_REMOVED, (dossier_id,))
            added += self._sql.run(_QUEUE, (moments.to_text(now), dossier_id)).rowcount
        self._sql.run(_HAVE_SEEN)
        return added

    def unack_uploads(self) -> int:
        return int(self._sql.run(_AGAIN).rowcount)

    def put_upload(self, upload: ScanUpload) -> None:
        again = upload.next_attempt_at
        values = (
            upload.attachment_id,
            moments.to_text(upload.added_at),
            upload.size,
            upload.sent,
            upload.upload_id,
            upload.state.value,
            upload.attempts,
            None if again is None else moments.to_text(again),
            upload.last_answer,
        )
        self._sql.run(_PUT, values)


def _upload(row: Any) -> ScanUpload:
    same = "attachment_id dossier_id part_name size sha256 sent upload_id attempts last_answer file_key"
    again = row["next_attempt_at"]
    return ScanUpload(
        **{name: row[name] for name in same.split()},
        state=ItemState(row["state"]),
        next_attempt_at=None if again is None else moments.from_text(again),
        added_at=moments.from_text(row["added_at"]),
    )
