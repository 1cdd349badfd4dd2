"""Tells a log that rotted from one a power cut ended.

SQLite takes everything behind the first frame that is not as written for never written: right after a power
cut, which can only reach the last transaction, because each is synced before the next begins. Where the next
one had begun behind such a frame, acts were durable that are there no more, and nobody else would say so.

The layout is that of sqlite.org/fileformat2.html, section 4 (checked 2026-11-22).
"""

import contextlib
import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import DataFolder, write_private

_HEAD_BYTES, _FRAME_HEAD_BYTES = 32, 24
_LITTLE = 0x377F0682  # the mark of a log whose sums are of little-endian words; else of big-endian ones
_PAGE_BYTES = 4096  # SQLCipher's, which we leave as it is
_SUMMED_OF_FRAME_HEAD = 8
_WORD = 0xFFFFFFFF

Sums = tuple[int, int]


class _Frame(NamedTuple):
    own: bool
    ends_act: bool
    whole: bool


def tell_once(folder: DataFolder) -> None:
    """Refuse one start over a rotten log, while nothing is changed yet; the next start goes on with the rest.

    Raises:
        EnvironmentProblem: ``log_damaged``.
    """
    log = folder.database.with_name(folder.database.name + "-wal")
    try:
        if not is_rotten(log):
            return
        mark = hashlib.sha256(log.read_bytes()).hexdigest().encode("ascii")
        if folder.told_of_log.exists() and folder.told_of_log.read_bytes() == mark:
            return
        write_private(folder.told_of_log, mark)
    except OSError:
        return  # there is none, or opening the database says what is wrong with the disk
    raise EnvironmentProblem("log_damaged")


def forget(folder: DataFolder) -> None:
    """Let go of what was told, once the database is open."""
    with contextlib.suppress(OSError):
        folder.told_of_log.unlink(missing_ok=True)


def is_rotten(log: Path) -> bool:
    """Tell whether whole transactions lie behind a damaged place; OSError when the log cannot be read."""
    content = log.read_bytes()
    if len(content) < _HEAD_BYTES:
        return False
    damaged = ended = False
    for frame in _frames(content):
        if ended and frame.own:
            return True
        if not frame.whole:
            damaged = True
        ended = ended or (damaged and frame.own and frame.ends_act)
    return False


def _frames(content: bytes) -> Iterator[_Frame]:
    """Yield the frames; once one is not whole none behind it is, for each sum goes on from the one before."""
    magic, _format, page_bytes = struct.unpack_from(">3I", content)
    order = "<" if magic == _LITTLE else ">"
    sums = _summed(content[:24], (0, 0), order)
    whole = sums == struct.unpack_from(">2I", content, 24)
    # Where the head itself is damaged the frames still tell whose they are.
    salts = content[16:24] if whole else content[_HEAD_BYTES + 8 : _HEAD_BYTES + 16]
    page_bytes = page_bytes if whole else _PAGE_BYTES
    size = _FRAME_HEAD_BYTES + page_bytes
    for at in range(_HEAD_BYTES, len(content) - size + 1, size):
        head = content[at : at + _FRAME_HEAD_BYTES]
        own = head[8:16] == salts
        if whole:
            sums = _summed(head[:_SUMMED_OF_FRAME_HEAD], sums, order)
            sums = _summed(content[at + _FRAME_HEAD_BYTES : at + size], sums, order)
            whole = own and sums == struct.unpack_from(">2I", head, 16)
        yield _Frame(own, head[4:8] != bytes(4), whole)


def _summed(data: bytes, start: Sums, order: str) -> Sums:
    one, two = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & _WORD
        two = (two + second + one) & _WORD
    return one, two
