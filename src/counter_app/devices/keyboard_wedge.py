"""Tells a scanner that types like a keyboard from a human: by speed, prefix and suffix.

Every key is held for the few milliseconds it takes to see whether more follow at a scanner's pace.
What turns out to be human typing is given back in order; no key is ever lost or doubled.
"""

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K")

_CARD_BARS = 6
_MRZ_LINE = re.compile(r"[A-Z0-9<]{30}")
_MRZ_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeSettings:
    """How the scanner types. Times in seconds.

    ``gap`` is the longest pause within a burst (scanners need 1-15 ms a key, fast typists 60 ms);
    ``long_gap`` holds a burst that already is a scan's length, in case the computer stumbled;
    ``prefix`` and ``suffix`` are what the scanner was set to add, if anything beyond Enter or Tab.
    """

    gap: float = 0.035
    long_gap: float = 0.150
    prefix_gap: float = 0.500
    min_length: int = 6
    max_length: int = 2048
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[K]):
    """What to do after a key: hand `released` keys back in order, and use `scan` when there is one.

    A key that is neither released nor part of a scan is held.
    """

    released: tuple[K, ...] = ()
    scan: str | None = None


@dataclass(slots=True)
class BurstDetector(Generic[K]):
    """Feeds on keys; K is whatever the caller needs to replay one."""

    settings: WedgeSettings = field(default_factory=WedgeSettings)
    _keys: list[K] = field(default_factory=list)
    _text: str = ""
    _last: float = 0.0

    @property
    def holding(self) -> bool:
        """Whether keys are held."""
        return bool(self._keys)

    @property
    def patience(self) -> float:
        """How long after the last key the held ones may wait, in seconds."""
        if self._prefixed():
            return self.settings.prefix_gap
        long_enough = len(self._text) >= self.settings.min_length
        return self.settings.long_gap if long_enough else self.settings.gap

    def feed(self, char: str, key: K, at: float) -> Outcome[K]:
        """Take a key that types `char` at a monotonic time in seconds."""
        before = self._break(at)
        if char in ("\r", "\n", "\t"):
            return self._join(before, self._end(key, char))
        self._keys.append(key)
        self._text += char
        self._last = at
        suffix = self.settings.suffix
        if suffix and self._text.endswith(suffix) and self._is_scan(self._text[: -len(suffix)]):
            return Outcome(released=before.released, scan=before.scan or self._take())
        if len(self._text) > self.settings.max_length:
            return self._join(before, self._release())
        return before

    def ride_along(self, key: K) -> bool:
        """Hold a key without text (a key's release, Alt+numpad digits) if others are held."""
        if self._keys:
            self._keys.append(key)
        return bool(self._keys)

    def interrupt(self) -> Outcome[K]:
        """A key no scanner types (Backspace, an arrow, Ctrl+…): give back what is held."""
        return self._release()

    def expire(self) -> Outcome[K]:
        """The time is up: held keys were human typing, or a scan from a scanner without Enter."""
        if self._text.count("|") >= _CARD_BARS or "\n" in self._text:
            return Outcome(scan=self._take())
        return self._release()

    def _break(self, at: float) -> Outcome[K]:
        if self._keys and at - self._last > self.patience:
            return self.expire()
        return Outcome()

    def _end(self, key: K, char: str) -> Outcome[K]:
        lines = self._text.split("\n")
        if char != "\t" and len(lines) < _MRZ_LINES and _MRZ_LINE.fullmatch(lines[-1]) and "<" in self._text:
            self._keys.append(key)
            self._text += "\n"
            return Outcome()
        if self._is_scan(self._text):
            return Outcome(scan=self._take())
        self._keys.append(key)
        return self._release()

    def _is_scan(self, text: str) -> bool:
        return self._prefixed() or len(text) >= self.settings.min_length

    def _prefixed(self) -> bool:
        prefix = self.settings.prefix
        return bool(prefix) and self._text.startswith(prefix)

    def _take(self) -> str:
        text = self._text.removeprefix(self.settings.prefix)
        if self.settings.suffix:
            text = text.removesuffix(self.settings.suffix)
        self._keys, self._text = [], ""
        return text.strip("\n")

    def _release(self) -> Outcome[K]:
        released = tuple(self._keys)
        self._keys, self._text = [], ""
        return Outcome(released=released)

    @staticmethod
    def _join(first: Outcome[K], second: Outcome[K]) -> Outcome[K]:
        return Outcome(released=first.released + second.released, scan=first.scan or second.scan)
