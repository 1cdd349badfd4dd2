"""Events that wait for the central server, chained so that none can vanish unnoticed.

What was not confirmed always belongs to the present epoch: a new epoch takes it along. The places the server
confirmed are the beginning of the chain; some of them may be ``withheld`` (the server has the place, not the
content) or ``late`` (withheld, and released to be sent after all).
"""

from counter_app.services.ports import OutboxEvent
from counter_app.storage import moments
from counter_app.storage.sql import Sql
from counter_protocol.events import GENESIS_HASH, chain_hash

FIRST_EPOCH = 1
PRESENT_EPOCH = f"coalesce((SELECT epoch FROM sync_enrolment), {FIRST_EPOCH})"  # noqa: S608 - constants
# The events of the present epoch, where there are any, are always the last ones.
_TIP = (
    f"SELECT seq, epoch, epoch_seq, hash, {PRESENT_EPOCH} FROM outbox_event "  # noqa: S608 - constants
    "ORDER BY seq DESC LIMIT 1"
)
_APPEND = (
    "INSERT INTO outbox_event (seq, event_id, dossier_id, kind, at, body, prev_hash, hash, epoch, epoch_seq, "
    "state, last_answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Of a dossier with something put aside nothing later may go ahead: it would count before what it follows.
_HELD = (
    "SELECT 'quarantined', last_answer FROM outbox_event WHERE dossier_id = ? AND dossier_id <> '' "
    "AND state <> 'acked' AND state IN ('quarantined', 'withheld') LIMIT 1"
)
_ANY_UNSENT = "SELECT 1 FROM outbox_event WHERE dossier_id = ? AND state <> 'acked' LIMIT 1"


def append(sql: Sql, event: OutboxEvent) -> None:
    """Add the event after the last one; its body is stored exactly as given.

    It is put aside with what of its dossier is put aside already.
    """
    tip = sql.row(_TIP)
    seq, epoch, epoch_seq, prev_hash, present = tip or (0, 0, 0, GENESIS_HASH, present_epoch(sql))
    if epoch != present:
        epoch_seq, prev_hash = 0, GENESIS_HASH
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
            present,
            epoch_seq + 1,
            *(sql.row(_HELD, (event.dossier_id,)) or ("waiting", "")),
        ),
    )


def present_epoch(sql: Sql) -> int:
    """Return the epoch new events belong to."""
    return int(sql.value(f"SELECT {PRESENT_EPOCH}"))


def unsent(sql: Sql, dossier_id: str) -> bool:
    """Tell whether the server has yet to confirm anything about the dossier."""
    return sql.row(_ANY_UNSENT, (dossier_id,)) is not None
