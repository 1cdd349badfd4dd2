"""What any released program ever said is read today, and said the same way."""

import io
import json
from pathlib import Path

import msgspec
import pytest
from tests.protocol import golden, samples
from tests.protocol.contract import message_types

from counter_protocol import signing
from counter_protocol.carry import CarryHeader, RecordKind
from counter_protocol.carry_read import CarryReader
from counter_protocol.events import SERVER, decode_event, encode_event
from counter_protocol.fold import changes_state, fold
from counter_protocol.messages import PushRequest, SessionRequest, Signed
from counter_protocol.notices import RAISING, SETTLING, notice_of
from counter_protocol.wire import from_bytes, to_bytes

VERSIONS = golden.released()
MESSAGES = list(golden.every("messages"))
EVENTS = list(golden.every("events"))
TYPES = {kind.__name__: kind for kind in message_types()}


def name_of(value: object) -> str | None:
    return f"{value.parents[1].name}-{value.stem}" if isinstance(value, Path) else None


@pytest.mark.parametrize(("path", "said"), MESSAGES, ids=name_of)
def test_a_message_is_read_and_said_again(path: Path, said: bytes) -> None:
    kind = TYPES[path.stem]
    message = from_bytes(said, kind)
    # The head of a map may be another one (it goes by how many fields there could be), nothing else may.
    again = msgspec.msgpack.decode(to_bytes(message))
    assert list(again.items()) == list(msgspec.msgpack.decode(said).items())
    # Every field of then has arrived: a name nobody knows any more would have been passed over.
    told = msgspec.msgpack.decode(said)
    assert set(told) <= {field.encode_name for field in msgspec.structs.fields(kind)}
    for name, value in told.items():
        assert msgspec.to_builtins(getattr(message, name), builtin_types=(bytes,)) == value


@pytest.mark.parametrize(("path", "body"), EVENTS, ids=name_of)
def test_an_event_is_read_and_said_again(path: Path, body: bytes) -> None:
    event = decode_event(body)
    assert event.kind == path.stem
    assert encode_event(event) == body
    assert event.data == json.loads(body)["data"]
    if event.kind in RAISING | SETTLING:
        assert notice_of(event).notice_id.startswith("01930000-")


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.name)
def test_a_signed_push_is_believed_and_folds(version: Path) -> None:
    message = from_bytes(golden.read(version / "signed_push.hex"), Signed)
    public = signing.public_key_of(samples.DEVICE_KEY)
    signing.verify(signing.PUSH, public, message.payload, message.signature)
    push = from_bytes(message.payload, PushRequest)
    states: dict[str, dict[str, object]] = {}
    for number, item in enumerate(push.events, 1):
        event = decode_event(item.body)
        if changes_state(event):
            folded = fold(states.get(event.dossier_id), event, number)
            assert (folded.flag, folded.state is None) == (None, False)
            states[event.dossier_id] = dict(folded.state or {})
    assert [state["status"] for state in states.values()] == ["returned", "refused", "stopped", "withdrawn"]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.name)
def test_a_carry_file_is_opened(version: Path) -> None:
    reader = CarryReader(io.BytesIO(golden.read(version / "carry_up.hex")))
    header = from_bytes(golden.read(version / "messages" / "CarryHeader.hex"), CarryHeader)
    assert reader.header == header
    assert header.recipient == SERVER
    reader.check(signing.public_key_of(samples.DEVICE_KEY))
    place, batch = reader.records(samples.SERVER_SEALING_KEY)
    assert (place.kind, batch.kind) == (RecordKind.PLACE, RecordKind.BATCH)
    assert from_bytes(place.body, SessionRequest).device_id == samples.DEVICE
    assert batch.body == golden.read(version / "signed_push.hex")
