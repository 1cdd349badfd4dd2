"""Reads what `recorder.c` wrote: every change a program made to its files, in the order it made them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

_HEAD = struct.Struct("<IBiqHH")


class Op(IntEnum):
    """The calls, numbered as in recorder.c."""

    OPEN = 1
    CLOSE = 2
    WRITE = 3
    TRUNCATE = 4
    SYNC = 5
    RENAME = 6
    UNLINK = 7
    MKDIR = 8
    RMDIR = 9
    LINK = 10


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``where`` is the offset of a write, the size of a truncate, the flags of an open."""

    op: Op
    fd: int
    where: int
    path: str
    to: str
    data: bytes


def read_log(path: Path) -> list[Call]:
    """Return all calls; ValueError when the last record is cut off."""
    return list(_calls(path.read_bytes()))


def _calls(content: bytes) -> Iterator[Call]:
    at = 0
    while at < len(content):
        length, op, fd, where, first, second = _HEAD.unpack_from(content, at)
        if at + length > len(content):
            raise ValueError("the log is cut off")
        names = at + _HEAD.size
        data = names + first + second
        yield Call(
            op=Op(op),
            fd=fd,
            where=where,
            path=content[names : names + first].decode(),
            to=content[names + first : data].decode(),
            data=content[data : at + length],
        )
        at += length
