"""What the use cases need of the database about the audit log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.audit_chain import Anchor, AnchorKind, StoredEntry, Tip
    from counter_app.services.ports import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are wanted; "" and None ask for all."""

    clerk: str = ""
    acts: tuple[str, ...] = ()  # beginnings
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedEntry:
    """An entry and its place in the log."""

    seq: int
    entry: "AuditEntry"
    readable: bool = True  # False: somebody wrote what is no moment or no JSON; the rest is as it stands


class AuditQueries(Protocol):
    """Reads of the audit log."""

    def audit_tip(self) -> "Tip":
        """Return the end of the log as the database keeps it."""
        ...

    def audit_page(
        self, wanted: AuditFilter, *, before: int | None = None, after: int | None = None, limit: int = 200
    ) -> Sequence[NumberedEntry]:
        """Return a page of entries, newest first, between the places `before` and `after`."""
        ...

    def audit_count(self, wanted: AuditFilter) -> int:
        """Return how many entries there are of a kind."""
        ...

    def audit_clerks(self) -> Sequence[str]:
        """Return the names acts were done in, the last ones first, 200 at most."""
        ...

    def audit_around(self, first: int, last: int) -> "tuple[StoredEntry | None, StoredEntry | None]":
        """Return the entry right before a stretch of places and the one right after it."""
        ...

    def history_acts(self) -> Mapping[tuple[str, str], int]:
        """Return how often each act done here stands in the history of each dossier."""
        ...

    def audit_rows(self) -> "Iterator[StoredEntry]":
        """Yield every row as it is stored, oldest first, without holding them all."""
        ...

    def audit_anchors(self) -> "Sequence[Anchor]":
        """Return the tips that were told, oldest first."""
        ...

    def dossier_code_of(self, dossier_id: str) -> str:
        """Return the code of a dossier, "" when no dossier has that id."""
        ...

    def last_audit_anchor(self, kind: "AnchorKind", reference: str) -> "Anchor | None":
        """Return the anchor of a kind with that reference that was kept last, or None."""
        ...

    def audit_hash_at(self, seq: int) -> bytes:
        """Return the hash the log has at a place, 32 zero bytes where it has no entry."""
        ...


class AuditWrites(Protocol):
    """What is added beside the entries themselves (`Transaction.append_audit`)."""

    def add_audit_anchor(self, anchor: "Anchor") -> None:
        """Remember that a tip was told."""
        ...
