"""What lines are made of: runs of text in one face, dotted leaders, boxes, and lines ready to draw."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from counter_app.printing.fonts import Face, text_width

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff\ufffe\uffff]+"
)
_SPACES = re.compile(r"[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")


class Align(Enum):
    """Where the words of a line stand."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()
    JUSTIFY = auto()


class Mark(Enum):
    """A box drawn in the text; the paper face has no character for it."""

    BOX = auto()
    TICKED_BOX = auto()


class Run(NamedTuple):
    """Text in one face, ``lift`` points above the line.

    With ``leader`` > 0 it is a row of dots at least that many points long; with ``mark`` a box.
    """

    text: str
    face: Face
    leader: float = 0.0
    lift: float = 0.0
    mark: Mark | None = None

    @property
    def solid(self) -> bool:
        """Whether this is anything but text."""
        return self.leader > 0 or self.mark is not None

    @property
    def width(self) -> float:
        """The least width in points."""
        if self.mark:
            return self.face.size * 0.8
        return self.leader or text_width(self.text, self.face)


class Placed(NamedTuple):
    """Text or a mark at `x` points from the left end of its line."""

    x: float
    text: str
    face: Face
    lift: float = 0.0
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to draw; `height` in points is the distance to the next one."""

    pieces: tuple[Placed, ...]
    height: float
    rise: float  # from the top of the line down to its baseline, points

    @property
    def width(self) -> float:
        """From the left end of the line to the end of its last text, points."""
        if not self.pieces:
            return 0.0
        last = self.pieces[-1]
        return last.x + Run(last.text, last.face, mark=last.mark).width


def printable(text: str) -> str:
    """Return `text` in NFC with single spaces and nothing invisible, ends kept.

    Characters that turn the direction of writing would scramble everything after them.
    """
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text)))
