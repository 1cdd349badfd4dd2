"""What a check of the audit log says: each thing that is wrong, with its place and what stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.audit_chain import Anchor, StoredEntry, Tip


class FindingKind(StrEnum):
    """What is wrong. The first six are those of `domain.audit_chain.FlawKind`."""

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    ADDED = "added"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    FORGED_PROOF = "forged_proof"  # a countersignature the server never gave
    DAY_DIFFERS = "day_differs"  # the sheet of a closed day told another tip than the anchor kept of it
    ACTS_UNLOGGED = "acts_unlogged"  # acts on dossiers that no entry tells of


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """Something wrong from place ``first`` to ``last``; both 0 where no place is known.

    ``before`` and ``after`` are the entries around it, ``subjects`` the dossiers, days or moments it is
    about, the first of ``count``.
    """

    kind: FindingKind
    first: int = 0
    last: int = 0
    before: StoredEntry | None = None
    after: StoredEntry | None = None
    subjects: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """The outcome of a check.

    ``anchored`` counts the tips told, by whom to; ``last_anchor`` is the last one that holds: what stands
    after it is only as safe as the key. ``asked`` are the places whose hash begins with the digits asked
    for. ``unproven`` counts signatures of servers this counter no longer talks to.
    """

    entries: int
    tip: Tip
    findings: tuple[AuditFinding, ...]
    more_findings: int = 0
    anchored: Mapping[str, int] = field(default_factory=dict)
    last_anchor: Anchor | None = None
    asked: tuple[int, ...] = ()
    unproven: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing wrong was found."""
        return not self.findings
