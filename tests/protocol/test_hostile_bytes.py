"""Whatever bytes arrive: a message, an event, or one error that says they are none. Nothing else, ever."""

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.protocol import golden, samples
from tests.protocol.contract import message_types
from tests.protocol.hostile import BAD_EVENTS, RECORD, json_values

from counter_protocol import wire
from counter_protocol.canonical import canonical_bytes
from counter_protocol.carry import CarryRefused
from counter_protocol.carry_read import CarryReader
from counter_protocol.events import EventEnvelope, EventKind, decode_event, encode_event
from counter_protocol.fold import OWNER, REV, fold
from counter_protocol.messages import Message, PullReply, PushRequest, SessionRequest, Signed
from counter_protocol.wire import NotAMessage, TooBig, from_bytes, to_bytes, unpack

TYPES = list(message_types())
GOLDEN_MESSAGES = [(path.stem, said) for path, said in golden.every("messages")]
GOLDEN_EVENTS = [body for _path, body in golden.every("events")]
MEBIBYTE = 1024 * 1024


def packed(body: bytes, level: int = 1) -> bytes:
    return zstandard.ZstdCompressor(level=level).compress(body)


def unsized(body: bytes) -> bytes:
    """Pack without telling the size."""
    return zstandard.ZstdCompressor(level=1, write_content_size=False).compress(body)


def of_size(claimed: int) -> bytes:
    """A frame of ten bytes that claims another size: single segment, eight bytes of size, one raw block."""
    block = (1 | (10 << 3)).to_bytes(3, "little") + bytes(10)
    return b"\x28\xb5\x2f\xfd\xe0" + claimed.to_bytes(8, "little") + block


BOMBS: dict[str, tuple[Callable[[], bytes], type[NotAMessage]]] = {
    "a bomb": (lambda: packed(bytes(200 * MEBIBYTE)), TooBig),
    "a bomb that hides its size": (lambda: unsized(bytes(200 * MEBIBYTE)), TooBig),
    "one byte too many": (lambda: packed(bytes(wire.MAX_UNPACKED + 1)), TooBig),
    "too big as it comes": (lambda: bytes(wire.MAX_PACKED + 1), TooBig),
    "a frame that claims the world": (lambda: of_size(2**63), NotAMessage),
    "a frame that claims more than it has": (lambda: of_size(1000), NotAMessage),
    "a frame that claims less than it has": (lambda: of_size(3), NotAMessage),
    "a window of a gigabyte": (lambda: b"\x28\xb5\x2f\xfd\x00\xa0" + bytes(20), NotAMessage),
    "nothing but the magic": (lambda: b"\x28\xb5\x2f\xfd", NotAMessage),
    "a frame nobody made": (lambda: b"\x28\xb5\x2f\xfd" + b"\xff" * 30, NotAMessage),
    "something else": (lambda: b"PK\x03\x04" + bytes(30), NotAMessage),
    "a dictionary nobody has": (lambda: b"\x28\xb5\x2f\xfd\x23\x01\x02\x03\x04" + bytes(9), NotAMessage),
    "nothing": (lambda: b"", NotAMessage),
    "two frames": (lambda: packed(b"x") + packed(b"y"), NotAMessage),
    "a frame and a byte": (lambda: packed(bytes(1000)) + b"\x00", NotAMessage),
}


@pytest.mark.parametrize(("make", "error"), list(BOMBS.values()), ids=list(BOMBS))
def test_a_packed_body_that_is_none_costs_little(make: Callable[[], bytes], error: type[NotAMessage]) -> None:
    body = make()
    unpack(packed(b"x"))  # whatever the library needs once
    tracemalloc.start()
    try:
        with pytest.raises(error):
            unpack(body)
        assert tracemalloc.get_traced_memory()[1] < 3 * wire.MAX_UNPACKED
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_a_bomb_within_a_bomb_stays_packed(depth: int) -> None:
    body = bytes(100 * MEBIBYTE)
    for _ in range(depth + 1):
        body = packed(body, 3)
    for _ in range(depth):
        try:
            body = unpack(body)
        except TooBig:
            return
    with pytest.raises(TooBig):
        unpack(body)


def test_a_frame_cut_anywhere_is_refused() -> None:
    body = wire.pack(dict(GOLDEN_MESSAGES)["Signed"])
    for length in range(len(body)):
        with pytest.raises(NotAMessage):
            unpack(body[:length])


@given(st.binary(max_size=300))
def test_any_bytes_unpack_or_are_refused(body: bytes) -> None:
    for tried in (body, b"\x28\xb5\x2f\xfd" + body):
        try:
            assert len(unpack(tried, limit=1000)) <= 1000
        except NotAMessage:
            continue


@given(st.binary(max_size=200), st.sampled_from(TYPES))
def test_any_bytes_are_a_message_or_none(body: bytes, kind: type[Message]) -> None:
    try:
        message = from_bytes(body, kind)
    except NotAMessage:
        return
    assert from_bytes(to_bytes(message), kind) == message


LENGTHS = {
    "a list of four billion": b"\xdd\xff\xff\xff\xff",
    "a map of four billion": b"\xdf\xff\xff\xff\xff",
    "bytes of four billion": b"\xc6\xff\xff\xff\xff",
    "a text of four billion": b"\xdb\xff\xff\xff\xff",
    "an extension": b"\xc9\xff\xff\xff\xff\x01",
    "lists in lists": b"\x91" * 1_000_000,
    "maps in maps": b"\x81\xa1x" * 300_000,
    "half a letter": b"\xa3\xed\xa0\x80",
    "not a number": b"\xcb\x7f\xf8" + bytes(6),
    "a number below all": b"\xd3\x80" + bytes(7),
    "a number above all": b"\xcf" + b"\xff" * 8,
    "nothing": b"\xc0",
}


@pytest.mark.parametrize("content", list(LENGTHS.values()), ids=list(LENGTHS))
def test_a_value_that_is_none_anywhere_in_a_message(content: bytes) -> None:
    tracemalloc.start()
    try:
        for kind in TYPES:
            for field in msgspec.structs.fields(kind):
                name = field.encode_name.encode()
                body = b"\x81" + bytes([0xA0 + len(name)]) + name + content
                try:
                    from_bytes(body, kind)
                except NotAMessage:
                    continue
                # Missing is what must be there, unless nothing must; and what was said must be a value.
                assert not {each.name for each in msgspec.structs.fields(kind) if each.required} - {
                    field.name
                }
        assert tracemalloc.get_traced_memory()[1] < 64 * MEBIBYTE
    finally:
        tracemalloc.stop()


@given(st.sampled_from(GOLDEN_MESSAGES), st.data())
def test_a_message_changed_by_a_byte(sample: tuple[str, bytes], data: st.DataObject) -> None:
    name, said = sample
    at = data.draw(st.integers(0, len(said) - 1))
    changed = said[:at] + bytes([data.draw(st.integers(0, 255))]) + said[at + 1 :]
    (kind,) = [each for each in TYPES if each.__name__ == name]
    for body in (changed, said[:at], said[:at] + said):
        try:
            from_bytes(body, kind)
        except NotAMessage:
            continue


def test_a_field_said_twice_is_one_field() -> None:
    body = b"\x82" + b"\xa6cursor\x01" + b"\xa6cursor\x02"
    assert from_bytes(body, PullReply).cursor == 2


def test_what_a_newer_peer_adds_is_passed_over() -> None:
    for name, said in GOLDEN_MESSAGES:
        (kind,) = [each for each in TYPES if each.__name__ == name]
        told = msgspec.msgpack.decode(said) | {"of_tomorrow": {"deep": [1, {"x": b"y"}]}, "other": None}
        assert from_bytes(msgspec.msgpack.encode(told), kind) == from_bytes(said, kind)
    for kind in (SessionRequest, PushRequest, Signed):
        with pytest.raises(NotAMessage):
            from_bytes(b"\x81\xabof_tomorrow\xc0", kind)


# Events


@pytest.mark.parametrize("body", list(BAD_EVENTS.values()), ids=list(BAD_EVENTS))
def test_what_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON errors are ValueErrors with their own words
        decode_event(body)


def test_letters_above_the_first_plane_are_letters() -> None:
    body = canonical_bytes(RECORD | {"clerk": "CLERK"}).replace(b"CLERK", b"\\uD83D\\uDE00 \\\\ud800")
    assert decode_event(body).clerk == "😀 \\ud800"


@given(st.sampled_from(sorted(RECORD)), json_values)
def test_a_field_of_any_value_is_right_or_no_event(name: str, value: object) -> None:
    body = json.dumps(RECORD | {name: value}).encode()
    right = {"data": dict, "counter": int, "rev": int, "schema": int}.get(name, str)
    try:
        event = decode_event(body)
    except ValueError:
        return
    assert isinstance(value, right)
    assert not isinstance(value, bool)
    assert name == "at" or getattr(event, name) == value


@given(st.sampled_from(GOLDEN_EVENTS), st.data())
def test_an_event_changed_by_a_byte(body: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    for changed in (body[:at], body[:at] + bytes([data.draw(st.integers(0, 255))]) + body[at + 1 :]):
        try:
            event = decode_event(changed)
        except ValueError:
            continue
        assert isinstance(event.event_id + event.kind + event.dossier_id, str)


@given(st.binary(max_size=100))
def test_any_bytes_are_an_event_or_none(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode_event(body)


patches = st.fixed_dictionaries(
    {},
    optional={
        "set": json_values
        | st.dictionaries(st.sampled_from(["status", "life.paid_vnd", OWNER, REV, "copies"]), json_values),
        "add": json_values | st.dictionaries(st.sampled_from(["life.paid_vnd", "status"]), json_values),
    },
)
kinds = st.sampled_from([*EventKind, "of_tomorrow"])


@settings(max_examples=300)
@given(st.lists(st.tuples(kinds, st.sampled_from(["a", "b", "server"]), patches | json_values, json_values)))
def test_a_fold_of_anything_gives_a_state_or_says_why(
    told: list[tuple[str, str, object, object]],
) -> None:
    state = fold(None, decode_event(samples.events()[2]), 1).state
    for number, (kind, device, patch, seen) in enumerate(told, 2):
        record = RECORD | {"kind": kind, "device_id": device, "data": {"state": patch, "seen": seen}}
        event = decode_event(json.dumps(record).encode())
        assert state is not None
        before = json.dumps(state, sort_keys=True)
        try:
            folded = fold(state, event, number)
        except ValueError:
            continue
        finally:
            assert json.dumps(state, sort_keys=True) == before  # a state is never changed in place
        state = folded.state
        assert state is not None
        assert state[OWNER] in ("a", "b", "server", samples.DEVICE)
        json.dumps(folded.params)


@given(st.datetimes(timezones=st.timezones()))
def test_every_moment_has_one_text(moment: Any) -> None:
    from datetime import UTC, datetime

    event = EventEnvelope(
        event_id="e",
        kind="k",
        unit_code="",
        device_id="",
        counter=1,
        clerk="",
        dossier_id="",
        rev=0,
        at=moment,
    )
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        return
    body = encode_event(event)
    if utc.year <= 9998:
        assert decode_event(body).at == utc
        assert isinstance(decode_event(body).at, datetime)


# Carry files

CARRY_UP = [golden.read(version / "carry_up.hex") for version in golden.released()]


@given(st.sampled_from(CARRY_UP), st.data())
def test_a_carry_file_changed_anywhere_is_never_believed(content: bytes, data: st.DataObject) -> None:
    import io

    from counter_protocol import signing

    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != content[at]))
    for changed in (content[:at] + bytes([byte]) + content[at + 1 :], content[:at], content + bytes([byte])):
        with pytest.raises(CarryRefused):
            CarryReader(io.BytesIO(changed)).check(signing.public_key_of(samples.DEVICE_KEY))
