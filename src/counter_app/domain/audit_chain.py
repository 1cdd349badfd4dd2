"""The audit log as a chain of hashes: what was edited, taken out or cut off shows, and where.

``hash = SHA-256(domain ‖ previous hash ‖ canonical bytes of the entry)``. A chain proves nothing against
somebody who can write all of it anew; that is why its tip is printed on every day-close sheet, kept as
anchors, and countersigned by the server (ASVS 5.0 16.4.2, 16.4.3).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

GENESIS = bytes(32)
_DOMAIN = b"one-stop-counter/audit/1\x00"
_TIP_DIGITS = 8
# How far away an entry that fits nowhere is looked for.
_NEARBY = tuple(sign * away for away in range(1, 65) for sign in (1, -1))
_CLOSE = _NEARBY[:8]  # within a stretch that fits nowhere, which may be long


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """One row of the log as the database holds it; ``at`` and ``detail`` are its exact texts."""

    seq: int
    at: str
    clerk: str
    act: str
    subject_id: str
    detail: str
    prev_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """The end of the log: the place and the hash of the last entry; place 0 is an empty log."""

    seq: int = 0
    hash: bytes = GENESIS

    @property
    def digits(self) -> str:
        """What paper shows: the first 8 hex digits of the hash."""
        return tip_digits(self.hash)


class AnchorKind(StrEnum):
    """Where a tip was told to somebody who can remember it."""

    DAY_CLOSE = "day_close"
    SERVER = "server"
    BACKUP = "backup"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A tip that was told; ``reference`` names the closing or the backup, ``proof`` a server's signature."""

    tip: Tip
    at: str
    kind: AnchorKind
    reference: str = ""
    proof: bytes = b""


class FlawKind(StrEnum):
    """What is wrong with a stretch of the log."""

    CHANGED = "changed"  # an entry is not what its own hash was made of
    MISSING = "missing"  # entries were taken out between two that are there
    MOVED = "moved"  # entries stand at other places than those they were written at
    ADDED = "added"  # entries stand where the log never wrote any
    CUT_OFF = "cut_off"  # the end is gone
    REWRITTEN = "rewritten"  # whole in itself, but not what a later entry, the head or an anchor knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something wrong from place ``first`` to place ``last``, both included.

    What was rewritten with its hashes is known by where it ends: ``first`` is then the earliest place
    it can have begun at, the one after the last place an anchor agrees with.
    """

    kind: FlawKind
    first: int
    last: int


def tip_digits(value: bytes) -> str:
    """Return the 8 hex digits by which people compare a tip."""
    return value.hex()[:_TIP_DIGITS]


def entry_hash(prev: bytes, seq: int, at: str, clerk: str, act: str, subject_id: str, detail: str) -> bytes:
    """Return the hash of an entry after the one with hash `prev`."""
    body = json.dumps([seq, at, clerk, act, subject_id, detail], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"".join((_DOMAIN, prev, body.encode("utf-8", "surrogatepass")))).digest()


def hash_of(entry: StoredEntry, *, at_place: int | None = None) -> bytes:
    """Return the hash a row would have, at its own place or at another."""
    seq = entry.seq if at_place is None else at_place
    return entry_hash(entry.prev_hash, seq, entry.at, entry.clerk, entry.act, entry.subject_id, entry.detail)


def flaws(entries: Iterable[StoredEntry], head: Tip, anchors: Sequence[Anchor] = ()) -> list[Flaw]:
    """Return everything wrong with a log, in order; none for a whole one.

    Args:
        entries: All rows by place, ascending.
        head: What the database says the end is, kept apart from the rows.
        anchors: Tips told before; a log that does not contain one is not the log of then.
    """
    reading = _Reading(head, anchors)
    for entry in entries:
        reading.take(entry)
    return reading.end()


class _Reading:
    """One way through the log. ``_trusted`` is the last place an anchor agreed with."""

    def __init__(self, head: Tip, anchors: Sequence[Anchor]) -> None:
        self._head = head
        self._told: dict[int, set[bytes]] = {head.seq: {head.hash}}
        for anchor in anchors:
            self._told.setdefault(anchor.tip.seq, set()).add(anchor.tip.hash)
        self._found: list[Flaw] = []
        self._last = Tip()
        self._trusted = 0
        self._contradicted = False
        self._moved_by = 0
        self._unknown = False  # the entry before fitted no place

    def take(self, entry: StoredEntry) -> None:
        """Look at the next row."""
        if entry.seq < 1:
            self._add(FlawKind.ADDED, entry.seq, entry.seq)
            return
        gap = entry.seq != self._last.seq + 1
        if gap:
            self._add(FlawKind.MISSING, self._last.seq + 1, entry.seq - 1)
        own = hash_of(entry) == entry.hash
        if own:
            self._moved_by, self._unknown = 0, False
            if not gap and entry.prev_hash != self._last.hash:
                self._rewritten_until(entry.seq - 1)
        else:
            self._misfit(entry)
        self._last = Tip(seq=entry.seq, hash=entry.hash)
        self._compare(self._last)

    def end(self) -> list[Flaw]:
        """Compare the end with what is known of it; return all that was found, by place."""
        last, end = self._last.seq, max(self._told)
        if last < end:
            self._add(FlawKind.CUT_OFF, last + 1, end)
        if last > self._head.seq:
            self._add(FlawKind.ADDED, self._head.seq + 1, last)
        return sorted(self._found, key=lambda flaw: (flaw.first, flaw.last))

    def _misfit(self, entry: StoredEntry) -> None:
        """An entry whose hash does not fit here: it stood elsewhere, or says something else now."""
        places = (self._moved_by,) if self._moved_by else _CLOSE if self._unknown else _NEARBY
        for by in places:
            if hash_of(entry, at_place=entry.seq + by) == entry.hash:
                self._moved_by, self._unknown = by, False
                self._add(FlawKind.MOVED, entry.seq, entry.seq)
                return
        self._moved_by, self._unknown = 0, True
        self._add(FlawKind.CHANGED, entry.seq, entry.seq)

    def _compare(self, tip: Tip) -> None:
        """Ask the anchors; one that disagrees makes all that follow it disagree too and is told once."""
        told = self._told.get(tip.seq)
        if told is None:
            return
        if told == {tip.hash}:
            self._trusted, self._contradicted = tip.seq, False
        elif not self._contradicted:
            self._contradicted = True
            self._rewritten_until(tip.seq)

    def _rewritten_until(self, place: int) -> None:
        """A place that came out otherwise is explained by anything found wrong at it already."""
        known = self._found[-1] if self._found else None
        if known is not None and known.first <= place <= known.last and known.kind is not FlawKind.MISSING:
            return
        first = min(max(self._trusted + 1, 1), place)
        self._found.append(Flaw(kind=FlawKind.REWRITTEN, first=first, last=place))

    def _add(self, kind: FlawKind, first: int, last: int) -> None:
        """Note a flaw, as part of the one before where it only goes on."""
        before = self._found[-1] if self._found else None
        if before is not None and before.kind is kind and before.last + 1 == first:
            self._found[-1] = Flaw(kind=kind, first=before.first, last=last)
        else:
            self._found.append(Flaw(kind=kind, first=first, last=last))
