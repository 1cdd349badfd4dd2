"""How the names of administrative units are written: kinds, their abbreviations, and keys to compare.

A key has neither marks nor spaces, so Hoà and Hòa, M'Drắk and M’Đrắk, Phường 01 and phường 1 are one.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from counter_app.domain.vietnamese_text import clean, fold

_T = TypeVar("_T")

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
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook, dot below
_APOSTROPHES = frozenset("'’ʼ`.-")
_NOUGHTS = re.compile(r"\b0+(?=\d)")


@lru_cache(maxsize=4096)
def unit_key(name: str) -> str:
    """Return what two spellings of one name have in common: "Hoà Bình" gives "hoabinh"."""
    return _NOUGHTS.sub("", fold(name)).replace(" ", "")


@lru_cache(maxsize=4096)
def marked_key(name: str) -> str:
    """Return a key that keeps the marks, wherever in the word the tone is put.

    Minh Quán and Minh Quân differ, Hoà and Hòa do not.
    """
    words = clean(name).lower().split()
    return "".join(letter for word in words for letter in _tone_last(word))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    kept = "".join(letter for letter in letters if letter not in _TONES and letter not in _APOSTROPHES)
    return kept + "".join(letter for letter in letters if letter in _TONES)


def closest(text: str, named: Sequence[tuple[_T, str, str]]) -> tuple[tuple[_T, str], ...]:
    """Keep of (unit, its name, kind as written) those whose marks are as written, where there are such.

    A text without any mark says nothing about marks: Nga Thanh may be Nga Thành.
    """
    if text.isascii():
        return tuple((unit, kind) for unit, _name, kind in named)
    bare = {marked_key(text), marked_key(split_kind(text)[1])}
    same = [(unit, kind) for unit, name, kind in named if marked_key(name) in bare]
    return tuple(same or ((unit, kind) for unit, _name, kind in named))


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
