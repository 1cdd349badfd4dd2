"""Undo the "Vietnamese" keyboard layout of Windows and X11, whose number row types letters and marks.

A scanner that acts as a keyboard presses the key "1"; with that layout "ă" arrives. Source: the layouts
kbdvntc (Windows) and vn "basic" (xkeyboard-config), compared on 2026-11-21.
"""

import re
import unicodedata

_DIGITS = {"ă": "1", "â": "2", "ê": "3", "ô": "4", "đ": "0"}
_MARKS = {"\u0300": "5", "\u0309": "6", "\u0303": "7", "\u0301": "8", "\u0323": "9"}
_DOT_BESIDE_ANOTHER = re.compile("\u0323[\u0300\u0309\u0303\u0301]")


def digits_of_keys(text: str) -> str:
    """Return `text` with the digits whose keys were pressed, when it has no digit of its own.

    Normalisation moves the mark of 9 before those of 5-8; where it may have done so the digits' order is
    lost, and the text comes back unchanged rather than wrong.
    """
    if any(c.isdigit() for c in text):
        return text
    apart = unicodedata.normalize("NFD", text)
    if unicodedata.is_normalized("NFC", text) and _DOT_BESIDE_ANOTHER.search(_without_shapes(apart)):
        return text
    return "".join(map(_key, text))


def _without_shapes(text: str) -> str:
    return re.sub("[\u0302\u0306]", "", text)


def _key(letter: str) -> str:
    marks = [c for c in unicodedata.normalize("NFD", letter) if c in _MARKS]
    base = "".join(c for c in unicodedata.normalize("NFD", letter) if c not in _MARKS)
    base = unicodedata.normalize("NFC", base)
    return _DIGITS.get(base, base) + "".join(_MARKS[c] for c in marks)
