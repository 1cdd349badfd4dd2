# ruff: noqa: D102 - the ports say what each method promises
"""Events of the outbox as the lanes send them and the sync screen shows them."""

from collections.abc import Sequence
from typing import Any

from counter_app.services.sync_port import ItemState, OutItem
from counter_app.storage import moments
from counter_app.storage.sql import Sql

# The server has no confirmed place for these; the index of unsent events answers without the rows.
OPEN = "state <> 'acked' AND state IN ('waiting', 'sending', 'quarantined')"
FIRST_OPEN = f"(SELECT min(seq) FROM outbox_event INDEXED BY ix_outbox_event_unsent WHERE {OPEN})"  # noqa: S608
FIRST_OPEN_PLACE = f"SELECT epoch_seq FROM outbox_event WHERE seq = {FIRST_OPEN}"  # noqa: S608
_NAMES = (
    "seq, epoch, epoch_seq, event_id, dossier_id, kind, at, body, prev_hash, hash, state, attempts, "
    "next_attempt_at, last_answer, office_seq"
)
_SELECT = f"SELECT {_NAMES} FROM outbox_event"  # noqa: S608 - constants
_NEXT = f"{_SELECT} WHERE seq >= {FIRST_OPEN} ORDER BY seq LIMIT ?"
_PAGE = f"{_SELECT} WHERE seq > ? ORDER BY seq LIMIT ?"
_UNSENT_PAGE = (
    f"{_SELECT} WHERE seq IN (SELECT seq FROM outbox_event INDEXED BY ix_outbox_event_unsent "  # noqa: S608
    "WHERE state <> 'acked' AND seq > ? ORDER BY seq LIMIT ?) ORDER BY seq"
)
_LATE = (
    f"{_SELECT} WHERE seq IN (SELECT seq FROM outbox_event INDEXED BY ix_outbox_event_unsent "  # noqa: S608
    "WHERE state <> 'acked' AND state = 'late') ORDER BY seq"
)


class SqlOutboxItems:
    """Implements the reads of events in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def next_out(self, limit: int, max_bytes: int) -> Sequence[OutItem]:
        found: list[OutItem] = []
        room = max_bytes
        for row in self._sql.rows(_NEXT, (limit,)):
            item = _item(row)
            # A place is told in a few words when its content stays here.
            room -= 0 if item.state is ItemState.QUARANTINED else item.size
            if found and room < 0:
                break
            found.append(item)
        return found

    def out_items(self, *, unsent_only: bool = True, limit: int = 500, after: int = 0) -> Sequence[OutItem]:
        return [_item(row) for row in self._sql.rows(_UNSENT_PAGE if unsent_only else _PAGE, (after, limit))]

    def out_item(self, event_id: str) -> OutItem | None:
        row = self._sql.row(f"{_SELECT} WHERE event_id = ?", (event_id,))
        return None if row is None else _item(row)

    def late_items(self) -> Sequence[OutItem]:
        return [_item(row) for row in self._sql.rows(_LATE)]


def _item(row: Any) -> OutItem:
    same = "seq epoch epoch_seq event_id dossier_id kind body prev_hash hash attempts last_answer office_seq"
    next_attempt = row["next_attempt_at"]
    return OutItem(
        **{name: row[name] for name in same.split()},
        at=moments.from_text(row["at"]),
        size=len(row["body"]),
        # To everybody but this table, what was released waits.
        state=ItemState.WAITING if row["state"] == "late" else ItemState(row["state"]),
        next_attempt_at=None if next_attempt is None else moments.from_text(next_attempt),
    )
