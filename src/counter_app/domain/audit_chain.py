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

    CHANGED = "changed"  # an entry is not the one that was written
    MISSING = "missing"  # entries were taken out between two that are there
    MOVED = "moved"  # an entry does not follow the one before it: put in, or in another's place
    CUT_OFF = "cut_off"  # the end is gone
    REWRITTEN = "rewritten"  # whole in itself, but not what an anchor was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something wrong from place ``first`` to place ``last``, both included."""

    kind: FlawKind
    first: int
    last: int


def tip_digits(value: bytes) -> str:
    """Return the 8 hex digits by which people compare a tip."""
    return value.hex()[:_TIP_DIGITS]


def entry_hash(prev: bytes, seq: int, at: str, clerk: str, act: str, subject_id: str, detail: str) -> bytes:
    """Return the hash of an entry after the one with hash `prev`."""
    body = json.dumps([seq, at, clerk, act, subject_id, detail], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"".join((_DOMAIN, prev, body.encode("utf-8")))).digest()


def flaws(entries: Iterable[StoredEntry], head: Tip, anchors: Sequence[Anchor] = ()) -> list[Flaw]:
    """Return everything wrong with a log, in order; none for a whole one.

    Args:
        entries: All rows by place, ascending.
        head: What the database says the end is, kept apart from the rows.
        anchors: Tips told before; a log that does not contain one is not the log of then.
    """
    found: list[Flaw] = []
    told = {anchor.tip.seq: anchor.tip.hash for anchor in anchors}
    last = Tip()
    trusted = 0  # the last place an anchor agreed with
    for entry in entries:
        if entry.seq != last.seq + 1:
            found.append(Flaw(kind=FlawKind.MISSING, first=last.seq + 1, last=entry.seq - 1))
        elif entry.prev_hash != last.hash:
            found.append(Flaw(kind=FlawKind.MOVED, first=entry.seq, last=entry.seq))
        own = entry_hash(
            entry.prev_hash, entry.seq, entry.at, entry.clerk, entry.act, entry.subject_id, entry.detail
        )
        if own != entry.hash:
            found.append(Flaw(kind=FlawKind.CHANGED, first=entry.seq, last=entry.seq))
        last = Tip(seq=entry.seq, hash=entry.hash)
        if entry.seq in told:
            if told[entry.seq] == entry.hash:
                trusted = entry.seq
            else:
                found.append(Flaw(kind=FlawKind.REWRITTEN, first=trusted + 1, last=entry.seq))
                trusted = entry.seq
    end = max([head.seq, *told], default=0)
    if last.seq < end:
        found.append(Flaw(kind=FlawKind.CUT_OFF, first=last.seq + 1, last=end))
    elif last.seq > head.seq:
        found.append(Flaw(kind=FlawKind.MOVED, first=head.seq + 1, last=last.seq))
    elif last.hash != head.hash:
        found.append(Flaw(kind=FlawKind.REWRITTEN, first=trusted + 1, last=last.seq))
    return found
