"""Places combining marks that have no letter of their own: the breve of "Bơ̆", "Ư̆t", "ê̆".

The names of the highlands have letters Unicode only knows as a letter and a mark. The paper faces draw a
mark around the place the pen stands at, which is behind its letter: here it is moved over the middle of
the letter, and up where the letter is high.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from counter_app.printing.fonts import BOLD_ITALIC, ITALIC, Face, text_width

_MARKED = re.compile("[\u0300-\u036f]")
_ABOVE = 230  # the class of marks that stand above
# Measured in the faces, shares of the size: how far right of the pen the middle of a mark lies in the slanted
# ones (upright: on the pen), how much higher marks of capitals are, and the height of one mark.
_MIDDLE = {ITALIC: 0.25, BOLD_ITALIC: 0.098}
_CAPITAL = 0.163
_STOREY = 0.155


def has_marks(text: str) -> bool:
    """Tell whether `text` holds a mark that stands apart from its letter; text in NFC seldom does."""
    return _MARKED.search(text) is not None


def placed(text: str, face: Face) -> Iterator[tuple[float, float, str]]:
    """Return `text` in pieces: points to the right of its start, points above the line, and the letters."""
    x, start, base, storeys = 0.0, 0, "", 0
    for number, letter in enumerate(text):
        if not _MARKED.match(letter):
            base, storeys = letter, 0
            continue
        if start < number:
            yield x, 0.0, text[start:number]
            x += text_width(text[start:number], face)
        start = number + 1
        above = unicodedata.combining(letter) == _ABOVE
        lift = (_lift(base) + storeys * _STOREY) if above else 0.0
        storeys += above
        yield x - _back(base, face), lift * face.size, letter
    if start < len(text):
        yield x, 0.0, text[start:]


def _back(base: str, face: Face) -> float:
    """Return how far before the end of its letter a mark is drawn, points."""
    if not base:
        return 0.0
    bare = unicodedata.normalize("NFD", base)[0]
    middle = text_width(bare, face) / 2  # of o, not of ơ: the horn hangs over
    return text_width(base, face) - middle + _MIDDLE.get(face.font, 0.0) * face.size


@lru_cache(maxsize=256)
def _lift(base: str) -> float:
    """Return how much higher than over a small letter a mark stands over `base`, as a share of the size."""
    parts = unicodedata.normalize("NFD", base)
    over = sum(unicodedata.combining(mark) == _ABOVE for mark in parts[1:])
    return (_CAPITAL if parts[:1].isupper() else 0.0) + over * _STOREY
