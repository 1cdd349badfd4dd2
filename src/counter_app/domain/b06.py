"""Biểu số II.06a/VPCP/KSTT: which column of the report a dossier is counted in.

Columns after Thông tư 01/2020/TT-VPCP as the public code of a provincial system has them; the layout is
recalled, not re-read. Identities that hold for any period: 3=4+5+6, 7=8+9+10, 11=12+13, 3=7+11. What is
still open at the end of one period is carried over into the next: 11 of one is 6 of the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import IntEnum

from counter_app.domain.dossier import Channel
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period, day_begins
from counter_app.domain.timeliness import Timeliness, timeliness


class Arrival(IntEnum):
    """The columns of what there was to do."""

    ONLINE = 4
    AT_DESK = 5  # at the counter or by post
    CARRIED_OVER = 6


class Outcome(IntEnum):
    """The columns of what became of it."""

    EARLY = 8
    ON_TIME = 9
    LATE = 10
    RUNNING = 12
    OVERDUE = 13


_DONE = {
    Timeliness.EARLY: Outcome.EARLY,
    Timeliness.ON_TIME: Outcome.ON_TIME,
    Timeliness.LATE: Outcome.LATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts:
    """What decides about the columns. ``due_at`` is the promise statistics count by: the first one.

    ``waiting_since`` is since when the citizen is waited for now, None when nobody waits; ``stands_still``
    whether the time does not run meanwhile.
    """

    channel: Channel
    status: DossierStatus
    received_at: datetime
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    waiting_since: datetime | None = None
    stands_still: bool = False


def classify(facts: DossierFacts, period: Period, today: date) -> tuple[Arrival, Outcome] | None:
    """Return the two columns a dossier is counted in, or None when the period does not concern it.

    ``today`` is the day the report is made: in a period that still runs, what is due today is not late.
    """
    begins_at, ends_at = period.begins_at, period.ends_at
    resolved_at = facts.resolved_at
    if facts.received_at >= ends_at or (resolved_at is not None and resolved_at < begins_at):
        return None
    if facts.received_at < begins_at:
        arrival = Arrival.CARRIED_OVER
    else:
        arrival = Arrival.ONLINE if facts.channel is Channel.ONLINE else Arrival.AT_DESK
    if resolved_at is not None and resolved_at < ends_at:
        withdrawn = facts.status is DossierStatus.WITHDRAWN
        return arrival, _DONE[timeliness(resolved_at, facts.due_at, withdrawn=withdrawn)]
    return arrival, Outcome.OVERDUE if _overdue(facts, period, today) else Outcome.RUNNING


def _overdue(facts: DossierFacts, period: Period, today: date) -> bool:
    """Tell whether an open dossier's day is past; while it stands still its time does not run."""
    if facts.stands_still and facts.waiting_since is not None and facts.waiting_since < period.ends_at:
        return False
    return facts.due_at is not None and facts.due_at < day_begins(period.judged_on(today))


@dataclass(frozen=True, slots=True, kw_only=True)
class B06Line:
    """One row of the report: a sector, or the sum. Every field but the name is a number of dossiers."""

    sector: str
    online: int = 0
    at_desk: int = 0
    carried_over: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0

    @property
    def received(self) -> int:
        """Column 3."""
        return self.online + self.at_desk + self.carried_over

    @property
    def resolved(self) -> int:
        """Column 7."""
        return self.early + self.on_time + self.late

    @property
    def pending(self) -> int:
        """Column 11."""
        return self.running + self.overdue

    @property
    def columns(self) -> tuple[int, ...]:
        """Columns 3 to 13 in their order."""
        return (
            *(self.received, self.online, self.at_desk, self.carried_over),
            *(self.resolved, self.early, self.on_time, self.late),
            *(self.pending, self.running, self.overdue),
        )


FIELD_OF: dict[Arrival | Outcome, str] = {
    **{each: each.name.lower() for each in Arrival},
    **{each: each.name.lower() for each in Outcome},
}


def tally(sector: str, counted: Iterable[tuple[Arrival, Outcome, int]]) -> B06Line:
    """Return the row of a sector from how many dossiers fell into each pair of columns."""
    sums: dict[str, int] = {}
    for arrival, outcome, count in counted:
        for column in (FIELD_OF[arrival], FIELD_OF[outcome]):
            sums[column] = sums.get(column, 0) + count
    return B06Line(sector=sector, **sums)


def total(lines: Iterable[B06Line], name: str = "") -> B06Line:
    """Return the sum of rows under a name."""
    columns = [each.name for each in fields(B06Line) if each.name != "sector"]
    sums = dict.fromkeys(columns, 0)
    for line in lines:
        for column in columns:
            sums[column] += getattr(line, column)
    return B06Line(sector=name, **sums)
