"""A rightly signed file with anything in it is taken or refused, never a failure."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.protocol.test_carry_file import header_for
from tests.server.any_message import any_of, integers, texts
from tests.server.raw_counter import RawCounter, enrolled
from tests.server.serving import Served
from tests.server.test_hostile_bodies import everything

from counter_protocol.carry import CarryHeader, CarryRefused, Record, RecordKind
from counter_protocol.carry_read import CarryReader
from counter_protocol.carry_write import write_carry
from counter_protocol.events import SERVER
from counter_protocol.messages import PushRequest, SessionRequest, UploadRequest
from counter_protocol.refusals import Refusal
from counter_protocol.signing import PUSH, signed
from counter_protocol.wire import to_bytes
from counter_server.carry.importing import import_file
from counter_server.wire_body import Refused

ANYTHING = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def counter(server: Served) -> Iterator[RawCounter]:
    with enrolled(server) as raw:
        raw.received(1)
        raw.push()
        yield raw


def record_of(counter: RawCounter) -> st.SearchStrategy[Record]:
    """Records of a stick, with contents of their kind and any other."""
    unit, device = st.just(counter.unit), st.just(counter.device_id)
    pushes = any_of(PushRequest, unit_code=unit | texts).map(
        lambda push: to_bytes(signed(PUSH, counter.key, counter.device_id, to_bytes(push)))
    )
    places = any_of(SessionRequest, unit_code=unit, device_id=device).map(to_bytes)
    scans = any_of(
        UploadRequest, sha256=st.just("ab" * 32), media_type=st.just("application/pdf"), size=st.just(9)
    ).map(to_bytes)
    bodies = st.one_of(pushes, places, scans, st.binary(max_size=30), st.just(b"%PDF-1.7 x"))
    kinds = st.sampled_from([*RecordKind, "of_tomorrow", "", "x" * 300])
    return st.builds(Record, kind=kinds, body=bodies) | st.one_of(
        st.builds(Record, kind=st.just("batch"), body=pushes),
        st.builds(Record, kind=st.just("scan"), body=scans),
    )


@pytest.mark.slow
@ANYTHING
@given(st.data())
def test_any_records(server: Served, counter: RawCounter, tmp_path: Path, data: st.DataObject) -> None:
    records = data.draw(st.lists(record_of(counter), max_size=4))
    single = [each.kind for each in records if each.kind in ("place", "blocks")]
    if len(single) != len(set(single)):
        return  # no file of ours: the writer refuses it
    header = header_for(
        records,
        unit=counter.unit,
        sender=counter.device_id,
        recipient=SERVER,
        file_id=data.draw(texts),
        kinds=data.draw(st.dictionaries(texts, integers, max_size=2)),
    )
    out = io.BytesIO()
    write_carry(
        out,
        header,
        records,
        recipient_key=server.context.secrets.sealing_public,
        signing_key=counter.key,
    )
    path = tmp_path / "stick.qmc"
    path.write_bytes(out.getvalue())
    before = everything(server)
    try:
        taken = server.run(import_file(server.context, path))
    except (Refused, CarryRefused) as refused:
        told = getattr(refused, "code", Refusal.NOT_A_MESSAGE)
        outcome = told in set(Refusal)
    else:
        outcome = taken.events >= 0
    assert outcome
    after = everything(server)
    # The chain that counts has not moved, and a scan whose bytes are others is not kept.
    assert [row for row in after["chain"] if row["epoch"] == 1] == before["chain"]
    assert after["scan"] == before["scan"]
    assert after["dossier"] == before["dossier"]


@given(st.binary(max_size=400), st.sampled_from([b"", b"QMCC1", b"QMCC1\x00\x00\x00\x05", b"QMCC2"]))
def test_any_bytes_are_no_file(content: bytes, start: bytes) -> None:
    with pytest.raises(CarryRefused):
        CarryReader(io.BytesIO(start + content)).check(bytes(32))


@given(any_of(CarryHeader), st.binary(max_size=300))
def test_any_header(header: CarryHeader, rest: bytes) -> None:
    told = to_bytes(header)
    content = b"QMCC1" + len(told).to_bytes(4, "big") + told + rest
    with pytest.raises(CarryRefused):
        CarryReader(io.BytesIO(content)).check(bytes(32))
