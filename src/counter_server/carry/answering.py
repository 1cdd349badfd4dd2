"""Writes the file a counter takes home: what the server has of it, and what others and the server wrote."""

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from counter_protocol.carry import (
    MAX_OFFICE_SEQS,
    PIECE_BYTES,
    CarryAck,
    CarryHeader,
    CarryPage,
    Direction,
    Record,
    RecordKind,
)
from counter_protocol.carry_write import write_carry
from counter_protocol.chain import ChainState
from counter_protocol.events import SERVER
from counter_protocol.messages import BlockReply, PackOffer, SessionRequest
from counter_protocol.moments import utc_text
from counter_protocol.wire import to_bytes
from counter_server import objects
from counter_server.blocks.leasing import blocks_of_device
from counter_server.carry import answer_parts
from counter_server.context import ServerContext
from counter_server.ids import new_id
from counter_server.packs.publishing import offers_for

if TYPE_CHECKING:
    from counter_server.carry.importing import TakenFile
    from counter_server.devices.authentication import Device

T = TypeVar("T")
_CURSOR = "SELECT cursor FROM device WHERE unit = $1 AND device_id = $2"


class NoSealingKey(Exception):
    """The counter was enrolled by a program that carried no files: nothing can be sealed for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What goes into a file. ``after`` and ``end`` bound the entries of the log."""

    acks: Sequence[CarryAck]
    after: int
    end: int
    without_epoch: int
    blocks: BlockReply
    packs: Sequence[PackOffer]


async def write_answer(
    context: ServerContext, device: "Device", target: Path, *, taken: "TakenFile | None" = None
) -> CarryHeader:
    """Write the file for a counter; what stood at `target` is replaced when the new file is whole.

    Args:
        context: The server.
        device: Whom it is for.
        target: Where to.
        taken: The counter's file it answers, None when there is none.

    Raises:
        NoSealingKey: the counter has to be enrolled anew.
        CarryRefused: ``too_big``.
        OSError: it cannot be written.
    """
    if not device.sealing_key:
        raise NoSealingKey
    answer = await _gathered(context, device, taken)
    header = CarryHeader(
        direction=Direction.DOWN,
        unit=device.unit,
        counter=device.counter,
        sender=SERVER,
        recipient=device.device_id,
        file_id=new_id(),
        created=utc_text(context.now()),
        counts=await _counts(context, device, answer),
        packs=[f"{pack.kind} {pack.unit} {pack.version}" for pack in answer.packs],
        answers=taken.header.file_id if taken else "",
    )
    async with aclosing(_records(context, device, answer)) as found:
        records = _from_loop(found, asyncio.get_running_loop())
        await asyncio.to_thread(_write, target, header, records, device.sealing_key, context.secrets.signing)
    return header


async def _gathered(context: ServerContext, device: "Device", taken: "TakenFile | None") -> _Answer:
    place: SessionRequest | None = taken.place if taken else None
    async with context.database.office(device.unit) as connection:
        answered = await answer_parts.standing_of(connection, device, place)
        acks = await answer_parts.acks(connection, device, answered)
        cursor = await connection.fetchval(_CURSOR, device.unit, device.device_id) or 0
        blocks = await blocks_of_device(connection, device.unit, device.device_id, context.now())
        offers = await offers_for(connection, device.unit)
    after, standing = place.cursor if place else cursor, answered.standing
    # A counter put back lost events of its own; one whose server was put back reads everything again.
    lost_own = standing.chain in (ChainState.COUNTER_BEHIND, ChainState.FORKED)
    again = standing.chain == ChainState.SERVER_BEHIND or standing.log_changed or after > standing.office_seq
    if taken is not None:
        acks = _with_outcome(acks, taken)
    return _Answer(
        acks=acks,
        after=0 if again else after,
        end=standing.office_seq,
        without_epoch=-1 if lost_own else answered.epoch,
        blocks=BlockReply(blocks=blocks),
        packs=await _missing_packs(context, offers, place),
    )


def _with_outcome(acks: Sequence[CarryAck], taken: "TakenFile") -> list[CarryAck]:
    """Return the acknowledgements with what became of the file's scans, late events, and one to blame."""
    told = list(acks)
    blamed = next((each for each in taken.refused if each.seq), None)
    if blamed is not None:
        told[0] = msgspec.structs.replace(told[0], refused_seq=blamed.seq, refused_code=blamed.code)
    for start in range(0, max(len(taken.scans), len(taken.late)), MAX_OFFICE_SEQS):
        scans = taken.scans[start : start + MAX_OFFICE_SEQS]
        late = taken.late[start : start + MAX_OFFICE_SEQS]
        told.append(msgspec.structs.replace(acks[-1], office_seqs=[], scans=scans, late=late))
    return told


async def _missing_packs(
    context: ServerContext, offers: Sequence[PackOffer], place: SessionRequest | None
) -> list[PackOffer]:
    """Return the packs the counter lacks that are in the store."""
    held: dict[tuple[str, str], int] = {}
    for each in place.packs if place else ():
        held[each.kind, each.unit] = max(each.version, held.get((each.kind, each.unit), 0))
    found = []
    for offer in offers:
        if offer.version > held.get((offer.kind, offer.unit), 0):
            with contextlib.suppress(FileNotFoundError):
                await context.objects.head_async(objects.pack_key(offer.sha256))
                found.append(offer)
    return found


async def _counts(context: ServerContext, device: "Device", answer: _Answer) -> dict[str, int]:
    pages = entries = 0
    async for page in _pages(context, device, answer):
        pages += 1
        entries += len(page.page.items)
    return {
        RecordKind.ACK: len(answer.acks),
        RecordKind.BLOCKS: 1,
        RecordKind.PULL: pages,
        RecordKind.PACK: len(answer.packs),
        "pack_bytes": sum(pack.size for pack in answer.packs),
        "entries": entries,
    }


async def _pages(context: ServerContext, device: "Device", answer: _Answer) -> AsyncGenerator[CarryPage]:
    async with context.database.office(device.unit) as connection:
        found = answer_parts.pages(
            connection, device, after=answer.after, end=answer.end, without_epoch=answer.without_epoch
        )
        async for page in found:
            yield page


async def _records(context: ServerContext, device: "Device", answer: _Answer) -> AsyncGenerator[Record]:
    for ack in answer.acks:
        yield Record(kind=RecordKind.ACK, body=to_bytes(ack))
    yield Record(kind=RecordKind.BLOCKS, body=to_bytes(answer.blocks))
    async with aclosing(_pages(context, device, answer)) as pages:
        async for page in pages:
            yield Record(kind=RecordKind.PULL, body=to_bytes(page))
    for pack in answer.packs:
        yield Record(kind=RecordKind.PACK, body=to_bytes(pack))
        found = await context.objects.get_async(objects.pack_key(pack.sha256))
        async for piece in found.stream(min_chunk_size=PIECE_BYTES):
            content = bytes(piece)
            for start in range(0, len(content), PIECE_BYTES):
                yield Record(kind=RecordKind.BYTES, body=content[start : start + PIECE_BYTES])


def _from_loop(items: AsyncIterator[T], loop: asyncio.AbstractEventLoop) -> Iterator[T]:
    """Yield in another thread what the event loop brings."""

    async def following() -> list[T]:
        try:
            return [await anext(items)]
        except StopAsyncIteration:
            return []

    while found := asyncio.run_coroutine_threadsafe(following(), loop).result():
        yield from found


def _write(
    target: Path, header: CarryHeader, records: Iterator[Record], recipient_key: bytes, signing_key: bytes
) -> None:
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        with unfinished.open("wb") as out:
            write_carry(out, header, records, recipient_key=recipient_key, signing_key=signing_key)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
