"""Repair of Vietnamese text that a scanner, a cable or a wrong encoding mangled on its way to us.

Good text is never touched: it is recognised first, and a repair must read better than what came.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from counter_app.domain.legacy_encodings import (
    VIETNAMESE_LETTERS,
    from_cp1258,
    from_mixed_utf16,
    from_tcvn3,
    raw_bytes,
)
from counter_app.domain.vietnamese_syllable import is_syllable

# Letters of minority languages (Ê-đê, Gia-rai, Ba-na) written on cards beside the Vietnamese ones.
_MINORITY_LETTERS = "ĕŏĭŭčñƀĔŎĬŬČÑɃ"
_PUNCTUATION = "–—‘’“”…"
_ALLOWED = frozenset(map(chr, range(0x20, 0x7F))) | VIETNAMESE_LETTERS | set(_MINORITY_LETTERS + _PUNCTUATION)
_HARMLESS = re.compile("[\t\r\n\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[^\W\d_]+")

# Words nearly every card has one of; they decide between readings that are all pronounceable.
_COMMON_WORDS = """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh đinh lâm
    phùng mai tô hà thị văn đức hữu đình ngọc quốc thành minh nữ xã phường trấn huyện quận tỉnh phố thôn ấp
    xóm tổ bản đường số đội khóm nội giang cao bằng bắc kạn tuyên lào điện biên châu sơn yên hòa bình thái
    lạng quảng ninh phúc hải dương phòng hưng định nghệ tĩnh trị huế đà nẵng ngãi phú khánh thuận đắk lắk
    nông lâm đồng phước tây bà rịa vũng tàu chí tiền bến tre vĩnh long tháp kiên cần thơ hậu sóc trăng bạc
    liêu mau chợ mới núi sông trung đông thượng hạ tân lộc hội"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Repaired:
    """Readable text, and whether it had to be repaired to become so."""

    text: str
    repaired: bool


def repair(data: str | bytes) -> Repaired:
    """Return the most plausible reading of scanned `data`, in NFC. Never fails.

    Tried in this order, the first best wins: as it is (UTF-8), UTF-8 read as Latin-1/Windows-1252 (also
    twice), mixed UTF-16BE/Latin-1, Windows-1258, TCVN3.
    """
    if isinstance(data, bytes):
        return _repair_bytes(data)
    if any("\ud800" <= c <= "\udfff" for c in data):  # the operating system's way to pass raw bytes
        return _repair_bytes(data.encode("utf-8", "surrogatepass") if not _escaped(data) else _unescape(data))
    text = unicodedata.normalize("NFC", data)
    if _is_good(text):
        return Repaired(text, repaired=False)
    best = max([text, *_readings(raw_bytes(data))], key=_plausibility)
    # A foreign name ("Müller") reads badly every way; only a reading good in itself replaces it.
    return (
        Repaired(best, repaired=best != text) if _plausibility(best) > 0 else Repaired(text, repaired=False)
    )


def unreadable_letters(text: str) -> bool:
    """Tell whether `text` still holds characters no card prints (lost letters, symbols, controls)."""
    return any(c not in _ALLOWED for c in _HARMLESS.sub("", text))


def _repair_bytes(raw: bytes) -> Repaired:
    try:
        return repair(raw.decode("utf-8"))
    except UnicodeDecodeError:
        best = max(_readings(raw), key=_plausibility)
        return Repaired(best, repaired=True)


def _escaped(text: str) -> bool:
    return all("\udc80" <= c <= "\udcff" for c in text if "\ud800" <= c <= "\udfff")


def _unescape(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _readings(raw: bytes | None) -> Iterator[str]:
    """Yield what `raw` may have meant, most common cause first."""
    if raw is None:
        return
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        yield unicodedata.normalize("NFC", text)
        again = raw_bytes(text)
        if again is not None and again != raw:
            yield from _readings(again)
    yield from_mixed_utf16(raw)
    yield from_cp1258(raw)
    yield from_tcvn3(raw)


def _is_good(text: str) -> bool:
    visible = _HARMLESS.sub("", text)
    return all(c in _ALLOWED for c in visible) and all(_case_fits(word) for word in _WORD.findall(visible))


def _case_fits(word: str) -> bool:
    """A marked capital behind a small letter ("NguyÔn") betrays a legacy encoding."""
    return not any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))


def _plausibility(text: str) -> int:
    """Score a reading: well-formed marked syllables count for it, foreign characters against it."""
    visible = _HARMLESS.sub("", text)
    score = -6 * sum(c not in _ALLOWED for c in visible)
    for word in _WORD.findall(visible):
        if word.isascii():
            continue
        if is_syllable(word) and _case_fits(word):
            score += 5 if word.lower() in _COMMON else 3
        else:
            score -= 2
    return score
