"""Messages as bytes: MessagePack, and zstd where a body travels or lies in a file.

Nothing from outside is unpacked without a limit: a body that would grow past it is refused before it has.
"""

import threading
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec

from counter_protocol.messages import Message

if TYPE_CHECKING:
    from zstandard import ZstdCompressor, ZstdDecompressionObj

MEDIA_TYPE = "application/vnd.one-stop-counter+msgpack"
ENCODING = "zstd"
MAX_PACKED = 2 * 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
_STEP = 256  # packed bytes at a time; they become 8 MiB at most
_LEVEL = 9  # a batch is small and the line slow; level 3 is 8 % larger

M = TypeVar("M", bound=Message)


class NotAMessage(ValueError):
    """The bytes are no message of the kind that was expected."""


class TooBig(NotAMessage):
    """The body is, or would become, larger than anything we say."""


def to_bytes(message: Message) -> bytes:
    """Return the message in MessagePack."""
    return msgspec.msgpack.encode(message)


def from_bytes(body: bytes, kind: type[M]) -> M:
    """Read a message; fields added by newer peers are ignored.

    Raises:
        NotAMessage: the bytes are none of that kind.
    """
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise NotAMessage(str(error)[:200]) from None


def pack(body: bytes) -> bytes:
    """Compress a body."""
    return _packers.own.compress(body)


class _Packers(threading.local):
    """A compressor for each thread: one may not serve two at once, and making it costs as much as a batch."""

    @cached_property
    def own(self) -> "ZstdCompressor":
        import zstandard

        return zstandard.ZstdCompressor(level=_LEVEL)


_packers = _Packers()


def unpack(body: bytes, *, limit: int = MAX_UNPACKED) -> bytes:
    """Take a body apart again.

    Raises:
        TooBig: it is larger than `MAX_PACKED` or would become larger than `limit`.
        NotAMessage: it is not one whole zstd frame.
    """
    import zstandard

    if len(body) > min(MAX_PACKED, limit):
        raise TooBig("packed body too big")
    try:
        if zstandard.frame_content_size(body) > limit:
            raise TooBig("unpacked body too big")
        return _one_frame(zstandard.ZstdDecompressor(max_window_size=2**23).decompressobj(), body, limit)
    except zstandard.ZstdError as error:
        raise NotAMessage("not zstd") from error


def _one_frame(opener: "ZstdDecompressionObj", body: bytes, limit: int) -> bytes:
    """Unpack step by step, whatever the frame claims of its size; half a frame, or more than one, is none."""
    pieces, size = [], 0
    for start in range(0, len(body), _STEP):
        piece = opener.decompress(body[start : start + _STEP])
        size += len(piece)
        if size > limit:
            raise TooBig("unpacked body too big")
        pieces.append(piece)
    if not opener.eof or opener.unused_data:
        raise NotAMessage("not one whole frame")
    return b"".join(pieces)
