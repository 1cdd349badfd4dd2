"""The carry file's format: what is written comes back, and nothing else is ever believed."""

import hashlib
import io
import struct
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_protocol import carry, signing
from counter_protocol.carry import CarryHeader, CarryProblem, CarryRefused, Record, RecordKind
from counter_protocol.carry_keys import public_of, sealing_private_of, sealing_public_of
from counter_protocol.carry_read import CarryReader
from counter_protocol.carry_seal import new_seal
from counter_protocol.carry_tally import Tally
from counter_protocol.carry_write import write_carry
from counter_protocol.wire import to_bytes

SENDER = bytes(range(32))
RECIPIENT = sealing_private_of(bytes(range(1, 33)))
STRANGER = sealing_private_of(bytes(range(2, 34)))
SENDER_PUBLIC = signing.public_key_of(SENDER)


def header_for(records: Iterable[Record], direction: str = "up", **changed: object) -> CarryHeader:
    tally = Tally()
    for record in records:
        tally.add(record.kind, len(record.body))
    listed = {name: count for name, count in tally.counts.items() if name in carry.COUNT_LIMITS}
    header = CarryHeader(
        direction=direction,
        unit="H29.12",
        counter=1,
        sender="device-1",
        recipient="server",
        file_id="0195a2f0-0000-7000-8000-000000000001",
        created="2026-11-23T01:00:00.000000Z",
        counts=listed,
    )
    return msgspec.structs.replace(header, **changed)


def written(records: Sequence[Record], direction: str = "up", **changed: object) -> bytes:
    out = io.BytesIO()
    header = header_for(records, direction, **changed)
    write_carry(out, header, records, recipient_key=public_of(RECIPIENT), signing_key=SENDER)
    return out.getvalue()


def read(content: bytes, *, sender: bytes = SENDER_PUBLIC, key: bytes = RECIPIENT) -> list[Record]:
    reader = CarryReader(io.BytesIO(content))
    reader.check(sender)
    return list(reader.records(key))


def problem_of(content: bytes, *, sender: bytes = SENDER_PUBLIC, key: bytes = RECIPIENT) -> CarryProblem:
    with pytest.raises(CarryRefused) as refused:
        read(content, sender=sender, key=key)
    return refused.value.problem


SOME = (
    Record(kind="place", body=b"place"),
    Record(kind="batch", body=b"batch one" * 400),
    Record(kind="batch", body=b"batch two"),
    Record(kind="scan", body=b"announced"),
    Record(kind="bytes", body=b"\x00\x01" * 3000),
    Record(kind="bytes", body=b"the end"),
)

_kinds = st.sampled_from(["place", "batch", "scan", "bytes", "ack", "pull", "pack", "blocks", "of-tomorrow"])
_records = st.lists(
    st.builds(
        Record,
        kind=_kinds,
        body=st.one_of(
            st.binary(max_size=200), st.integers(0, 1_500_000).map(lambda size: b"ab" * (size // 2))
        ),
    ),
    max_size=8,
).filter(lambda records: sum(r.kind in ("place", "blocks") for r in records) <= 1)


@settings(deadline=None, max_examples=60)
@given(records=_records, direction=st.sampled_from(["up", "down"]))
def test_every_stream_of_records_comes_back_as_it_was(records: list[Record], direction: str) -> None:
    assert read(written(records, direction)) == records


def test_a_record_across_block_borders_comes_back(tmp_path: Path) -> None:
    sizes = [carry.BLOCK_BYTES - 20, carry.BLOCK_BYTES, carry.MAX_RECORD - 100, 1]
    records = [Record(kind="batch", body=bytes([n]) * size) for n, size in enumerate(sizes)]
    assert read(written(records)) == records


def test_nothing_of_the_content_can_be_read_in_the_file() -> None:
    content = written([Record(kind="batch", body=b"Nguyen Van A 012345678901" * 10)])
    assert b"Nguyen" not in content
    assert problem_of(content, key=STRANGER) == CarryProblem.WRONG_RECIPIENT


def test_the_sender_cannot_open_what_it_wrote() -> None:
    assert problem_of(written(SOME), key=sealing_private_of(SENDER)) == CarryProblem.WRONG_RECIPIENT


def test_a_cut_file_is_refused_at_every_length() -> None:
    content = written(SOME)
    for length in range(len(content)):
        assert problem_of(content[:length]) in (CarryProblem.DAMAGED, CarryProblem.NOT_A_FILE), length


def test_every_turned_bit_is_noticed() -> None:
    content = written(SOME)
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        with pytest.raises(CarryRefused):
            read(bytes(changed))


def test_bytes_after_the_end_are_noticed() -> None:
    assert problem_of(written(SOME) + b"\x00") == CarryProblem.DAMAGED


def test_another_sender_is_noticed() -> None:
    assert problem_of(written(SOME), sender=signing.public_key_of(STRANGER)) == CarryProblem.DAMAGED


def test_records_are_not_given_before_the_signature_was_checked() -> None:
    reader = CarryReader(io.BytesIO(written(SOME)))
    with pytest.raises(ValueError, match="not checked"):
        next(reader.records(RECIPIENT))


# A sender that is enrolled and hostile: everything below is rightly signed.


@dataclass
class Forger:
    """Writes rightly signed files no program of ours writes."""

    header: CarryHeader
    purpose: bytes = signing.CARRY_UP

    def file(self, blocks: Sequence[bytes], *, last_marked: bool = True, order: Sequence[int] = ()) -> bytes:
        told = to_bytes(self.header)
        head = carry.MAGIC + len(told).to_bytes(4, "big") + told
        sealed_key, seal = new_seal(public_of(RECIPIENT), head)
        sealed = [
            seal.seal(block, last=last_marked and number == len(blocks) - 1)
            for number, block in enumerate(blocks)
        ]
        sealed = [sealed[place] for place in order or range(len(sealed))]
        content = head + sealed_key + b"".join(struct.pack(">I", len(each)) + each for each in sealed)
        return content + signing.sign(self.purpose, SENDER, hashlib.sha256(content).digest())


def stream(records: Sequence[Record]) -> bytes:
    bodies = [to_bytes(record) for record in records]
    return b"".join(struct.pack(">I", len(body)) + body for body in bodies)


def packed(content: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(content)


@pytest.mark.parametrize("kept", range(len(SOME)))
def test_a_sender_that_stops_at_any_record_is_noticed(kept: int) -> None:
    forger = Forger(header_for(SOME))
    assert problem_of(forger.file([packed(stream(SOME[:kept]))])) == CarryProblem.DAMAGED


def test_a_signature_made_for_another_purpose_serves_no_file() -> None:
    for purpose in (signing.CARRY_DOWN, signing.PUSH, signing.SESSION):
        content = Forger(header_for(SOME), purpose).file([packed(stream(SOME))])
        assert problem_of(content) == CarryProblem.DAMAGED
    assert read(Forger(header_for(SOME)).file([packed(stream(SOME))])) == list(SOME)


def test_blocks_left_out_or_exchanged_are_noticed() -> None:
    forger = Forger(header_for(SOME))
    blocks = [packed(stream([record])) for record in SOME]
    assert read(forger.file(blocks)) == list(SOME)
    assert problem_of(forger.file(blocks, order=[0, 1, 2, 3, 4])) == CarryProblem.DAMAGED
    assert problem_of(forger.file(blocks, order=[0, 2, 1, 3, 4, 5])) == CarryProblem.DAMAGED
    assert problem_of(forger.file(blocks, order=[0, 1, 1, 2, 3, 4, 5])) == CarryProblem.DAMAGED
    assert problem_of(forger.file(blocks, last_marked=False)) == CarryProblem.DAMAGED


def test_a_bomb_is_refused_before_it_has_grown() -> None:
    bomb = packed(bytes(512 * 1024 * 1024))
    assert len(bomb) < 100_000
    content = Forger(header_for(SOME)).file([bomb])
    tracemalloc.start()
    try:
        assert problem_of(content) == CarryProblem.DAMAGED
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_many_small_bombs_stop_at_what_the_header_lists() -> None:
    piece = packed(stream([Record(kind="bytes", body=bytes(1024 * 1000))]))
    begun = packed(stream([Record(kind="scan", body=b"announced")]))
    header = header_for([], counts={"scan": 1, "scan_bytes": 2_048_000})
    content = Forger(header).file([begun, *[piece] * 300])
    reader = CarryReader(io.BytesIO(content))
    reader.check(SENDER_PUBLIC)
    passed: list[int] = []
    with pytest.raises(CarryRefused, match="too_big"):
        passed.extend(len(record.body) for record in reader.records(RECIPIENT))
    assert sum(passed) <= 2_048_000 + len(b"announced")


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([b"no zstd"], CarryProblem.DAMAGED),
        ([packed(b"\xff\xff\xff\xff")], CarryProblem.TOO_BIG),
        ([packed(b"\x00\x00\x00\x02\xc1\xc1")], CarryProblem.DAMAGED),
        ([packed(b"\x00\x00\x00\x05abc")], CarryProblem.DAMAGED),
        ([packed(b"\x00\x00")], CarryProblem.DAMAGED),
        ([packed(struct.pack(">I", 100_000) + b"\x91" * 100_000)], CarryProblem.DAMAGED),
    ],
)
def test_nonsense_rightly_sealed_is_refused(blocks: list[bytes], problem: CarryProblem) -> None:
    assert problem_of(Forger(header_for([])).file(blocks)) == problem


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"version": 2}, CarryProblem.NEWER),
        ({"direction": "sideways"}, CarryProblem.DAMAGED),
        ({"counts": {"batch": 10**9}}, CarryProblem.TOO_BIG),
        ({"counts": {"batch": -1}}, CarryProblem.TOO_BIG),
        ({"counts": {"scan_bytes": 2**40}}, CarryProblem.TOO_BIG),
    ],
)
def test_a_header_nobody_writes_is_refused_before_anything_is_unpacked(
    changed: dict[str, object], problem: CarryProblem
) -> None:
    content = Forger(header_for([], **changed)).file([packed(b"")])
    with pytest.raises(CarryRefused) as refused:
        CarryReader(io.BytesIO(content))
    assert refused.value.problem == problem


def test_a_file_of_something_else_is_none_of_ours() -> None:
    assert problem_of(b"PK\x03\x04" + bytes(400)) == CarryProblem.NOT_A_FILE
    assert problem_of(b"") == CarryProblem.NOT_A_FILE
    assert problem_of(carry.MAGIC + b"\xff\xff\xff\xff" + bytes(400)) == CarryProblem.DAMAGED


def test_a_writer_that_lists_something_else_fails() -> None:
    with pytest.raises(ValueError, match="lists"):
        written(SOME, counts={"batch": 1})


def test_the_sealing_key_follows_from_the_signing_key_and_does_not_tell_it() -> None:
    assert sealing_public_of(SENDER) == public_of(sealing_private_of(SENDER))
    assert sealing_private_of(SENDER) != SENDER
    assert len(sealing_public_of(SENDER)) == 32


@pytest.mark.slow
def test_a_scan_of_100_mb_passes_in_little_memory(tmp_path: Path) -> None:
    size, piece = 100 * 1024 * 1024, carry.PIECE_BYTES
    header = header_for([], counts={RecordKind.SCAN: 1, "scan_bytes": size})

    def records() -> Iterator[Record]:
        yield Record(kind=RecordKind.SCAN, body=b"announced")
        for number in range(size // piece):
            yield Record(kind=RecordKind.BYTES, body=number.to_bytes(8, "big") * (piece // 8))

    path = tmp_path / "big.qmc"
    tracemalloc.start()
    try:
        with path.open("wb") as out:
            write_carry(out, header, records(), recipient_key=public_of(RECIPIENT), signing_key=SENDER)
        with path.open("rb") as file:
            reader = CarryReader(file)
            reader.check(SENDER_PUBLIC)
            passed = sum(len(record.body) for record in reader.records(RECIPIENT) if record.kind == "bytes")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert passed == size
    assert peak < 20 * 1024 * 1024
