"""Events that wait for the central server, chained so that none can vanish unnoticed."""

from counter_app.services.ports import OutboxEvent, OutboxState
from counter_app.storage import moments
from counter_app.storage.sql import Sql
from counter_protocol.events import GENESIS_HASH, chain_hash

FIRST_EPOCH = 1
_TIP = "SELECT seq, epoch, hash FROM outbox_event ORDER BY seq DESC LIMIT 1"
_APPEND = (
    "INSERT INTO outbox_event (seq, event_id, dossier_id, kind, at, body, prev_hash, hash, epoch) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# The index of unsent events holds their places; the first in line has waited longest.
_UNSENT = (
    "SELECT found.waiting, (SELECT at FROM outbox_event WHERE seq = found.first) FROM "
    "(SELECT count(*) AS waiting, min(seq) AS first FROM outbox_event WHERE state <> 'acked') AS found"
)
_ANY_UNSENT = "SELECT 1 FROM outbox_event WHERE dossier_id = ? AND state <> 'acked' LIMIT 1"


def append(sql: Sql, event: OutboxEvent) -> None:
    """Add the event after the last one; its body is stored exactly as given."""
    tip = sql.row(_TIP)
    seq, epoch, prev_hash = tip or (0, FIRST_EPOCH, GENESIS_HASH)
    sql.run(
        _APPEND,
        (
            seq + 1,
            event.event_id,
            event.dossier_id,
            event.kind,
            moments.to_text(event.at),
            event.body,
            prev_hash,
            chain_hash(prev_hash, event.body),
            epoch,
        ),
    )


def unsent(sql: Sql, dossier_id: str) -> bool:
    """Tell whether the server has yet to confirm anything about the dossier."""
    return sql.row(_ANY_UNSENT, (dossier_id,)) is not None


def state(sql: Sql) -> OutboxState:
    """Return how many events the server has not confirmed, quarantined ones included."""
    waiting, oldest = sql.row(_UNSENT)
    return OutboxState(waiting=waiting, oldest_at=None if oldest is None else moments.from_text(oldest))
