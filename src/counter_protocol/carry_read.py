"""Reads a carry file, holding no more of it than a block and a record, and believes nothing unchecked."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from counter_protocol import signing
from counter_protocol.carry import (
    BLOCK_BYTES,
    MAGIC,
    MAX_FILE,
    MAX_HEADER,
    MAX_RECORD,
    SEALED_KEY_BYTES,
    SIGNATURE_BYTES,
    VERSION,
    CarryHeader,
    CarryProblem,
    CarryRefused,
    Direction,
    Record,
    RecordKind,
)
from counter_protocol.carry_seal import BlockSeal, opened_seal
from counter_protocol.carry_tally import Tally, check_limits
from counter_protocol.carry_write import purpose_of
from counter_protocol.wire import NotAMessage, from_bytes, unpack

_READ_BYTES = 1024 * 1024
_MAX_SEALED = BLOCK_BYTES + 64 * 1024  # what cannot be made smaller grows a little


class CarryReader:
    """A file open for reading; ``header`` is what it says of itself, true only after `check`."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the header.

        Raises:
            CarryRefused: ``not_a_file``, ``newer``, ``too_big``, ``damaged``.
            OSError: from the file.
        """
        self._file = file
        self._end = file.seek(0, 2) - SIGNATURE_BYTES
        if self._end > MAX_FILE:
            raise CarryRefused(CarryProblem.TOO_BIG)
        file.seek(0)
        head = file.read(len(MAGIC) + 4)
        if not head.startswith(MAGIC):
            raise CarryRefused(CarryProblem.NOT_A_FILE)
        told = file.read(self._header_bytes(head[len(MAGIC) :]))
        self._head = head + told
        # Kept from here on: a file exchanged while it is read is not opened with another key.
        self._sealed_key = file.read(SEALED_KEY_BYTES)
        self._body_at = file.tell()
        if self._body_at >= self._end:
            raise CarryRefused(CarryProblem.DAMAGED)
        self.header = self._read_header(told)
        self._checked = False

    def check(self, sender_key: bytes) -> None:
        """Check the signature over the whole file.

        Raises:
            CarryRefused: ``damaged`` when the key, an Ed25519 public key, did not sign this.
            OSError: from the file.
        """
        digest = hashlib.sha256(self._head + self._sealed_key)
        self._file.seek(self._body_at)
        left = self._end - self._body_at
        while left:
            piece = self._file.read(min(_READ_BYTES, left))
            if not piece:
                raise CarryRefused(CarryProblem.DAMAGED)
            digest.update(piece)
            left -= len(piece)
        signature = self._file.read(SIGNATURE_BYTES)
        try:
            signing.verify(purpose_of(self.header.direction), sender_key, digest.digest(), signature)
        except signing.BadSignature:
            raise CarryRefused(CarryProblem.DAMAGED) from None
        self._checked = True

    def records(self, private_key: bytes) -> Iterator[Record]:
        """Yield what is in the file; it may be begun anew.

        Args:
            private_key: the recipient's X25519 private key.

        Raises:
            CarryRefused: ``wrong_recipient``, ``damaged``, ``too_big``.
            ValueError: the signature was not checked.
            OSError: from the file.
        """
        if not self._checked:
            raise ValueError("not checked")
        seal = opened_seal(self._sealed_key, private_key, self._head)
        tally = Tally()
        for record in _records_in(self._blocks(seal)):
            tally.add(record.kind, len(record.body))
            if not tally.within(self.header.counts):
                raise CarryRefused(CarryProblem.TOO_BIG)
            yield record
        if not tally.equals(self.header.counts):
            raise CarryRefused(CarryProblem.DAMAGED)

    def _blocks(self, seal: BlockSeal) -> Iterator[bytes]:
        at, unpacked = self._body_at, 0
        while at < self._end:
            self._file.seek(at)
            size = int.from_bytes(self._file.read(4), "big")
            at += 4 + size
            if size > _MAX_SEALED or at > self._end:
                raise CarryRefused(CarryProblem.DAMAGED)
            block = _unpacked(seal.open(self._file.read(size), last=at == self._end))
            unpacked += len(block)
            if unpacked > MAX_FILE:
                raise CarryRefused(CarryProblem.TOO_BIG)
            yield block

    @staticmethod
    def _header_bytes(length: bytes) -> int:
        size = int.from_bytes(length, "big")
        if len(length) != 4 or size > MAX_HEADER:
            raise CarryRefused(CarryProblem.DAMAGED)
        return size

    @staticmethod
    def _read_header(told: bytes) -> CarryHeader:
        try:
            header = from_bytes(told, CarryHeader)
        except NotAMessage:
            raise CarryRefused(CarryProblem.DAMAGED) from None
        if header.version > VERSION:
            raise CarryRefused(CarryProblem.NEWER)
        if header.direction not in tuple(Direction):
            raise CarryRefused(CarryProblem.DAMAGED)
        check_limits(header.counts)
        return header


def with_content(records: Iterator[Record]) -> Iterator[tuple[Record, Iterator[bytes]]]:
    """Yield each record with the ``bytes`` that follow it; what the caller leaves of them is passed over."""
    waiting = next(records, None)

    def content() -> Iterator[bytes]:
        nonlocal waiting
        waiting = None
        for each in records:
            if each.kind != RecordKind.BYTES:
                waiting = each
                return
            yield each.body

    while waiting is not None:
        following = content()
        yield waiting, following
        for _rest in following:
            pass


def _unpacked(packed: bytes) -> bytes:
    try:
        return unpack(packed, limit=BLOCK_BYTES + _MAX_SEALED)
    except NotAMessage:
        raise CarryRefused(CarryProblem.DAMAGED) from None


def _records_in(blocks: Iterator[bytes]) -> Iterator[Record]:
    waiting = bytearray()
    for block in blocks:
        waiting += block
        at = 0
        while (body := _next_body(waiting, at)) is not None:
            at += 4 + len(body)
            try:
                yield from_bytes(body, Record)
            except NotAMessage:
                raise CarryRefused(CarryProblem.DAMAGED) from None
        del waiting[:at]
    if waiting:
        raise CarryRefused(CarryProblem.DAMAGED)


def _next_body(waiting: bytearray, at: int) -> bytes | None:
    size = int.from_bytes(waiting[at : at + 4], "big")
    if len(waiting) < at + 4:
        return None
    if size > MAX_RECORD:
        raise CarryRefused(CarryProblem.TOO_BIG)
    return bytes(waiting[at + 4 : at + 4 + size]) if len(waiting) >= at + 4 + size else None
