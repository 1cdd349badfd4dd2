# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of talking to the central server, put together from its parts."""

import json

from counter_app.services.sync_port import DefinitionBody, SyncState
from counter_app.storage import definitions, moments, sync_lanes
from counter_app.storage.definition_bodies import digest_of
from counter_app.storage.inbox import SqlInbox, SqlInboxQueries
from counter_app.storage.number_blocks import SqlNumberBlockQueries, SqlNumberBlocks
from counter_app.storage.outbox_answers import SqlOutboxAnswers
from counter_app.storage.outbox_epochs import SqlOutboxEpochQueries, SqlOutboxEpochs
from counter_app.storage.outbox_items import SqlOutboxItems
from counter_app.storage.scan_uploads import SqlUploadQueries, SqlUploads
from counter_app.storage.sync_device import SqlSyncDevice, SqlSyncDeviceQueries
from counter_app.storage.sync_lanes import SqlLaneQueries, SqlLanes
from counter_app.storage.sync_notices import SqlNoticeQueries, SqlNotices

# Indexes of what is unfinished answer all of it; only the oldest event and the position are rows. What a
# dossier was received under goes ahead of it: nobody at the desk waits for that.
_STATE = (
    "SELECT EXISTS (SELECT 1 FROM sync_enrolment), unsent.waiting, unsent.aside, "
    "(SELECT at FROM outbox_event WHERE seq = unsent.first), scans.waiting, scans.bytes, "
    "(SELECT count(*) FROM sync_notice WHERE settled_at IS NULL), "
    "(SELECT count(*) FROM log_entry WHERE problem <> '' AND office_seq IS NOT NULL), "
    "(SELECT clock_ahead_s FROM sync_position), coalesce((SELECT cursor FROM sync_position), 0) FROM "
    "(SELECT coalesce(sum(state IN ('waiting', 'sending', 'late') AND kind <> 'definition_kept'), 0) "
    "AS waiting, "
    "coalesce(sum(state IN ('quarantined', 'withheld')), 0) AS aside, min(seq) AS first "
    "FROM outbox_event INDEXED BY ix_outbox_event_unsent WHERE state <> 'acked') AS unsent, "
    "(SELECT count(*) AS waiting, coalesce(sum(size - sent), 0) AS bytes "
    "FROM scan_upload INDEXED BY ix_scan_upload_unsent WHERE state <> 'acked') AS scans"
)


class SqlSyncQueries(
    SqlSyncDeviceQueries,
    SqlOutboxItems,
    SqlOutboxEpochQueries,
    SqlInboxQueries,
    SqlNoticeQueries,
    SqlUploadQueries,
    SqlNumberBlockQueries,
    SqlLaneQueries,
):
    """Implements `services.sync_port.SyncQueries`."""

    def sync_state(self) -> SyncState:
        row = self._sql.row(_STATE)
        enrolled, waiting, aside, oldest, scans, scan_bytes, notices, parked, clock_ahead, cursor = row
        return SyncState(
            enrolled=bool(enrolled),
            waiting=waiting,
            quarantined=aside,
            oldest_at=None if oldest is None else moments.from_text(oldest),
            scans_waiting=scans,
            scan_bytes_waiting=scan_bytes,
            notices_open=notices,
            parked=parked,
            lanes=sync_lanes.lanes(self._sql),
            clock_ahead_s=clock_ahead,
            cursor=cursor,
        )


class SqlSyncWrites(
    SqlSyncDevice,
    SqlOutboxAnswers,
    SqlOutboxEpochs,
    SqlInbox,
    SqlNotices,
    SqlUploads,
    SqlNumberBlocks,
    SqlLanes,
    SqlSyncQueries,
):
    """Implements `services.sync_port.SyncWrites`, all but what writes dossiers."""

    def keep_definition_body(self, digest: str, kind: str, item_id: str, version: str, body: str) -> None:
        if digest_of(body) != digest:
            raise ValueError("the digest is not the body's")
        json.loads(body)  # a ValueError like the other, before the database would refuse it
        definitions.keep(self._sql, DefinitionBody(digest, kind, item_id, version, body), told=True)
