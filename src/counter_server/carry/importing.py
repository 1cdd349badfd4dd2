"""Takes in a counter's carry file: its batches and scans go the way of the line, so nothing counts twice."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from counter_protocol.carry import (
    CarryHeader,
    CarryProblem,
    CarryRefused,
    Direction,
    LateNumber,
    Record,
    RecordKind,
)
from counter_protocol.carry_read import CarryReader, with_content
from counter_protocol.events import SERVER
from counter_protocol.messages import (
    PushNote,
    PushRequest,
    SessionRequest,
    Signed,
    UploadRequest,
    UploadState,
)
from counter_protocol.refusals import Refusal
from counter_server.checked_values import checked_text
from counter_server.context import ServerContext
from counter_server.devices.authentication import Device, active_device
from counter_server.devices.session import check_request
from counter_server.events.push import take_push
from counter_server.uploads import receiving
from counter_server.wire_body import Refused, message_of

_REMEMBER = """
INSERT INTO carry_taken (unit, file_id, taken_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING file_id
"""
_SEEN = "UPDATE device SET cursor = $3, seen_at = $4 WHERE unit = $1 AND device_id = $2"


@dataclass(slots=True, kw_only=True)
class TakenFile:
    """What a file brought. ``refused`` are batches not taken, with the place to blame.

    ``scans_refused`` tells why scans were not. ``repeated``: the file had been taken in whole
    before; what is in it had its effect then.
    """

    header: CarryHeader
    device: Device
    place: SessionRequest | None = None
    events: int = 0
    batches: int = 0
    notes: list[PushNote] = field(default_factory=list)
    refused: list[PushNote] = field(default_factory=list)
    late: list[LateNumber] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    scans_refused: list[str] = field(default_factory=list)
    skipped: int = 0
    repeated: bool = False


async def import_file(context: ServerContext, path: Path) -> TakenFile:
    """Take a file in; cut off anywhere, it may be taken in again.

    Raises:
        CarryRefused: it is no file for this server, or damaged; nothing of it was taken.
        Refused: ``device_unknown``, ``device_revoked``, ``not_a_message``.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        reader = CarryReader(file)
        header = reader.header
        if header.direction != Direction.UP or header.recipient != SERVER:
            raise CarryRefused(CarryProblem.WRONG_RECIPIENT)
        unit, device_id = checked_text(header.unit), checked_text(header.sender)
        async with context.database.office(unit) as connection:
            device = await active_device(connection, unit, device_id)
        reader.check(device.public_key)
        taken = TakenFile(header=header, device=device)
        for record, content in with_content(reader.records(context.secrets.sealing)):
            await _take(context, taken, record, content)
    if not taken.refused and not taken.scans_refused:
        await _remember(context, taken)
    return taken


async def _take(context: ServerContext, taken: TakenFile, record: Record, content: Iterator[bytes]) -> None:
    match record.kind:
        case RecordKind.PLACE:
            await _take_place(context, taken, message_of(record.body, SessionRequest))
        case RecordKind.BATCH:
            await _take_batch(context, taken, message_of(record.body, Signed))
        case RecordKind.SCAN:
            await _take_scan(context, taken, message_of(record.body, UploadRequest), content)
        case _:
            taken.skipped += 1


async def _take_place(context: ServerContext, taken: TakenFile, place: SessionRequest) -> None:
    device = taken.device
    if (place.unit_code, place.device_id) != (device.unit, device.device_id):
        raise Refused(Refusal.EVENT_OF_ANOTHER)
    check_request(place)
    async with context.database.office(device.unit) as connection:
        await connection.execute(_SEEN, device.unit, device.device_id, place.cursor, context.now())
    taken.place = place


async def _take_batch(context: ServerContext, taken: TakenFile, signed: Signed) -> None:
    taken.batches += 1
    try:
        if signed.device_id != taken.device.device_id:
            raise Refused(Refusal.BAD_SIGNATURE)
        reply = await take_push(context, signed, unit=taken.device.unit)
    except Refused as refused:
        # The others are tried all the same: one of a device put back may be known while the next is not.
        taken.refused.append(PushNote(seq=refused.seq, code=refused.code))
        return
    taken.events += len(reply.office_seqs) + len(reply.late_office_seqs)
    if reply.late_office_seqs:
        late = message_of(signed.payload, PushRequest).late
        taken.late += [
            LateNumber(epoch=each.epoch, seq=each.seq, office_seq=number)
            for each, number in zip(late, reply.late_office_seqs, strict=True)
        ]
    taken.notes += reply.notes


async def _take_scan(
    context: ServerContext, taken: TakenFile, announced: UploadRequest, content: Iterator[bytes]
) -> None:
    device = taken.device
    try:
        state = await receiving.begin(context, device.unit, device.device_id, announced)
        if not state.done:
            state = await _feed(context, device.unit, state, content)
    except Refused as refused:
        taken.scans_refused.append(refused.code)
        return
    if state.done:
        taken.scans.append(announced.attachment_id)
    else:
        taken.scans_refused.append(Refusal.UPLOAD_OFFSET)


async def _feed(
    context: ServerContext, unit: str, state: UploadState, content: Iterator[bytes]
) -> UploadState:
    """Hand the content over from where the upload stands: the line may have brought its beginning."""
    begins, at = state.offset, 0
    for piece in content:
        rest = piece[max(0, begins - at) :]
        start = at + len(piece) - len(rest)
        at += len(piece)
        if rest and not state.done:
            digest = hashlib.sha256(rest).hexdigest()
            state = await receiving.take(context, unit, state.upload_id, start, digest, rest)
    return state


async def _remember(context: ServerContext, taken: TakenFile) -> None:
    unit, file_id = taken.device.unit, checked_text(taken.header.file_id)
    async with context.database.office(unit) as connection:
        fresh = await connection.fetchval(_REMEMBER, unit, file_id, context.now())
    taken.repeated = fresh is None
