"""What the server holds of a chain, and of events it may have been told before."""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_protocol.events import GENESIS_HASH
from counter_protocol.messages import Place
from counter_server.events.office_log import OfficeLog

_TIP = "SELECT last_seq, last_hash FROM chain WHERE unit = $1 AND device_id = $2 AND epoch = $3"
_PLACES = """
SELECT seq, hash, office_seq FROM event
WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq BETWEEN $4 AND $5 ORDER BY seq
"""
_TOLD = """
SELECT event_id, office_seq, sha256(body) AS digest FROM event
WHERE unit = $1 AND event_id = ANY($2) AND body <> ''
"""
_MOVE = """
INSERT INTO chain (unit, device_id, epoch, last_seq, last_hash) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (unit, device_id, epoch)
DO UPDATE SET last_seq = EXCLUDED.last_seq, last_hash = EXCLUDED.last_hash
"""


@dataclass(frozen=True, slots=True)
class Told:
    """An event the server has: its number, and the SHA-256 of its bytes."""

    office_seq: int
    digest: bytes


async def tip(log: OfficeLog, device_id: str, epoch: int) -> Place:
    """Return the last place of a chain; place 0 with the genesis hash for one that has not begun."""
    row = await log.connection.fetchrow(_TIP, log.unit, device_id, epoch)
    return Place(seq=row["last_seq"], hash=row["last_hash"]) if row else Place(seq=0, hash=GENESIS_HASH)


async def move_tip(log: OfficeLog, device_id: str, epoch: int, place: Place) -> None:
    """Note the last place of a chain."""
    await log.connection.execute(_MOVE, log.unit, device_id, epoch, place.seq, place.hash)


async def office_seqs_of(
    log: OfficeLog, device_id: str, epoch: int, first_seq: int, hashes: Sequence[bytes]
) -> list[int] | None:
    """Return the numbers of places the server has already; None unless it has every one with that hash."""
    last = first_seq + len(hashes) - 1
    rows = await log.connection.fetch(_PLACES, log.unit, device_id, epoch, first_seq, last)
    if [row["hash"] for row in rows] != list(hashes):
        return None
    return [row["office_seq"] for row in rows]


async def told_before(log: OfficeLog, event_ids: Sequence[str]) -> dict[str, Told]:
    """Return those of the events the server has the content of, by id."""
    rows = await log.connection.fetch(_TOLD, log.unit, list(event_ids))
    return {row["event_id"]: Told(row["office_seq"], row["digest"]) for row in rows}
