"""Writes a carry file, holding no more of it than a block."""

import hashlib
from collections.abc import Callable, Iterable
from typing import BinaryIO

import zstandard

from counter_protocol import signing
from counter_protocol.carry import (
    BLOCK_BYTES,
    MAGIC,
    MAX_FILE,
    MAX_RECORD,
    SIGNATURE_BYTES,
    CarryHeader,
    CarryProblem,
    CarryRefused,
    Direction,
    Record,
)
from counter_protocol.carry_seal import new_seal
from counter_protocol.carry_tally import Tally, check_limits
from counter_protocol.wire import to_bytes

_LEVEL = 3


def write_carry(
    out: BinaryIO,
    header: CarryHeader,
    records: Iterable[Record],
    *,
    recipient_key: bytes,
    signing_key: bytes,
) -> None:
    """Write a whole file.

    Args:
        out: where to; written from here on, never read or sought.
        header: its ``counts`` must be those of `records`.
        records: read once, in order.
        recipient_key: X25519 public key.
        signing_key: the sender's Ed25519 private key.

    Raises:
        CarryRefused: ``too_big``.
        ValueError: the header's counts are not those of the records.
        OSError: from `out`.
    """
    check_limits(header.counts)
    digest = hashlib.sha256()
    written = 0

    def emit(content: bytes) -> None:
        nonlocal written
        written += len(content)
        if written > MAX_FILE - SIGNATURE_BYTES:
            raise CarryRefused(CarryProblem.TOO_BIG)
        digest.update(content)
        out.write(content)

    told = to_bytes(header)
    head = MAGIC + len(told).to_bytes(4, "big") + told
    emit(head)
    _emit_body(emit, head, header, records, recipient_key)
    out.write(signing.sign(purpose_of(header.direction), signing_key, digest.digest()))


def purpose_of(direction: str) -> bytes:
    """Return what a file of that direction is signed under."""
    return signing.CARRY_UP if direction == Direction.UP else signing.CARRY_DOWN


def _emit_body(
    emit: Callable[[bytes], None],
    head: bytes,
    header: CarryHeader,
    records: Iterable[Record],
    recipient_key: bytes,
) -> None:
    sealed_key, seal = new_seal(recipient_key, head)
    packer = zstandard.ZstdCompressor(level=_LEVEL)

    def emit_block(block: bytes, *, last: bool) -> None:
        sealed = seal.seal(packer.compress(block), last=last)
        emit(len(sealed).to_bytes(4, "big") + sealed)

    emit(sealed_key)
    waiting, tally = bytearray(), Tally()
    for record in records:
        tally.add(record.kind, len(record.body))
        body = to_bytes(record)
        if len(body) > MAX_RECORD:
            raise CarryRefused(CarryProblem.TOO_BIG)
        waiting += len(body).to_bytes(4, "big") + body
        while len(waiting) > BLOCK_BYTES:
            emit_block(bytes(waiting[:BLOCK_BYTES]), last=False)
            del waiting[:BLOCK_BYTES]
    if not tally.equals(header.counts):
        raise ValueError("the header lists something else")
    emit_block(bytes(waiting), last=True)
