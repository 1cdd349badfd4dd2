"""A server reached by sticks only: reads what counters carry up, and writes what they carry down."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.helpers.office_log import OfficeLog

from counter_app.services.desk import Desk
from counter_app.services.sync_port import Enrolment
from counter_protocol import signing
from counter_protocol.carry import CarryAck, CarryHeader, CarryPage, Direction, Record, RecordKind
from counter_protocol.carry_keys import sealing_public_of
from counter_protocol.carry_read import CarryReader, with_content
from counter_protocol.carry_tally import Tally
from counter_protocol.carry_write import write_carry
from counter_protocol.events import GENESIS_HASH, SERVER, chain_hash, decode_event
from counter_protocol.messages import (
    DownItem,
    Place,
    PullReply,
    PushRequest,
    SessionRequest,
    Signed,
    UploadRequest,
)
from counter_protocol.wire import from_bytes, to_bytes

SIGNING = signing.new_private_key()
SEALING = X25519PrivateKey.generate()


def enrol(desk: Desk, moment: datetime) -> Enrolment:
    """Let the counter know this server."""
    counter = desk.settings.counter
    enrolment = Enrolment(
        server_url="https://server.invalid",
        device_id=counter.device_id,
        unit_code=desk.settings.office.unit_code,
        counter=counter.number,
        private_key=bytes([counter.number]) * 32,
        server_signing_key=signing.public_key_of(SIGNING),
        server_sealing_key=SEALING.public_key().public_bytes_raw(),
        enrolled_at=moment,
        epoch=1,
    )
    with desk.store.writing() as transaction:
        transaction.enrol(enrolment)
    return enrolment


@dataclass
class CarriedUp:
    """What was in a file from a counter."""

    header: CarryHeader
    place: SessionRequest
    pushes: list[PushRequest] = field(default_factory=list)
    scans: dict[str, bytes] = field(default_factory=dict)

    @property
    def bodies(self) -> list[bytes]:
        return [item.body for push in self.pushes for item in push.events]


def read_up(path: Path, enrolment: Enrolment) -> CarriedUp:
    """Read a file as the server does."""
    with path.open("rb") as file:
        reader = CarryReader(file)
        public = signing.public_key_of(enrolment.private_key)
        reader.check(public)
        found: CarriedUp | None = None
        for record, content in with_content(reader.records(SEALING.private_bytes_raw())):
            if record.kind == RecordKind.PLACE:
                found = CarriedUp(reader.header, from_bytes(record.body, SessionRequest))
            assert found is not None
            if record.kind == RecordKind.BATCH:
                signed = from_bytes(record.body, Signed)
                signing.verify(signing.PUSH, public, signed.payload, signed.signature)
                found.pushes.append(from_bytes(signed.payload, PushRequest))
            if record.kind == RecordKind.SCAN:
                announced = from_bytes(record.body, UploadRequest)
                found.scans[announced.attachment_id] = b"".join(content)
    assert found is not None
    return found


class StickServer:
    """Keeps each counter's chain of one epoch, and the office's log."""

    def __init__(self) -> None:
        self.log = OfficeLog()
        self.chains: dict[str, list[tuple[bytes, int]]] = {}  # hash and number, by place
        self._files = 0

    def take(self, path: Path, enrolment: Enrolment) -> CarriedUp:
        """Take a file in; places that are known are left as they are."""
        up = read_up(path, enrolment)
        chain = self.chains.setdefault(enrolment.device_id, [])
        for push in up.pushes:
            before = push.prev_hash
            for seq, item in enumerate(push.events, push.first_seq):
                before = chain_hash(before, item.body)
                if seq == len(chain) + 1:
                    assert push.prev_hash == self._hash(chain, push.first_seq - 1)
                    chain.append((before, self.log.add(item.body)))
        return up

    def ack(self, enrolment: Enrolment, **changed: object) -> Record:
        """Return what the server has of the counter."""
        chain = self.chains.get(enrolment.device_id, [])
        told: dict[str, object] = {
            "chain": "ok",
            "epoch": enrolment.epoch,
            "ack": Place(seq=len(chain), hash=self._hash(chain, len(chain))),
            "office_seq": len(self.log.bodies),
            "office_seqs": [number for _hash, number in chain],
        }
        return Record(kind=RecordKind.ACK, body=to_bytes(CarryAck(**(told | changed))))  # type: ignore[arg-type]

    def page(self, enrolment: Enrolment, after: int) -> Record:
        """Return the log of the others after a place."""
        items = [
            DownItem(office_seq=number, body=body)
            for number, body in enumerate(self.log.bodies, 1)
            if number > after and decode_event(body).device_id != enrolment.device_id
        ]
        page = PullReply(cursor=len(self.log.bodies), items=items)
        return Record(kind=RecordKind.PULL, body=to_bytes(CarryPage(after=after, page=page)))

    def write(
        self,
        path: Path,
        enrolment: Enrolment,
        records: Sequence[Record],
        *,
        signing_key: bytes = SIGNING,
        **changed: str,
    ) -> Path:
        """Write a file for a counter; each has a greater id than the one before."""
        self._files += 1
        told: dict[str, object] = {
            "direction": Direction.DOWN,
            "unit": enrolment.unit_code,
            "counter": enrolment.counter,
            "sender": SERVER,
            "recipient": enrolment.device_id,
            "file_id": f"0195a2f0-0000-7000-8000-{self._files:012d}",
            "created": "2026-11-23T02:00:00.000000Z",
            "counts": counts_of(records),
        }
        out = io.BytesIO()
        write_carry(
            out,
            CarryHeader(**(told | changed)),  # type: ignore[arg-type]
            records,
            recipient_key=sealing_public_of(enrolment.private_key),
            signing_key=signing_key,
        )
        path.write_bytes(out.getvalue())
        return path

    @staticmethod
    def _hash(chain: Sequence[tuple[bytes, int]], place: int) -> bytes:
        return chain[place - 1][0] if place else GENESIS_HASH


def counts_of(records: Iterable[Record]) -> dict[str, int]:
    """Return what a header lists of records."""
    tally = Tally()
    for record in records:
        tally.add(record.kind, len(record.body))
    return {name: count for name, count in tally.counts.items() if name}
