"""Takes a written address apart at its commas, or before the words that name kinds of units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counter_app.domain.vietnamese_text import clean, fold

_COMMAS = re.compile(r"\s*[,;]\s*")
_DASHES = re.compile(r"\s+[-–—]\s+")
# Where nobody wrote commas. "xã" within "thị xã" begins nothing.
_BEFORE_KIND = re.compile(
    r"\s+(?=(?:(?<!thị )xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|tt\.?|tx\.?|tp\.?)\s)",
    re.IGNORECASE,
)
_COUNTRY = frozenset({"viet nam", "vietnam", "vn"})


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The pieces of an address, and for each what stands before it, word for word."""

    pieces: tuple[str, ...]
    before: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pieces)


def address_parts(text: str) -> Iterator[AddressParts]:
    """Yield the ways to take an address apart, likeliest first; the country at its end is left out."""
    whole = clean(text).strip(" ,;.")
    seen: set[tuple[str, ...]] = set()
    for separator in (_COMMAS, _DASHES, _BEFORE_KIND):
        parts = _parts(whole, separator)
        if len(parts) > 1 and parts.pieces not in seen:
            seen.add(parts.pieces)
            yield parts


def _parts(whole: str, separator: re.Pattern[str]) -> AddressParts:
    pieces: list[str] = []
    before: list[str] = []
    start = 0
    for match in [*separator.finditer(whole), None]:
        piece = whole[start : match.start() if match else len(whole)].strip()
        if piece and fold(piece) not in _COUNTRY:
            pieces.append(piece)
            before.append(whole[:start].rstrip(" ,;-–—"))
        start = match.end() if match else len(whole)
    return AddressParts(tuple(pieces), tuple(before))
