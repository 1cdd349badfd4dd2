"""What the server takes, every counter can read, and both read the same: else one would stand still alone."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.protocol import golden, samples
from tests.protocol.hostile import BAD_EVENTS, RECORD, json_values

from counter_protocol.canonical import canonical_bytes
from counter_protocol.events import EventEnvelope, EventKind, decode_event
from counter_server.events.received import read_event
from counter_server.wire_body import Refused

OWN = [body for _path, body in golden.every("events") if json.loads(body)["device_id"] == samples.DEVICE]
SURE = {"event_id": "e", "unit_code": samples.UNIT, "device_id": samples.DEVICE}


def taken(body: bytes) -> EventEnvelope | None:
    """Return the event as the server reads it, or None when it refuses it."""
    try:
        return read_event(body, 1, samples.UNIT, samples.DEVICE)
    except Refused:
        return None


def check(body: bytes) -> bool:
    event = taken(body)
    assert event is None or decode_event(body) == event
    return event is not None


def test_what_counters_say_is_taken_and_what_is_none_is_not() -> None:
    assert all(map(check, OWN))
    assert not any(map(check, BAD_EVENTS.values()))


@given(st.sampled_from(OWN), st.data())
def test_an_event_with_other_bytes(body: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    length = data.draw(st.integers(0, 3))
    check(body[:at] + data.draw(st.binary(max_size=4)) + body[at + length :])


ODD = [
    b'"at"',
    b"1e400",
    b"1.0",
    b"-0",
    b"01",
    b"+1",
    b"1E2",
    b'"\\ud83d\\ude00"',
    b'"\\u0000"',
    b'"\x7f"',
    b"\xa0",
]
ODD += [
    b'"\x01"',
    b"[1,]",
    b"{,}",
    b"//x",
    b"nul",
    b"Infinity",
    b'"\\x41"',
    b'"\xf4\x90\x80\x80"',
    b"9" * 400,
]


@given(st.sampled_from(ODD), st.sampled_from([b'"rev":1', b'"data":{}', b'"clerk":""', b'"more":1']))
def test_an_odd_value_anywhere(value: bytes, where: bytes) -> None:
    body = canonical_bytes({**RECORD, **SURE, "rev": 1, "data": {}, "clerk": "", "more": 1})
    assert where in body
    name = where.partition(b":")[0]
    check(body.replace(where, name + b":" + value))
    check(body.replace(b'"data":{}', b'"data":{"a":[' + value + b"]}"))


@given(st.sampled_from(sorted(RECORD)), json_values, st.sampled_from([*EventKind, "of_tomorrow"]))
def test_an_event_with_another_value(name: str, value: object, kind: str) -> None:
    check(json.dumps({**RECORD, **SURE, "kind": kind, name: value}).encode())


@given(st.dictionaries(st.text(max_size=5), json_values), st.integers(0, 300))
def test_any_data_at_any_depth(data: dict[str, object], depth: int) -> None:
    told = json.dumps(data)
    for _ in range(depth):
        told = f'{{"in":{told}}}'
    body = json.dumps({**RECORD, **SURE, "data": {}}).replace('"data": {}', f'"data": {told}').encode()
    assert check(body)


def test_a_field_told_twice_is_the_last_one() -> None:
    body = canonical_bytes({**RECORD, **SURE, "rev": 1}).replace(b'"rev":1', b'"rev":1,"rev":2')
    assert check(body)
    assert decode_event(body).rev == 2
