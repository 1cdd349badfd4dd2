"""How the names of administrative units are written: kinds, their abbreviations, and keys to compare.

A key has neither marks nor spaces, so Hoà and Hòa, M'Drắk and M’Đrắk, Phường 01 and phường 1 are one.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from counter_app.domain.vietnamese_text import fold

COMMUNE_KINDS = ("xã", "phường", "đặc khu")

_KINDS: Mapping[str, str] = {
    "xa": "xã", "x": "xã",
    "phuong": "phường", "p": "phường", "f": "phường",
    "thi tran": "thị trấn", "tt": "thị trấn",
    "dac khu": "đặc khu", "dk": "đặc khu",
    "huyen": "huyện", "h": "huyện",
    "quan": "quận", "q": "quận",
    "thi xa": "thị xã", "tx": "thị xã", "t x": "thị xã",
    "thanh pho": "thành phố", "tp": "thành phố", "t p": "thành phố",
    "tinh": "tỉnh", "t": "tỉnh",
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(_KINDS, key=len, reverse=True))
_WITH_KIND = re.compile(rf"({_LONGEST_FIRST})(?: (?=\S)|(?=\d))(.+)")
_NOUGHTS = re.compile(r"\b0+(?=\d)")


@lru_cache(maxsize=4096)
def unit_key(name: str) -> str:
    """Return what two spellings of one name have in common: "Hoà Bình" gives "hoabinh"."""
    return _NOUGHTS.sub("", fold(name)).replace(" ", "")


def readings(text: str) -> tuple[tuple[str, str], ...]:
    """Return (kind, key) for every way to read a unit: kind split off, and kind "" with the whole.

    "TX. Phú Thọ" gives ("thị xã", "phutho") and ("", "txphutho"): some names begin like a kind.
    """
    folded = fold(text)
    whole = ("", unit_key(folded))
    match = _WITH_KIND.fullmatch(folded)
    return (whole,) if match is None else ((_KINDS[match[1]], unit_key(match[2])), whole)


def split_kind(full_name: str) -> tuple[str, str]:
    """Return the kind in full and the bare name as written: "TT. Mậu A" gives ("thị trấn", "Mậu A").

    The kind is "" when none is written.
    """
    words = full_name.replace(".", ". ").split()
    for count in (2, 1):
        kind = _KINDS.get(fold(" ".join(words[:count])))
        if kind is not None and len(words) > count:
            return kind, " ".join(words[count:])
    return "", full_name
