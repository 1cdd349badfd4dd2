"""Checks the audit log from its first entry to its last, against itself and everything told of it before.

Beside the chain (`domain.audit_chain`): the tips on day-close sheets and in backups, the server's
signatures, and the acts in the dossiers' own histories, each of which must have its entry. Rows are read
one after the other and never held all; what was found is told, nothing is mended.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from counter_app.domain.audit_chain import Anchor, AnchorKind, Flaw, StoredEntry, Tip, flaws
from counter_app.domain.clerks import Permission
from counter_app.domain.errors import BadInput
from counter_app.services.audit.findings import AuditFinding, AuditReport, FindingKind
from counter_app.services.audit.server_proof import proof_holds, reference_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

Progress = Callable[[int, int], None]
MOST_TOLD = 200
_MOST_SUBJECTS = 20
_STEP = 2000
_TIP = re.compile(r"[0-9a-f]{8}")
_NOT_ACTS = frozenset({"dossier_viewed"})


def verify(
    desk: "Desk",
    *,
    tip: str = "",
    on_progress: Progress | None = None,
    record: bool = True,
) -> AuditReport:
    """Check the whole log.

    Args:
        desk: The counter.
        tip: The 8 digits on some paper; the report says which places have them.
        on_progress: Gets how many entries were read and how many there are; what it raises ends the check.
        record: Put the check on record; False where the data is open only to read.

    Raises:
        BadInput: ``bad_tip``.
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
        EnvironmentProblem: as `Store.reading`.
    """
    desk.require(Permission.AUDIT)
    digits = checked_tip(tip)
    with desk.store.reading() as queries:
        report = check(queries, digits, on_progress)
    if record:
        with desk.store.writing() as transaction:
            transaction.append_audit(
                AuditEntry(
                    at=desk.clock.now(),
                    clerk=desk.clerk,
                    act="audit_checked",
                    subject_id=desk.settings.counter.device_id,
                    detail={
                        "seq": report.tip.seq,
                        "tip": report.tip.digits,
                        "found": sorted({each.kind.value for each in report.findings}),
                    },
                )
            )
    return report


def checked_tip(text: str) -> str:
    """Return the digits of a tip as typed ("1A2B 3C4D"), "" for none; BadInput ``bad_tip``."""
    digits = re.sub(r"[\s-]", "", text).lower()
    if digits and not _TIP.fullmatch(digits):
        raise BadInput("bad_tip")
    return digits


def check(queries: "Queries", digits: str = "", on_progress: Progress | None = None) -> AuditReport:
    """Return what is wrong with the log of a database."""
    head = queries.audit_tip()
    anchors, forged, unproven = _proven(queries)
    reading = _Reading(head.seq, digits, on_progress, {anchor.tip.seq for anchor in anchors})
    found = flaws(reading.through(queries.audit_rows()), head, anchors)
    findings = [
        *(_placed(queries, flaw) for flaw in found[:MOST_TOLD]),
        *forged,
        *_days(queries, anchors),
        *_unlogged(queries, reading.acts),
    ]
    holding = [
        anchor
        for anchor in anchors
        if reading.told.get(anchor.tip.seq) == anchor.tip.hash and not _touched(found, anchor.tip.seq)
    ]
    return AuditReport(
        entries=reading.entries,
        tip=reading.last,
        findings=tuple(findings),
        more_findings=max(0, len(found) - MOST_TOLD),
        anchored=dict(Counter(anchor.kind.value for anchor in anchors)),
        last_anchor=max(holding, key=lambda anchor: anchor.tip.seq, default=None),
        asked=tuple(reading.asked),
        unproven=unproven,
    )


class _Reading:
    """Looks at the rows on their way to the chain's rules."""

    def __init__(self, total: int, digits: str, on_progress: Progress | None, anchored: set[int]) -> None:
        self.entries = 0
        self.last = Tip()
        self.acts: Counter[tuple[str, str]] = Counter()
        self.told: dict[int, bytes] = {}
        self.asked: list[int] = []
        self._anchored = anchored
        self._digits = digits
        self._total = total
        self._on_progress = on_progress or _silent

    def through(self, rows: Iterator[StoredEntry]) -> Iterator[StoredEntry]:
        """Pass the rows on."""
        for row in rows:
            self.entries += 1
            if self.entries % _STEP == 0:
                self._on_progress(self.entries, max(self._total, self.entries))
            self.last = Tip(seq=row.seq, hash=row.hash)
            if row.act.startswith("dossier_") and row.act not in _NOT_ACTS:
                self.acts[row.subject_id, row.act] += 1
            if row.seq in self._anchored:
                self.told[row.seq] = row.hash
            if self._digits and self.last.digits == self._digits:
                self.asked.append(row.seq)
            yield row
        self._on_progress(self.entries, max(self._total, self.entries))


def _silent(_read: int, _total: int) -> None:
    """Tell nobody."""


def _touched(found: list[Flaw], place: int) -> bool:
    """An anchor vouches for nothing while something up to its place is known to be wrong."""
    return any(flaw.first <= place for flaw in found)


def _placed(queries: "Queries", flaw: Flaw) -> AuditFinding:
    before, after = queries.audit_around(flaw.first, flaw.last)
    return AuditFinding(
        kind=FindingKind(flaw.kind.value), first=flaw.first, last=flaw.last, before=before, after=after
    )


def _proven(queries: "Queries") -> tuple[list[Anchor], list[AuditFinding], int]:
    """Return the anchors to believe, what is wrong with the others, and how many nobody can check."""
    enrolment = queries.enrolment()
    believed: list[Anchor] = []
    forged: list[AuditFinding] = []
    unproven = 0
    for anchor in queries.audit_anchors():
        if anchor.kind is not AnchorKind.SERVER:
            believed.append(anchor)
        elif enrolment is None or anchor.reference != reference_of(enrolment):
            unproven += 1
        elif proof_holds(enrolment, anchor):
            believed.append(anchor)
        else:
            place = anchor.tip.seq
            forged.append(AuditFinding(kind=FindingKind.FORGED_PROOF, first=place, last=place))
    return believed, forged, unproven


def _days(queries: "Queries", anchors: list[Anchor]) -> Iterator[AuditFinding]:
    """Each closing that told a tip has an anchor of the same place and digits."""
    kept = {anchor.reference: anchor.tip for anchor in anchors if anchor.kind is AnchorKind.DAY_CLOSE}
    for close_id, day, seq, digits in queries.told_tips():
        tip = kept.get(close_id)
        if tip is None or (tip.seq, tip.digits) != (seq, digits):
            yield AuditFinding(kind=FindingKind.DAY_DIFFERS, first=seq, last=seq, subjects=(day.isoformat(),))


def _unlogged(queries: "Queries", logged: Counter[tuple[str, str]]) -> Iterator[AuditFinding]:
    """Acts whose entries were taken out of a log that was chained anew still stand in their histories."""
    lost = Counter(
        {
            (dossier_id, act): count - logged[dossier_id, f"dossier_{act}"]
            for (dossier_id, act), count in queries.history_acts().items()
            if count > logged[dossier_id, f"dossier_{act}"]
        }
    )
    if lost:
        dossiers = list(dict.fromkeys(dossier_id for dossier_id, _act in lost))
        codes = (queries.dossier(dossier_id) for dossier_id in dossiers[:_MOST_SUBJECTS])
        yield AuditFinding(
            kind=FindingKind.ACTS_UNLOGGED,
            count=lost.total(),
            subjects=tuple(each.dossier_code for each in codes if each is not None),
        )
