"""What no counter of ours says is refused with the right code, logged without content, without effect."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Any

import msgspec
import pytest
import zstandard
from tests.server.raw_counter import RawCounter, Refused, enrolled, read, wire_event
from tests.server.serving import Served

from counter_protocol import wire
from counter_protocol.canonical import canonical_bytes
from counter_protocol.events import EventKind
from counter_protocol.messages import (
    BlockReply,
    BlockRequest,
    Done,
    EventItem,
    NumberBlock,
    PushReply,
    QuarantinedItem,
    QuarantineReport,
    Signed,
    Withheld,
)
from counter_protocol.signing import PUSH, SESSION, signed

SECRET = "Vừ A Thử"


@pytest.fixture
def counter(server: Served) -> Iterator[RawCounter]:
    with enrolled(server) as raw:
        raw.received(1)
        raw.push()
        yield raw


def everything(server: Served) -> dict[str, list[Any]]:
    """Every row of every table; device rows change at each session."""
    names = server.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    tables = [row["tablename"] for row in names if row["tablename"] != "alembic_version"]
    assert "event" in tables
    return {name: server.rows(f"SELECT * FROM {name} ORDER BY {name}") for name in tables}


def packed(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(body)


def nested(depth: int) -> bytes:
    return b"\x91" * depth + b"\xc0"


BODIES = {
    "nothing": (b"", "identity", "not_a_message"),
    "text": (b"hello", "identity", "not_a_message"),
    "html": (b"<html></html>", "identity", "not_a_message"),
    "no zstd": (b"hello", "zstd", "not_a_message"),
    "half a frame": (packed(b"x" * 1000)[:10], "zstd", "not_a_message"),
    "unknown encoding": (b"x", "gzip", "not_a_message"),
    "deep": (nested(100_000), "identity", "not_a_message"),
    "deep, packed": (packed(nested(1_000_000)), "zstd", "not_a_message"),
    "wrong types": (
        msgspec.msgpack.encode({"device_id": 5, "size": "x", "items": 7}),
        "identity",
        "not_a_message",
    ),
    "a list": (msgspec.msgpack.encode([1, 2]), "identity", "not_a_message"),
    "bomb": (packed(bytes(64 * 1024 * 1024)), "zstd", "body_too_big"),
    "bomb of many": (packed(bytes(9 * 1024 * 1024)), "zstd", "body_too_big"),
    "large": (bytes(3 * 1024 * 1024), "identity", "body_too_big"),
}


@pytest.mark.parametrize("path", ["enrol", "session", "push", "blocks", "quarantine"])
def test_a_body_that_is_no_message(path: str, server: Served, counter: RawCounter) -> None:
    before = everything(server)
    for name, (body, encoding, code) in BODIES.items():
        with pytest.raises(Refused) as refused:
            read(counter.post_bytes(f"/v1/{path}", body, encoding=encoding), Done)
        assert (name, refused.value.code) == (name, code)
        assert refused.value.status == (413 if code == "body_too_big" else 422)
    assert everything(server) == before


def changed(raw: RawCounter, **changes: object) -> bytes:
    return canonical_bytes({**wire_event(raw.bodies[0]), "event_id": "another", **changes})


EVENTS: dict[str, tuple[Callable[[RawCounter], bytes], str]] = {
    "empty": (lambda _: b"", "event_malformed"),
    "no JSON": (lambda _: b"{", "event_malformed"),
    "a list": (lambda _: b"[]", "event_malformed"),
    "deep": (lambda _: b'{"data":' + b"[" * 100_000, "event_malformed"),
    "not a number": (lambda c: changed(c).replace(b'"rev":1', b'"rev":NaN'), "event_malformed"),
    "a text for a number": (lambda c: changed(c, counter="1"), "event_malformed"),
    "no day": (lambda c: changed(c, at="2026-02-30T00:00:00.000000Z"), "event_malformed"),
    "local time": (lambda c: changed(c, at="2026-11-23T08:00:00.000000+07:00"), "event_malformed"),
    "NUL in an id": (lambda c: changed(c, event_id="a\x00b"), "event_malformed"),
    "half a letter": (lambda c: changed(c, clerk="CLERK").replace(b"CLERK", b"\\ud800"), "event_malformed"),
    "long id": (lambda c: changed(c, dossier_id="d" * 101), "event_malformed"),
    "no id": (lambda c: changed(c, event_id=""), "event_malformed"),
    "too big": (lambda c: changed(c, clerk="x" * 300_000), "event_too_big"),
    "another device": (lambda c: changed(c, device_id="somebody"), "event_of_another"),
    "another office": (lambda c: changed(c, unit_code="H29.13"), "event_of_another"),
    "the server's": (lambda c: changed(c, kind=EventKind.STATUS_SET), "event_of_another"),
    "a flag": (lambda c: changed(c, kind=EventKind.FLAG_RAISED), "event_of_another"),
}


def test_an_event_that_is_none(server: Served, counter: RawCounter) -> None:
    before = everything(server)
    for name, (make, code) in EVENTS.items():
        with pytest.raises(Refused) as refused:
            counter.send(counter.push_request(2, 1, events=[EventItem(body=make(counter))]))
        told = refused.value
        assert (name, told.code, told.reply.seq, told.status) == (name, code, 2, 422)
    assert everything(server) == before


STATES: dict[str, object] = {
    "a text": "x",
    "no mapping": {"set": 5},
    "a sum of text": {"add": {"life.paid_vnd": "x"}},
    "a status that is a list": {"set": {"status": []}},
    "a huge number": {"set": {"copies": 10**400, "counter": 10**400}},
    "moments that are none": {"set": {"received_at": 5, "due_at": "x", "ended_at": "9999-99-99"}},
    "NUL": {"set": {"dossier_code": "a\x00b", "procedure": {"name": "\x00", "sector": ["x"]}}},
    "long": {"set": {"dossier_code": "x" * 10_000, "aliases": ["y" * 10_000, 5, None]}},
    "fields of the fold": {"set": {"fold.owner": "x", "fold.rev": "y", "fold.ended_seq": []}},
    "empty": {},
}


@pytest.mark.parametrize(
    "kind", [EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_CORRECTED, EventKind.SCAN_ATTACHED]
)
def test_a_well_formed_event_is_taken_whatever_it_says(
    kind: EventKind, server: Served, counter: RawCounter
) -> None:
    for number, state in enumerate(STATES.values(), 2):
        known = counter.received(number)
        for dossier in (known, f"new-{number}"):
            counter.event(kind, dossier, {"state": state, "seen": "x"})
        for later in (EventKind.DOSSIER_HANDED_OVER, EventKind.RESULT_RETURNED):
            counter.act(later, known, status="processing")
            counter.act(later, f"new-{number}", status="processing")
    assert counter.push().ack.seq == len(counter.bodies)
    readable = server.rows("SELECT count(*) AS n FROM dossier WHERE status = 'processing'")[0]["n"]
    assert readable >= len(STATES)


def test_figures_that_are_none_are_left_out(server: Served, counter: RawCounter) -> None:
    day = "2026-11-23"
    counter.event(EventKind.RATING_GIVEN, data={"day": "9999-99-99", "ratings": 5})
    counter.event(EventKind.RATING_GIVEN, data={"day": day, "ratings": [5, {"score": []}]})
    counter.event(EventKind.DAY_CLOSED, data={"day": day, "revision": 10**30, "counts": {"a": "b"}})
    counter.event(EventKind.GUIDANCE_GIVEN, data={"training": True})
    counter.event(EventKind.DEFINITION_KEPT, data={"digest": 5, "body": "x\x00"})
    counter.event(EventKind.DEFINITION_KEPT, data={"digest": "0" * 64, "body": "x"})
    counter.event(EventKind.NOTICE_SETTLED, data={"notice_id": 5})
    assert counter.push().ack.seq == len(counter.bodies)
    assert server.rows("SELECT 1 FROM day_figure") == []
    assert server.rows("SELECT 1 FROM definition") == []


def test_hostile_numbers_of_a_push(server: Served, counter: RawCounter) -> None:
    counter.received(2)
    before = everything(server)
    for changes in (
        {"epoch": -1},
        {"epoch": 2**63},
        {"first_seq": -5},
        {"first_seq": 2**63},
        {"first_seq": 0},
        {"prev_hash": b"short"},
        {"unit_code": "H29.12\x00"},
        {"unit_code": "H29.99"},
    ):
        with pytest.raises(Refused) as refused:
            counter.send(counter.push_request(**changes))
        assert refused.value.code in {"not_a_message", "chain_broken", "wrong_office", "event_of_another"}
        assert refused.value.status < 500
    hidden = Withheld(hash=b"x", event_id="e", dossier_id="d", kind="k", reason="r")
    with pytest.raises(Refused, match="event_malformed"):
        counter.send(counter.push_request(events=[EventItem(withheld=hidden)]))
    many = [EventItem(body=counter.bodies[1])] * 501
    with pytest.raises(Refused, match="body_too_big"):
        counter.send(counter.push_request(events=many))
    assert everything(server) == before


def test_hostile_blocks_and_reports(server: Served, counter: RawCounter) -> None:
    before = everything(server)
    for request in (
        BlockRequest(size=-1),
        BlockRequest(size=2**63),
        BlockRequest(returned=NumberBlock(first=-1, last=5, from_day="2026-11-23")),
        BlockRequest(returned=NumberBlock(first=1, last=5, from_day="x")),
        BlockRequest(returned=NumberBlock(first=2**40, last=2**41, from_day="2026-11-23")),
    ):
        with pytest.raises(Refused) as refused:
            counter.post("/v1/blocks", request, BlockReply)
        assert refused.value.status == 422
    for item in (
        QuarantinedItem(direction="sideways", item="x", code="y"),
        QuarantinedItem(direction="up", item="x" * 101, code="y"),
        QuarantinedItem(direction="up", item="x", code="\x00"),
    ):
        with pytest.raises(Refused, match="not_a_message"):
            counter.post("/v1/quarantine", QuarantineReport(items=[item]), Done)
    assert everything(server) == before


def test_a_report_is_kept_once(server: Served, counter: RawCounter) -> None:
    for code in ("event_malformed", "event_too_big"):
        item = QuarantinedItem(direction="up", item="e1", code=code)
        counter.post("/v1/quarantine", QuarantineReport(items=[item]), Done)
    rows = server.rows("SELECT item, code FROM quarantine_report")
    assert [(row["item"], row["code"]) for row in rows] == [("e1", "event_too_big")]


def test_a_signature_serves_one_purpose_and_one_content(server: Served, counter: RawCounter) -> None:
    counter.received(2)
    payload = wire.to_bytes(counter.push_request())
    before = everything(server)
    right = signed(PUSH, counter.key, counter.device_id, payload)
    for message in (
        signed(SESSION, counter.key, counter.device_id, payload),
        Signed(device_id=right.device_id, payload=payload + b"\x00", signature=right.signature),
        Signed(device_id=right.device_id, payload=payload, signature=b""),
        Signed(device_id="somebody", payload=payload, signature=right.signature),
    ):
        with pytest.raises(Refused) as refused:
            counter.post("/v1/push", message, PushReply)
        assert refused.value.code in {"bad_signature", "not_a_message"}
    assert everything(server) == before


def test_refusals_are_logged_without_content(server: Served, counter: RawCounter) -> None:
    told = io.StringIO()
    with redirect_stdout(told):
        body = changed(counter, device_id="somebody", clerk=SECRET)
        with pytest.raises(Refused):
            counter.send(counter.push_request(2, 1, events=[EventItem(body=body)]))
        with pytest.raises(Refused):
            read(counter.post_bytes("/v1/push", f"{SECRET}".encode(), encoding="identity"), Done)
    assert "event_of_another" in told.getvalue()
    assert "not_a_message" in told.getvalue()
    for secret in (SECRET, counter.token, wire_event(counter.bodies[0])["dossier_id"]):
        assert secret not in told.getvalue()
