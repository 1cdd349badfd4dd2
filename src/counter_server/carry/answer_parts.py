"""What an answer file is made of, read as of one moment of the office's log so that it can be read twice."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_protocol.carry import MAX_OFFICE_SEQS, CarryAck, CarryPage
from counter_protocol.chain import ChainState
from counter_protocol.events import GENESIS_HASH
from counter_protocol.messages import DownItem, Place, PullReply, SessionRequest
from counter_server.devices.session import Standing, compare_chains

if TYPE_CHECKING:
    from counter_server.database.connections import Connection
    from counter_server.devices.authentication import Device

_PAGE_ITEMS = 200
_PAGE_BYTES = 512 * 1024
_END = "SELECT seq FROM office_log WHERE unit = $1"
_TIP = "SELECT last_seq, last_hash FROM chain WHERE unit = $1 AND device_id = $2 AND epoch = $3"
_NEWEST_EPOCH = "SELECT max(epoch) FROM chain WHERE unit = $1 AND device_id = $2"
_PLACES = """
SELECT seq, hash, office_seq FROM event
WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq > $4 AND seq <= $5 ORDER BY seq
"""
_ENTRIES = """
SELECT office_seq, body FROM event
WHERE unit = $1 AND office_seq > $2 AND office_seq <= $3 AND body <> ''
    AND NOT (device_id = $4 AND epoch = $5)
ORDER BY office_seq
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a device's epoch stands, and how far the counter knew it was confirmed."""

    standing: Standing
    epoch: int
    acked_seq: int


async def standing_of(connection: "Connection", device: "Device", place: SessionRequest | None) -> Answered:
    """Compare the chains; without the counter's word, tell all there is of its newest epoch."""
    names = (device.unit, device.device_id)
    if place is None:
        # First the end: every number up to it is visible to what is read after.
        end = await connection.fetchval(_END, device.unit) or 0
        epoch = await connection.fetchval(_NEWEST_EPOCH, *names) or 1
        tip = await _tip(connection, device, epoch)
        return Answered(Standing(ChainState.OK, tip, 0, end, log_changed=False), epoch, 0)
    return Answered(await compare_chains(connection, place), place.epoch, place.acked_seq)


async def acks(connection: "Connection", device: "Device", answered: Answered) -> list[CarryAck]:
    """Return what the server has of the chain, in slices that end at a place of their own; at least one."""
    told: list[CarryAck] = []
    end = answered.standing.ack
    after = min(answered.acked_seq, end.seq)
    names = (device.unit, device.device_id, answered.epoch)
    while after < end.seq:
        until = min(after + MAX_OFFICE_SEQS, end.seq)
        rows = await connection.fetch(_PLACES, *names, after, until)
        told.append(
            _ack(
                answered, Place(seq=until, hash=rows[-1]["hash"]), after, [row["office_seq"] for row in rows]
            )
        )
        after = until
    return told or [_ack(answered, end, end.seq, [])]


async def pages(
    connection: "Connection", device: "Device", *, after: int, end: int, without_epoch: int
) -> AsyncIterator[CarryPage]:
    """Yield the entries up to a number, in pages; events of the named epoch of the device it has itself."""
    items, size, begun = list[DownItem](), 0, after
    rows = connection.cursor(
        _ENTRIES, device.unit, after, end, device.device_id, without_epoch, prefetch=_PAGE_ITEMS
    )
    async for row in rows:
        if items and (len(items) == _PAGE_ITEMS or size + len(row["body"]) > _PAGE_BYTES):
            reached = items[-1].office_seq
            yield CarryPage(after=begun, page=PullReply(cursor=reached, items=items))
            items, size, begun = [], 0, reached
        items.append(DownItem(office_seq=row["office_seq"], body=row["body"]))
        size += len(row["body"])
    if end > begun:
        yield CarryPage(after=begun, page=PullReply(cursor=end, items=items))


async def _tip(connection: "Connection", device: "Device", epoch: int) -> Place:
    row = await connection.fetchrow(_TIP, device.unit, device.device_id, epoch)
    return Place(seq=row["last_seq"], hash=row["last_hash"]) if row else Place(seq=0, hash=GENESIS_HASH)


def _ack(answered: Answered, at: Place, after: int, office_seqs: list[int]) -> CarryAck:
    standing = answered.standing
    return CarryAck(
        chain=standing.chain,
        epoch=answered.epoch,
        ack=at,
        office_seq=standing.office_seq,
        common_seq=standing.common_seq,
        first_seq=after + 1,
        office_seqs=office_seqs,
        log_changed=standing.log_changed,
    )
