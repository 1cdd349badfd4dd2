"""Closing a day: what stands in the way, what is carried over, and which amounts a day's sheet tells.

Ours, not a form of law: the office counts its cash against its receipts every evening and hands nothing
on unsaid. Every day's sheet tells what came since the sheet before, so an amount that came after the
closing of a day stands on the next sheet: none is lost, none is told twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.dossier_acts.texts import needed
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.receipt import CashSum, PaidBy

MOST_CASH_VND = 1_000_000_000_000


class FindingKind(StrEnum):
    """What a closing looks at."""

    CASH_NOT_COUNTED = "cash_not_counted"
    CASH_DIFFERS = "cash_differs"
    RESULTS_MISSING = "results_missing"  # promised for the day and not there
    NOT_HANDED_OVER = "not_handed_over"  # received in time to be handed over that day
    PAPERS_FAILED = "papers_failed"  # failed to print, or nobody knows, and never left since
    DRAFTS = "drafts"  # begun that day, received never
    ORIGINALS = "originals"
    UNSENT = "unsent"


# They go on by themselves: told, never in the way.
INFORMATION = frozenset({FindingKind.ORIGINALS, FindingKind.UNSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """One of what was found; ``label`` names no person, ``dossier_id`` is "" where there is no dossier."""

    label: str
    dossier_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found; ``items`` are the first of ``count``. ``amount_vnd`` is the cash counted too much."""

    kind: FindingKind
    count: int = 1
    items: tuple[FoundItem, ...] = ()
    amount_vnd: int = 0

    @property
    def blocks(self) -> bool:
        """Whether the day stays open until this is settled or carried over."""
        return self.kind not in INFORMATION


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """What the clerk leaves for later, and why."""

    kind: FindingKind
    count: int
    reason: str
    labels: tuple[str, ...] = ()
    amount_vnd: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotals:
    """Sums: ``counts`` by name (see `services.day_totals`), ``cash`` by fee, way of paying and clerk."""

    counts: Mapping[str, int] = field(default_factory=dict)
    cash: tuple[CashSum, ...] = ()

    def kept_vnd(self, method: PaidBy) -> int:
        """Return what came in one way and was not given back."""
        return sum(each.kept_vnd for each in self.cash if each.method is method)

    def counts_without(self, told: "DayTotals") -> Mapping[str, int]:
        """Return the counts that are left when some of them were told before."""
        return {name: count - told.counts.get(name, 0) for name, count in self.counts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """A receipt on a day's sheet that bears a day the sheet is not about: the clock was wrong once."""

    number: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClose:
    """A closed day.

    ``told`` is what its sheet tells: everything since the sheet of ``after`` (None: since the beginning).
    ``own`` is what of it bears the day's own date, so that the next sheet can leave it out. ``standing``
    is how things stood. ``counted_cash_vnd`` None: nobody counted. ``tip`` are the last 8 hex digits of
    the outbox chain with this closing in it. ``revision`` counts the closings of the day from 1.
    ``through`` is the number of the last receipt or void it tells, in the order they were written;
    ``other_days`` are the receipts of it whose stamps say otherwise. ``audit_seq`` and ``audit_tip`` are the
    place and the 8 digits of the audit log's end with this closing in it; 0 and "" on sheets of before.
    """

    close_id: str
    counter: int
    day: date
    revision: int
    after: date | None
    closed_at: datetime
    clerk: str
    counted_cash_vnd: int | None
    told: DayTotals
    own: DayTotals
    standing: Mapping[str, int]
    carried: tuple[CarriedOver, ...]
    tip: str
    through: int = 0
    other_days: tuple[OtherDay, ...] = ()
    audit_seq: int = 0
    audit_tip: str = ""
    office_definition: str = ""
    training: bool = False
    reopened_at: datetime | None = None
    reopened_by: str = ""
    reopen_reason: str = ""

    @property
    def expected_cash_vnd(self) -> int:
        """What the receipts say was in the drawer."""
        return self.told.kept_vnd(PaidBy.CASH)

    @property
    def difference_vnd(self) -> int | None:
        """How much more was counted than the receipts say; None when nobody counted."""
        return None if self.counted_cash_vnd is None else self.counted_cash_vnd - self.expected_cash_vnd


def cash_findings(expected_vnd: int, counted_vnd: int | None) -> tuple[Finding, ...]:
    """Return what is wrong with the cash; a drawer that should be empty need not be counted."""
    if counted_vnd is None:
        return (Finding(kind=FindingKind.CASH_NOT_COUNTED, amount_vnd=-expected_vnd),) if expected_vnd else ()
    if counted_vnd != expected_vnd:
        return (Finding(kind=FindingKind.CASH_DIFFERS, amount_vnd=counted_vnd - expected_vnd),)
    return ()


def checked_cash(counted_vnd: int | None) -> int | None:
    """Return what was counted; BadInput ``bad_cash_count`` for less than nothing or more than all."""
    if counted_vnd is None:
        return None
    whole = isinstance(counted_vnd, int) and not isinstance(counted_vnd, bool)
    if not whole or not 0 <= counted_vnd <= MOST_CASH_VND:
        raise BadInput("bad_cash_count", amount=str(counted_vnd)[:20])
    return counted_vnd


def carry_over(
    findings: Iterable[Finding], reasons: Mapping[FindingKind, str], day: date
) -> tuple[CarriedOver, ...]:
    """Return what is carried over, with the clerk's reasons.

    Raises:
        RuleRefusal: ``day_not_settled`` (day, findings) while anything that blocks has no reason.
        BadInput: ``entry_too_long``.
    """
    blocking = [each for each in findings if each.blocks]
    given = {kind: reason for kind, reason in reasons.items() if reason.strip()}
    unsettled = [each.kind.value for each in blocking if each.kind not in given]
    if unsettled:
        raise RuleRefusal("day_not_settled", day=day, findings=unsettled)
    return tuple(
        CarriedOver(
            kind=each.kind,
            count=each.count,
            reason=needed(given[each.kind], "reason"),
            labels=tuple(item.label for item in each.items),
            amount_vnd=each.amount_vnd,
        )
        for each in blocking
    )


def check_order(day: date, today: date, last: date | None, first_open: date | None) -> None:
    """Refuse a day that is not next in line.

    Args:
        day: The day to close.
        today: The day it is.
        last: The last closed day.
        first_open: The first day after it on which anything happened.

    Raises:
        BadInput: ``day_ahead`` (day).
        RuleRefusal: ``day_already_closed`` (day, last), ``earlier_day_open`` (day, first_open).
    """
    if day > today:
        raise BadInput("day_ahead", day=day)
    if last is not None and day <= last:
        raise RuleRefusal("day_already_closed", day=day, last=last)
    if first_open is not None and first_open < day:
        raise RuleRefusal("earlier_day_open", day=day, first_open=first_open)
