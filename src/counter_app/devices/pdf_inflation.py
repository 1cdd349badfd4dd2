"""How large the compressed parts of a PDF become, counted without keeping them: a bomb is refused."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator

from counter_app.domain.errors import BadInput

_MOST_IN_ONE = 256_000_000  # a page of A3 at 600 dpi in colour, uncompressed
_MOST_IN_ALL = 1_000_000_000
_PIECE = 1 << 18
_NESTED = 3
_STREAM = re.compile(rb"stream\r?\n")


def require_modest(pdf: bytes) -> None:
    """Refuse a PDF whose streams inflate beyond what scanned pages can; BadInput ``scan_inflates``."""
    total = 0
    for found in _STREAM.finditer(pdf):
        start = found.end()
        end = pdf.find(b"endstream", start)
        total += _inflated(pdf, start, len(pdf) if end < 0 else end)
        if total > _MOST_IN_ALL:
            raise BadInput("scan_inflates")


def _inflated(pdf: bytes, start: int, end: int) -> int:
    if _is_zlib(pdf[start : start + 2]):
        # Compressed bytes may hold the word "endstream" by accident, so they end where they end.
        return _count(_pieces(pdf, start, len(pdf)), _NESTED)
    if pdf[start:end].rstrip().endswith(b"~>"):
        try:
            plain = base64.a85decode(pdf[start:end].rstrip().removesuffix(b"~>"))
        except ValueError:
            return 0
        if _is_zlib(plain[:2]):
            return _count(_pieces(plain, 0, len(plain)), _NESTED)
    return 0


def _pieces(data: bytes, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _PIECE):
        yield data[at : min(at + _PIECE, end)]


def _count(compressed: Iterable[bytes], depth: int) -> int:
    """Return how many bytes come out, those of layers inside included."""
    plain = _decompressed(compressed)
    first = next(plain, b"")
    if depth and _is_zlib(first[:2]):
        return _count(_after(first, plain), depth - 1)
    size = len(first)
    for piece in plain:
        size += len(piece)
        if size > _MOST_IN_ONE:
            raise BadInput("scan_inflates")
    return size


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _decompressed(compressed: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    passed = 0
    try:
        for piece in compressed:
            waiting = piece
            while waiting and not inflater.eof:
                plain = inflater.decompress(waiting, _PIECE)
                waiting = inflater.unconsumed_tail
                passed += len(plain)
                if passed > _MOST_IN_ONE:
                    raise BadInput("scan_inflates")
                if plain:
                    yield plain
            if inflater.eof:
                return
    except zlib.error:
        return  # no zlib after all, or broken: the PDF library tells


def _is_zlib(start: bytes) -> bool:
    return len(start) == 2 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
