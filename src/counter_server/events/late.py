"""Events that had been withheld and are sent after all: they count as of now, at their old place."""

from collections.abc import Sequence
from datetime import datetime

from counter_protocol.events import GENESIS_HASH, EventEnvelope, chain_hash
from counter_protocol.fold import FlagKind
from counter_protocol.messages import LateEvent
from counter_protocol.refusals import Refusal
from counter_server.checked_values import checked_number
from counter_server.devices.authentication import Device
from counter_server.events import known
from counter_server.events.dossiers import Entry
from counter_server.events.effects import take_effect
from counter_server.events.flags import raise_flags, settle_missing, settle_subjects
from counter_server.events.office_log import OfficeLog
from counter_server.events.received import read_event
from counter_server.wire_body import Refused

_PLACES = """
SELECT seq, hash FROM event WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq IN ($4 - 1, $4::bigint)
"""
_FILL = """
UPDATE event SET event_id = $5, office_seq = $6, dossier_id = $7, kind = $8, at = $9, body = $10,
    taken_at = now()
WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq = $4
"""
_MAX_LATE = 500


async def take_late(log: OfficeLog, device: Device, late: Sequence[LateEvent], now: datetime) -> list[int]:
    """Take withheld events, with their effect; return their numbers in order. A repeat has none.

    Raises:
        Refused: ``event_malformed`` (``seq``) when the bytes are not those of the place, ``chain_broken``
            when there is no such place, and what `read_event` refuses.
    """
    if len(late) > _MAX_LATE:
        raise Refused(Refusal.BODY_TOO_BIG, f"more than {_MAX_LATE} events")
    return [await _take_one(log, device, item, now) for item in late]


async def _take_one(log: OfficeLog, device: Device, item: LateEvent, now: datetime) -> int:
    event = read_event(item.body, item.seq, device.unit, device.device_id)
    await _check_place(log, device, item)
    told = await known.told_before(log, [event.event_id])
    if event.event_id in told:
        return told[event.event_id].office_seq
    number = log.next()
    await _fill(log, device, item, event, number)
    flags = await take_effect(log, [Entry(number, event)], now)
    rows = await raise_flags(log, [flag for _entry, flag in flags], now)
    subject = f"{FlagKind.EVENT_WITHHELD}:{event.event_id}"
    rows += await settle_subjects(log, [subject], now, "arrived")
    rows += await settle_missing(log, [event], now)
    await log.write(rows)
    return number


async def _check_place(log: OfficeLog, device: Device, item: LateEvent) -> None:
    seq, epoch = checked_number(item.seq), checked_number(item.epoch)
    rows = await log.connection.fetch(_PLACES, log.unit, device.device_id, epoch, seq)
    hashes = {row["seq"]: row["hash"] for row in rows}
    before = GENESIS_HASH if seq == 1 else hashes.get(seq - 1)
    if before is None or seq not in hashes:
        raise Refused(Refusal.CHAIN_BROKEN)
    if chain_hash(before, item.body) != hashes[seq]:
        raise Refused(Refusal.EVENT_MALFORMED, "not the event of the place", seq=seq)


async def _fill(log: OfficeLog, device: Device, item: LateEvent, event: EventEnvelope, number: int) -> None:
    await log.connection.execute(
        _FILL,
        log.unit,
        device.device_id,
        item.epoch,
        item.seq,
        event.event_id,
        number,
        event.dossier_id,
        event.kind,
        event.at,
        item.body,
    )
