"""Counting what is in a carry file against what its header says."""

from collections import Counter
from collections.abc import Mapping

from counter_protocol.carry import COUNT_LIMITS, CarryProblem, CarryRefused, RecordKind

_WITH_CONTENT = {RecordKind.SCAN: "scan_bytes", RecordKind.PACK: "pack_bytes"}
_COUNTED = frozenset(
    {str(kind) for kind in RecordKind if kind != RecordKind.BYTES} | set(_WITH_CONTENT.values())
)


def check_limits(counts: Mapping[str, int]) -> None:
    """Refuse a list of contents no real file has, before anything is unpacked.

    Raises:
        CarryRefused: ``too_big``.
    """
    for name, count in counts.items():
        if count < 0 or count > COUNT_LIMITS.get(name, COUNT_LIMITS["events"]):
            raise CarryRefused(CarryProblem.TOO_BIG)


class Tally:
    """Counts records as they pass."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._content = ""

    def add(self, kind: str, size: int) -> None:
        """Count one record of `size` bytes; ``bytes`` belong to the scan or pack before them."""
        if kind != RecordKind.BYTES:
            self.counts[kind] += 1
            self._content = _WITH_CONTENT.get(RecordKind(kind), "") if kind in _COUNTED else ""
        elif self._content:
            self.counts[self._content] += size

    def within(self, listed: Mapping[str, int]) -> bool:
        """Tell whether nothing is there that the list does not have."""
        return all(count <= listed.get(name, 0) for name, count in self.counts.items() if name in _COUNTED)

    def equals(self, listed: Mapping[str, int]) -> bool:
        """Tell whether the list has what was there, and no more."""
        return all(self.counts[name] == listed.get(name, 0) for name in _COUNTED)
