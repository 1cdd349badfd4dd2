# ruff: noqa: D102 - the ports say what each method promises
"""The office's log as far as it was pulled: other counters' events and the server's own."""

from collections.abc import Sequence
from typing import Any

from counter_app.services.ports import OutboxEvent
from counter_app.services.sync_port import InItem, LoggedEvent
from counter_app.storage import moments, office_numbers, outbox
from counter_app.storage.sql import Sql
from counter_protocol.events import SERVER

_NAMES = "office_seq, event_id, device_id, dossier_id, kind, at, body, problem, attempts"
_VALUES = ", ".join(f":{name.strip()}" for name in _NAMES.split(","))
_PUT = f"INSERT INTO log_entry ({_NAMES}) VALUES ({_VALUES})"  # noqa: S608 - constants
_KNOWN = (
    "SELECT EXISTS (SELECT 1 FROM log_entry WHERE event_id = :event_id) "
    "OR EXISTS (SELECT 1 FROM outbox_event WHERE event_id = :event_id)"
)
# One that lost its number to another entry is met again further up the log.
_PARKED = (
    f"SELECT {_NAMES} FROM log_entry WHERE problem <> '' AND office_seq IS NOT NULL "  # noqa: S608
    "AND (:dossier_id = '' OR dossier_id = :dossier_id) ORDER BY office_seq"
)
# Each half of the outbox has its index; the second terms let the partial indexes be used.
# What the server said before it was put back, and does not say any more, has no number and does not count.
_LOG = (
    "SELECT body, office_seq, 0 AS own, arrival AS place FROM log_entry "  # noqa: S608 - constants
    f"WHERE dossier_id = :dossier_id AND dossier_id <> '' AND (office_seq > 0 OR device_id <> '{SERVER}') "
    "UNION ALL SELECT body, office_seq, 1, seq FROM outbox_event "
    "WHERE dossier_id = :dossier_id AND dossier_id <> '' AND state <> 'acked' "
    "UNION ALL SELECT body, office_seq, 1, seq FROM outbox_event "
    "WHERE dossier_id = :dossier_id AND dossier_id <> '' AND state = 'acked' "
    "ORDER BY office_seq NULLS LAST, own, place"
)
_AT_CURSOR = (
    "SELECT event_id FROM log_entry WHERE office_seq = (SELECT cursor FROM sync_position) "
    "UNION ALL SELECT event_id FROM outbox_event WHERE office_seq = (SELECT cursor FROM sync_position) "
    "AND office_seq IS NOT NULL LIMIT 1"
)
_SETTLE = (
    "UPDATE log_entry SET problem = :problem, "
    "attempts = attempts + CASE :problem WHEN '' THEN 0 ELSE 1 END WHERE office_seq = :office_seq"
)


class SqlInboxQueries:
    """Implements the reads of the log in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def dossier_log(self, dossier_id: str) -> Sequence[LoggedEvent]:
        rows = self._sql.rows(_LOG, {"dossier_id": dossier_id})
        return [LoggedEvent(body=row[0], office_seq=row[1]) for row in rows]

    def event_at_cursor(self) -> str:
        return str(self._sql.value(_AT_CURSOR) or "")

    def has_in_item(self, event_id: str) -> bool:
        return bool(self._sql.value(_KNOWN, {"event_id": event_id}))

    def parked(self, dossier_id: str = "") -> Sequence[InItem]:
        return [_item(row) for row in self._sql.rows(_PARKED, {"dossier_id": dossier_id})]


class SqlInbox(SqlInboxQueries):
    """Implements the writes of the log in `services.sync_port.SyncWrites`."""

    def put_in_item(self, item: InItem) -> bool:
        if self.has_in_item(item.event_id):
            return False
        office_numbers.free(self._sql, item.office_seq)
        values = {name.strip(): getattr(item, name.strip()) for name in _NAMES.split(",")}
        self._sql.run(_PUT, values | {"at": moments.to_text(item.at)})
        return True

    def take_home(self, item: InItem) -> None:
        own = OutboxEvent(
            event_id=item.event_id, dossier_id=item.dossier_id, kind=item.kind, at=item.at, body=item.body
        )
        self._sql.run("DELETE FROM log_entry WHERE event_id = ?", (item.event_id,))
        outbox.append(self._sql, own)
        office_numbers.give(self._sql, item.event_id, item.office_seq)

    def settle_in_item(self, office_seq: int, problem: str) -> None:
        self._sql.run(_SETTLE, {"office_seq": office_seq, "problem": problem})

    def renumber(self, event_id: str, office_seq: int) -> None:
        office_numbers.give(self._sql, event_id, office_seq)


def _item(row: Any) -> InItem:
    values = {name.strip(): row[name.strip()] for name in _NAMES.split(",")}
    return InItem(**values | {"at": moments.from_text(row["at"])})
