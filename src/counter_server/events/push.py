"""Takes what a counter reports: all of a batch in one transaction, or nothing.

The batch must follow the end of the device's chain, or be wholly known already, when the reply was lost. A
well-formed event is never refused for what it says: where it contradicts others it is put aside by the fold
and a flag asks a human. An event told again in a new epoch takes its place in the chain and has no second
effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter_protocol.events import EventKind
from counter_protocol.fold import FlagKind
from counter_protocol.messages import Place as ChainPlace
from counter_protocol.messages import PushNote, PushReply, PushRequest, Signed
from counter_protocol.refusals import Refusal
from counter_protocol.signing import PUSH, BadSignature, verify
from counter_server import metrics
from counter_server.checked_values import checked_number, checked_text
from counter_server.context import ServerContext
from counter_server.devices.authentication import Device, active_device
from counter_server.events import known
from counter_server.events.dossiers import Entry
from counter_server.events.effects import take_effect
from counter_server.events.flags import Flag, raise_flags, settle_missing, settle_subjects
from counter_server.events.forks import note_fork
from counter_server.events.late import take_late
from counter_server.events.office_log import LogRow, OfficeLog
from counter_server.events.received import Place, places_of
from counter_server.office_day import day_of
from counter_server.wire_body import Refused, message_of

_CLOCK_LIMIT = timedelta(hours=24)
_FIRST_EPOCH = 1  # of every counter
_CLOCK_LIMIT_S = _CLOCK_LIMIT.total_seconds()


class Forked(Refused):
    """The chain goes on otherwise here: two machines have one identity, or one was put back and worked on."""

    def __init__(self) -> None:
        super().__init__(Refusal.CHAIN_BROKEN, "another event stands there")


@dataclass(slots=True)
class _Taken:
    """The batch as it goes into the log."""

    rows: list[LogRow] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)  # office_seq -> place in the chain
    flags: list[tuple[int, Flag]] = field(default_factory=list)  # place in the chain -> flag
    duplicates: int = 0


async def take_push(context: ServerContext, signed: Signed, *, unit: str = "") -> PushReply:
    """Take a signed `PushRequest`, over whatever way it came.

    Args:
        context: the server.
        signed: the request.
        unit: the office the way it came belongs to; "" when it belongs to none.

    Raises:
        Refused: ``not_a_message``, ``body_too_big``, ``event_*`` (``seq``), ``device_unknown``,
            ``device_revoked``, ``bad_signature``, ``chain_broken``, ``wrong_office``. Nothing was kept.
    """
    push = message_of(signed.payload, PushRequest)
    if unit not in ("", push.unit_code):
        raise Refused(Refusal.WRONG_OFFICE)
    unit, device_id = checked_text(push.unit_code), checked_text(signed.device_id)
    checked_number(push.epoch)
    try:
        reply, taken = await _take_signed(context, unit, device_id, push, signed)
    except Forked:
        await note_fork(context, unit, device_id, push.epoch)
        raise
    # Only what was committed is told, counted and answered.
    context.news.tell(unit)
    metrics.PUSHES.inc()
    metrics.EVENTS.inc(len(taken.entries))
    metrics.DUPLICATES.inc(taken.duplicates)
    return reply


async def _take_signed(
    context: ServerContext, unit: str, device_id: str, push: PushRequest, signed: Signed
) -> tuple[PushReply, _Taken]:
    async with context.database.office(unit) as connection:
        device = await active_device(connection, unit, device_id)
        try:
            verify(PUSH, device.public_key, signed.payload, signed.signature)
        except BadSignature:
            raise Refused(Refusal.BAD_SIGNATURE) from None
        places = places_of(push.events, checked_number(push.first_seq), push.prev_hash, unit, device_id)
        log = await OfficeLog.lock(connection, unit)
        return await _take(log, device, push, places, context.now())


async def _take(
    log: OfficeLog, device: Device, push: PushRequest, places: Sequence[Place], now: datetime
) -> tuple[PushReply, _Taken]:
    told, dossiers = [place.event_id for place in places], _dossiers(places)
    received = _dossiers(places, EventKind.DOSSIER_RECEIVED)
    before = await known.before(log, device.device_id, push.epoch, told, dossiers, received)
    again = await _known_part(log, device, push, places, before.tip) if places else []
    taken = _numbered(log, device, push.epoch, places[len(again) :], before.told, now)
    taken.duplicates += len(again)
    await _finish(log, taken, now, before)
    late_seqs = await take_late(log, device, push.late, now)
    reply = PushReply(
        ack=ChainPlace(seq=places[-1].seq, hash=places[-1].hash) if places else before.tip,
        office_seqs=[*again, *(row.office_seq for row in taken.rows)],
        notes=[PushNote(seq=seq, code=flag.kind.value) for seq, flag in taken.flags],
        late_office_seqs=late_seqs,
    )
    return reply, taken


async def _known_part(
    log: OfficeLog, device: Device, push: PushRequest, places: Sequence[Place], end: ChainPlace
) -> list[int]:
    """Return the numbers of what the server has already of a batch, because an answer was lost.

    Raises:
        Refused: ``chain_broken`` when the batch begins after the chain's end, or is not what is there.
    """
    if push.first_seq == end.seq + 1:
        if push.prev_hash != end.hash:
            raise Forked
        return []
    if not 1 <= push.first_seq <= end.seq:
        raise Refused(Refusal.CHAIN_BROKEN)
    hashes = [place.hash for place in places[: end.seq - push.first_seq + 1]]
    numbers = await known.office_seqs_of(log, device.device_id, push.epoch, push.first_seq, hashes)
    if numbers is None:
        raise Forked
    return numbers


def _dossiers(places: Sequence[Place], kind: str = "") -> list[str]:
    events = (place.event for place in places if place.event)
    return list(dict.fromkeys(event.dossier_id for event in events if kind in ("", event.kind)))


def _numbered(
    log: OfficeLog,
    device: Device,
    epoch: int,
    places: Sequence[Place],
    told: dict[str, known.Told],
    now: datetime,
) -> _Taken:
    """Give each place its number; one told before, here or in this batch, has that one's."""
    taken, latest = _Taken(), now + _CLOCK_LIMIT
    for place in places:
        before = told.get(place.event_id)
        if before is None:
            number = log.next()
            if place.event is not None:
                told[place.event_id] = known.Told(number, body=place.body)
                taken.entries.append(Entry(number, place.event))
                taken.places[number] = place.seq
            taken.flags += [(place.seq, flag) for flag in _doubts(place, device, now, latest)]
        else:
            if place.event is not None and not before.is_of(place.body):
                # The id names other content: to take it for the same would lose it silently.
                raise Refused(Refusal.EVENT_MALFORMED, "event_id of another event", seq=place.seq)
            number = before.office_seq
            taken.duplicates += 1
        taken.rows.append(_row(device.device_id, epoch, place, number, now, first=before is None))
    return taken


def _row(device_id: str, epoch: int, place: Place, number: int, now: datetime, *, first: bool) -> LogRow:
    event, withheld = place.event, place.withheld
    return LogRow(
        device_id=device_id,
        epoch=epoch,
        seq=place.seq,
        event_id=place.event_id,
        office_seq=number,
        dossier_id=event.dossier_id if event else withheld.dossier_id if withheld else "",
        kind=event.kind if event else withheld.kind if withheld else "",
        at=event.at if event else now,
        hash=place.hash,
        body=place.body if first else b"",
    )


def _doubts(place: Place, device: Device, now: datetime, latest: datetime) -> list[Flag]:
    """Return what about a place itself, whatever it says, asks for a human; nothing is after `latest`."""
    if place.withheld is not None:
        return [
            Flag(
                kind=FlagKind.EVENT_WITHHELD,
                subject=f"{FlagKind.EVENT_WITHHELD}:{place.event_id}",
                dossier_id=place.withheld.dossier_id,
                params={
                    "kind": place.withheld.kind,
                    "reason": place.withheld.reason,
                    "counter": device.counter,
                },
            )
        ]
    # What was recorded long ago offline is no sign of a wrong clock; the future is, or a clock known slow.
    if place.event is not None and (place.event.at > latest or device.clock_ahead_s < -_CLOCK_LIMIT_S):
        return [
            Flag(
                kind=FlagKind.CLOCK_OFF,
                subject=f"{FlagKind.CLOCK_OFF}:{device.device_id}:{day_of(now)}",
                params={
                    "counter": device.counter,
                    "ahead_s": device.clock_ahead_s,
                    "at": place.event.at.isoformat(),
                },
            )
        ]
    return []


async def _finish(log: OfficeLog, taken: _Taken, now: datetime, before: known.Known) -> None:
    """Let the entries have their effect, raise what asks for a human, write the rows."""
    if not taken.rows:
        return
    for entry, flag in await take_effect(log, taken.entries, now, before):
        taken.flags.append((taken.places[entry.office_seq], flag))
    raised = await raise_flags(log, [flag for _seq, flag in taken.flags], now)
    if taken.rows[0].epoch > _FIRST_EPOCH:
        # In an earlier epoch some of them may have been withheld.
        withheld = [f"{FlagKind.EVENT_WITHHELD}:{entry.event.event_id}" for entry in taken.entries]
        raised += await settle_subjects(log, withheld, now, "arrived")
    if before.early:
        raised += await settle_missing(log, [entry.event for entry in taken.entries], now)
    await log.write([*taken.rows, *raised], end=taken.rows[-1])
