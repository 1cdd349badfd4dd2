"""Messages as bytes: MessagePack, and zstd where a body travels or lies in a file.

Nothing from outside is unpacked without a limit: a body that would grow past it is refused before it has.
"""

from typing import TypeVar

import msgspec

from counter_protocol.messages import Message

MEDIA_TYPE = "application/vnd.one-stop-counter+msgpack"
ENCODING = "zstd"
MAX_PACKED = 2 * 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
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
    import zstandard

    return zstandard.ZstdCompressor(level=_LEVEL).compress(body)


def unpack(body: bytes, *, limit: int = MAX_UNPACKED) -> bytes:
    """Take a body apart again.

    Raises:
        TooBig: it is larger than `MAX_PACKED` or would become larger than `limit`.
        NotAMessage: it is not zstd.
    """
    import zstandard

    if len(body) > min(MAX_PACKED, limit):
        raise TooBig("packed body too big")
    try:
        # One frame, whose size is bounded whatever its header claims.
        with zstandard.ZstdDecompressor(max_window_size=2**23).stream_reader(body) as reader:
            unpacked = reader.read(limit + 1)
    except zstandard.ZstdError as error:
        raise NotAMessage("not zstd") from error
    if len(unpacked) > limit:
        raise TooBig("unpacked body too big")
    return unpacked
