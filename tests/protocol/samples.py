"""One of everything that travels, about invented citizens: what a release's golden files are made from."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from counter_protocol import carry, carry_keys, messages, signing, wire
from counter_protocol.carry_write import write_carry
from counter_protocol.events import (
    GENESIS_HASH,
    SERVER,
    EventEnvelope,
    EventKind,
    chain_hash,
    encode_event,
)
from counter_protocol.messages import Message, PushRequest, Signed

UNIT = "H29.12"
DEVICE = "01930000-0000-7000-8000-0000000000aa"
DEVICE_KEY = bytes(range(32))
SERVER_KEY = bytes(range(32, 64))
SERVER_SEALING_KEY = carry_keys.sealing_private_of(SERVER_KEY)
MOMENT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
DATA: dict[str, dict[str, object]] = json.loads(
    Path(__file__).with_name("event_samples.json").read_text("utf-8")
)

_SERVERS = (
    EventKind.STATUS_SET,
    EventKind.CODE_ALIASED,
    EventKind.TASK_GIVEN,
    EventKind.FLAG_RAISED,
    EventKind.FLAG_SETTLED,
)
# Dossier by dossier, as a counter's week might go; "" is about none.
WEEK: tuple[tuple[str, tuple[EventKind, ...]], ...] = (
    ("", (EventKind.DEFINITION_KEPT, EventKind.GUIDANCE_GIVEN)),
    (
        "d1",
        (
            EventKind.DOSSIER_RECEIVED,
            EventKind.PAPER_PRINTED,
            EventKind.DOSSIER_CORRECTED,
            EventKind.SCAN_ATTACHED,
            EventKind.SCAN_REMOVED,
            EventKind.SUPPLEMENT_REQUESTED,
            EventKind.SUPPLEMENT_RECEIVED,
            EventKind.PAYMENT_REQUESTED,
            EventKind.PAYMENT_RECEIVED,
            EventKind.DOSSIER_HANDED_OVER,
            EventKind.DEADLINE_EXTENDED,
            EventKind.PROMISE_CHANGED,
            EventKind.PROMISE_KEPT,
            EventKind.FEE_COLLECTED,
            EventKind.FEE_VOIDED,
            EventKind.ORIGINALS_GIVEN_BACK,
            EventKind.RESULT_ARRIVED,
            EventKind.ACT_UNDONE,
            EventKind.DOSSIER_TAKEN_OVER,
            EventKind.RESULT_RETURNED,
        ),
    ),
    ("d2", (EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_REFUSED)),
    ("d3", (EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_STOPPED)),
    ("d4", (EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_WITHDRAWN)),
    ("", (EventKind.RATING_GIVEN, EventKind.NOTICE_SETTLED, EventKind.DAY_CLOSED)),
)


def events() -> list[bytes]:
    """Return a counter's week as the bytes of its events, in the order of their chain."""
    bodies: list[bytes] = []
    for dossier_id, kinds in WEEK:
        for rev, kind in enumerate(kinds, 1):
            bodies.append(_event(kind, len(bodies), dossier_id, rev=rev if dossier_id else 0))
    return bodies


def server_events() -> list[bytes]:
    """Return one of everything the server writes into an office's log itself."""
    return [_event(kind, 900 + number, "d1", device=SERVER) for number, kind in enumerate(_SERVERS)]


def _event(kind: EventKind, number: int, dossier_id: str, *, device: str = DEVICE, rev: int = 0) -> bytes:
    data = dict(DATA[kind])
    if kind == EventKind.DOSSIER_RECEIVED:
        fields = {**data["state"]["set"], "dossier_code": f"{UNIT}-261123-1{number:03d}"}  # type: ignore[index]
        data["state"] = {"set": fields}
    return encode_event(
        EventEnvelope(
            event_id=f"01930000-0000-7000-8000-{number:012x}",
            kind=kind,
            unit_code=UNIT,
            device_id=device,
            counter=0 if device == SERVER else 1,
            clerk="Trần Thị Mai",
            dossier_id=f"01930000-0000-7000-8000-0000000d055{dossier_id[-1]}" if dossier_id else "",
            rev=rev,
            at=MOMENT + timedelta(minutes=number),
            data=data,
        )
    )


def hashes(bodies: list[bytes]) -> list[bytes]:
    """Return the hashes of a chain, the genesis hash first."""
    chained = [GENESIS_HASH]
    for body in bodies:
        chained.append(chain_hash(chained[-1], body))
    return chained


def push_request() -> PushRequest:
    """Return the week in one batch."""
    items = [messages.EventItem(body=body) for body in events()]
    return PushRequest(unit_code=UNIT, epoch=1, first_seq=1, prev_hash=GENESIS_HASH, events=items)


def signed_push() -> Signed:
    """Return the batch as it is posted."""
    return signing.signed(signing.PUSH, DEVICE_KEY, DEVICE, wire.to_bytes(push_request()))


def carry_up() -> bytes:
    """Return the batch as a file on a stick; its key is another one each time it is written."""
    batch = wire.to_bytes(signed_push())
    records = [
        carry.Record(kind=carry.RecordKind.PLACE, body=wire.to_bytes(_session_request())),
        carry.Record(kind=carry.RecordKind.BATCH, body=batch),
    ]
    out = io.BytesIO()
    write_carry(
        out,
        _carry_header(),
        records,
        recipient_key=carry_keys.public_of(SERVER_SEALING_KEY),
        signing_key=DEVICE_KEY,
    )
    return out.getvalue()


def _carry_header() -> carry.CarryHeader:
    return carry.CarryHeader(
        direction=carry.Direction.UP,
        unit=UNIT,
        counter=1,
        sender=DEVICE,
        recipient=SERVER,
        file_id="01930000-0000-7000-8000-00000000f11e",
        created="2026-11-23T09:30:00.000000Z",
        counts={"place": 1, "batch": 1, "events": len(events())},
        kinds={"dossier_received": 4},
        packs=["forms 2026.11.001"],
        answers="01930000-0000-7000-8000-00000000f11d",
    )


def _session_request() -> messages.SessionRequest:
    end = hashes(events())
    last = messages.Place(seq=len(end) - 1, hash=end[-1])
    return messages.SessionRequest(
        unit_code=UNIT,
        device_id=DEVICE,
        epoch=1,
        last=last,
        acked_seq=3,
        cursor=12,
        now="2026-11-23T09:30:00.000000Z",
        checkpoints=[last],
        packs=[messages.PackHeld(kind="forms", version=2026110001, unit="H29")],
        app_version="0.5.0",
        capabilities=["carry", "late"],
        audit_tip="3f9a0c1d",
        cursor_event="01930000-0000-7000-8000-00000000000b",
        audit_end=messages.Place(seq=812, hash=bytes(range(32))),
        audit_known=messages.Place(seq=790, hash=bytes(range(1, 33))),
    )


def sample_messages() -> list[Message]:
    """Return every message with all its fields said."""
    m, session, chained = messages, _session_request(), hashes(events())
    place = session.last
    block = m.NumberBlock(first=1001, last=1999, from_day="2026-11-23", until_day="2026-12-31")
    offer = m.PackOffer(
        kind="forms",
        version=2026110002,
        sha256="ab" * 32,
        size=412_345,
        unit="H29",
        published_at="2026-11-20T00:00:00.000000Z",
    )
    withheld = m.Withheld(
        hash=chained[2],
        event_id="01930000-0000-7000-8000-000000000001",
        dossier_id="01930000-0000-7000-8000-0000000d0551",
        kind="dossier_received",
        reason="event_too_big",
    )
    late = m.LateEvent(epoch=1, seq=2, body=events()[1])
    note = m.PushNote(seq=2, code="clock_off")
    item = m.DownItem(office_seq=41, body=server_events()[0])
    quarantined = m.QuarantinedItem(direction="up", item=withheld.event_id, code="event_too_big")
    pull = m.PullReply(cursor=41, items=[item], more=True)
    late_number = carry.LateNumber(epoch=1, seq=2, office_seq=40)
    push = PushRequest(
        unit_code=UNIT,
        epoch=7,
        first_seq=2,
        prev_hash=chained[1],
        events=[m.EventItem(withheld=withheld), m.EventItem(body=events()[2])],
        late=[late],
    )
    return [
        signed_push(),
        session,
        place,
        block,
        offer,
        withheld,
        late,
        note,
        item,
        quarantined,
        pull,
        late_number,
        push,
        push.events[1],
        session.packs[0],
        m.EnrolRequest(
            unit_code=UNIT,
            code="3479-ACDE-FGHJ",
            device_id=DEVICE,
            counter=1,
            public_key=signing.public_key_of(DEVICE_KEY),
            now="2026-11-23T01:00:00.000000Z",
            app_version="0.5.0",
            sealing_key=carry_keys.sealing_public_of(DEVICE_KEY),
        ),
        m.EnrolReply(
            office_name="UBND xã Trung Minh",
            province="Phú Thọ",
            signing_key=signing.public_key_of(SERVER_KEY),
            sealing_key=carry_keys.public_of(SERVER_SEALING_KEY),
            blocks=[block],
            now="2026-11-23T01:00:01.000000Z",
        ),
        m.SessionReply(
            chain="ok",
            ack=place,
            common_seq=3,
            token="dG9rZW4",
            expires_in=3600,
            now="2026-11-23T01:00:02.000000Z",
            office_seq=41,
            limits=_limits(),
            packs=[offer],
            blocks=[block],
            oldest_pull=2,
            capabilities=["carry", "uploads"],
            server_version="0.5.0",
            log_changed=True,
            lookup_url="https://quay.vidu.gov.vn/tra-cuu",
            audit_proof=bytes(64),
        ),
        _limits(),
        m.PushReply(ack=place, office_seqs=[40, 41], notes=[note], late_office_seqs=[42]),
        m.BlockRequest(size=50, today="2026-11-23", returned=block),
        m.BlockReply(blocks=[block]),
        m.QuarantineReport(items=[quarantined]),
        m.Done(),
        m.UploadRequest(
            attachment_id="01930000-0000-7000-8000-0000000f4249",
            dossier_id="01930000-0000-7000-8000-0000000d0551",
            sha256="cd" * 32,
            size=222_704,
            media_type="image/jpeg",
        ),
        m.UploadState(upload_id="u1", offset=131_072, done=True, chunk_bytes=65_536),
        m.PackList(packs=[offer]),
        m.ErrorReply(code="event_malformed", detail="not an event", seq=5, retry_after=1.5),
        _carry_header(),
        carry.Record(kind="batch", body=b"\x80"),
        carry.CarryAck(
            chain="ok",
            epoch=1,
            ack=place,
            office_seq=41,
            common_seq=3,
            first_seq=2,
            office_seqs=[40, 41],
            scans=["01930000-0000-7000-8000-0000000f4249"],
            late=[late_number],
            refused_seq=5,
            refused_code="event_too_big",
            log_changed=True,
        ),
        carry.CarryPage(after=12, page=pull),
    ]


def _limits() -> messages.Limits:
    return messages.Limits(
        batch_events=50, batch_bytes=65_536, event_bytes=131_072, chunk_bytes=65_536, pull_items=99
    )
