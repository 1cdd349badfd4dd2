"""The wire contract, frozen: a change here breaks counters that are already in offices."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from counter_protocol.events import (
    GENESIS_HASH,
    EventEnvelope,
    EventKind,
    chain_hash,
    decode_event,
    encode_event,
)

SNAPSHOT = Path(__file__).with_name("events_v1.json")
EVENT = EventEnvelope(
    event_id="01930000-0000-7000-8000-000000000002",
    kind=EventKind.DOSSIER_RECEIVED,
    unit_code="H29.12",
    device_id="01930000-0000-7000-8000-0000000000aa",
    counter=1,
    clerk="hoa",
    dossier_id="01930000-0000-7000-8000-000000000001",
    rev=1,
    at=datetime(2026, 11, 23, 8, 30, 0, 5, tzinfo=timezone(timedelta(hours=7))),
    data={
        "procedure": "Đăng ký khai sinh",
        "charges": [{"fee_id": "extract", "amount_vnd": 8000}],
        "due_at": None,
    },
)


def test_the_bytes_hashes_and_kinds_are_those_we_shipped() -> None:
    first = encode_event(EVENT)
    second = encode_event(replace(EVENT, kind=EventKind.RESULT_RETURNED, rev=2, data={}))
    first_hash = chain_hash(GENESIS_HASH, first)
    produced = {
        "bodies": [first.decode(), second.decode()],
        "hashes": [first_hash.hex(), chain_hash(first_hash, second).hex()],
        "kinds": sorted(EventKind),
    }
    assert produced == json.loads(SNAPSHOT.read_text("utf-8"))


def test_an_event_comes_back() -> None:
    assert decode_event(encode_event(EVENT)) == EVENT


def test_the_same_moment_has_the_same_bytes() -> None:
    assert encode_event(replace(EVENT, at=EVENT.at.astimezone(UTC))) == encode_event(EVENT)


def test_unknown_kinds_and_fields_of_newer_counters_are_read() -> None:
    record = json.loads(encode_event(EVENT)) | {"kind": "dossier_teleported", "schema": 9, "new_field": [1]}
    event = decode_event(json.dumps(record).encode())
    assert (event.kind, event.schema) == ("dossier_teleported", 9)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"1", b"\xff", b'{"at":1}', b"null"])
def test_what_is_not_an_event_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON errors are ValueErrors with their own words
        decode_event(body)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        encode_event(replace(EVENT, at=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_the_chain_notices_every_change() -> None:
    body = encode_event(EVENT)
    tip = chain_hash(GENESIS_HASH, body)
    assert len(tip) == 32
    assert chain_hash(GENESIS_HASH, body + b" ") != tip
    assert chain_hash(tip, body) != tip
    with pytest.raises(ValueError, match="32"):
        chain_hash(b"short", body)
