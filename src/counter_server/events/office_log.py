"""The log of an office: one row's lock puts everything that happens there in one order.

Who holds the lock reads what it needs afresh, gives numbers, and writes; the numbers become visible in their
order, so that a counter that pulled up to a number has seen everything before it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from counter_protocol.events import GENESIS_HASH, SERVER, EventEnvelope, chain_hash, encode_event
from counter_protocol.refusals import Refusal
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_LOCK = "SELECT seq FROM office_log WHERE unit = $1 FOR UPDATE"
# Whole rows in one array: a driver looks at each row once instead of at each value.
_WRITE = """
WITH counted AS (UPDATE office_log SET seq = $2 WHERE unit = $1),
moved AS (
    INSERT INTO chain (unit, device_id, epoch, last_seq, last_hash)
    SELECT $1, $4::text, $5::bigint, $6::bigint, $7::bytea WHERE $4 IS NOT NULL
    ON CONFLICT (unit, device_id, epoch)
    DO UPDATE SET last_seq = EXCLUDED.last_seq, last_hash = EXCLUDED.last_hash)
INSERT INTO event (unit, device_id, epoch, seq, event_id, office_seq, dossier_id, kind, at, hash, body)
SELECT $1, new.device_id, new.epoch, new.seq, new.event_id, new.office_seq, new.dossier_id, new.kind, new.at,
    new.hash, new.body FROM unnest($3::event[]) AS new
"""


class LogRow(NamedTuple):
    """A row of ``event``, in the order of its columns without the unit."""

    device_id: str
    epoch: int
    seq: int
    event_id: str
    office_seq: int
    dossier_id: str
    kind: str
    at: datetime
    hash: bytes
    body: bytes


class OfficeLog:
    """The locked log of an office; valid within the transaction that locked it."""

    def __init__(self, connection: "Connection", unit: str, seq: int) -> None:
        self.connection = connection
        self.unit = unit
        self.seq = seq

    @classmethod
    async def lock(cls, connection: "Connection", unit: str) -> "OfficeLog":
        """Wait for one's turn; what is read of the office afterwards stays as it is until the commit.

        Raises:
            Refused: ``wrong_office`` when there is no such office.
        """
        seq = await connection.fetchval(_LOCK, unit)
        if seq is None:
            raise Refused(Refusal.WRONG_OFFICE)
        return cls(connection, unit, seq)

    def next(self) -> int:
        """Return the next number."""
        self.seq += 1
        return self.seq

    def row_of_server(self, event: EventEnvelope) -> LogRow:
        """Number an event of the server's own; its device is `SERVER`, its place its number."""
        body, number = encode_event(event), self.next()
        return LogRow(
            device_id=SERVER,
            epoch=0,
            seq=number,
            event_id=event.event_id,
            office_seq=number,
            dossier_id=event.dossier_id,
            kind=event.kind,
            at=event.at,
            hash=chain_hash(GENESIS_HASH, body),
            body=body,
        )

    async def write(self, rows: Sequence[LogRow], *, end: LogRow | None = None) -> None:
        """Write numbered rows; who waits for them is told after the commit (`news`).

        Args:
            rows: the rows.
            end: the one of them at which its device's chain ends now.
        """
        # In the order of the table, whose own default says when a row was taken.
        new = [(self.unit, *row[:8], None, *row[8:]) for row in rows]
        tip = (end.device_id, end.epoch, end.seq, end.hash) if end else (None, None, None, None)
        await self.connection.execute(_WRITE, self.unit, self.seq, new, *tip)
