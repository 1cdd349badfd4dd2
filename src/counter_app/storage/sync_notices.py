# ruff: noqa: D102 - the ports say what each method promises
"""What the server asks the counter to look at, and which of it a human dealt with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from counter_app.services.sync_port import Notice
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_SELECT = "SELECT notice_id, kind, dossier_id, params, at, settled_at, settled_by FROM sync_notice"
_ORDER = "ORDER BY at DESC, notice_id DESC"
_OF_DOSSIER = f"{_SELECT} WHERE dossier_id = ? AND (settled_at IS NULL OR NOT ?) {_ORDER}"
_OPEN = f"{_SELECT} WHERE settled_at IS NULL {_ORDER}"
_ALL = f"{_SELECT} {_ORDER}"
# The server may not have heard yet that it was settled here.
_PUT = (
    "INSERT INTO sync_notice (notice_id, kind, dossier_id, params, at, settled_at, settled_by) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (notice_id) DO UPDATE SET kind = excluded.kind, "
    "dossier_id = excluded.dossier_id, params = excluded.params, at = excluded.at, "
    "settled_by = CASE WHEN settled_at IS NULL THEN excluded.settled_by ELSE settled_by END, "
    "settled_at = coalesce(settled_at, excluded.settled_at)"
)
_SETTLE = "UPDATE sync_notice SET settled_at = ?, settled_by = ? WHERE notice_id = ? AND settled_at IS NULL"


class SqlNoticeQueries:
    """Implements the reads of notices in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def notices(self, *, dossier_id: str = "", open_only: bool = True) -> Sequence[Notice]:
        if dossier_id:
            rows = self._sql.rows(_OF_DOSSIER, (dossier_id, int(open_only)))
        else:
            rows = self._sql.rows(_OPEN if open_only else _ALL)
        return [_notice(row) for row in rows]


class SqlNotices(SqlNoticeQueries):
    """Implements the writes of notices in `services.sync_port.SyncWrites`."""

    def put_notice(self, notice: Notice) -> None:
        settled = None if notice.settled_at is None else moments.to_text(notice.settled_at)
        same = (notice.notice_id, notice.kind, notice.dossier_id, to_json(notice.params))
        self._sql.run(_PUT, (*same, moments.to_text(notice.at), settled, notice.settled_by))

    def settle_notice(self, notice_id: str, at: datetime, by: str) -> bool:
        return bool(self._sql.run(_SETTLE, (moments.to_text(at), by, notice_id)).rowcount)


def _notice(row: Any) -> Notice:
    settled = row["settled_at"]
    return Notice(
        **{name: row[name] for name in ("notice_id", "kind", "dossier_id", "settled_by")},
        params=from_json(row["params"], dict),
        at=moments.from_text(row["at"]),
        settled_at=None if settled is None else moments.from_text(settled),
    )
