"""The lists of today's work: on which of them a dossier stands, and between which moments.

A dossier may stand on several. The promised moment decides what is late, as the citizen reads it on the
slip; statistics count by days (see `domain.timeliness`). A dossier that waits for papers does not run,
so it is neither late nor due; one with a result is waited for by nobody but its owner.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import hand_over_at
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.working_calendar import OFFICE_ZONE, WorkingCalendar

# What the desk or an officer works on, its time running.
RUNNING = frozenset({DossierStatus.RECEIVED, DossierStatus.PROCESSING, DossierStatus.AWAITING_PAYMENT})
_LONGEST_CLOSURE = timedelta(days=40)  # longer than any stretch of days off


class WorkList(StrEnum):
    """The lists, the most pressing first."""

    LATE = "late"
    DUE_TODAY = "due_today"
    DUE_TOMORROW = "due_tomorrow"  # by the end of the next working day
    AT_RISK = "at_risk"  # by the end of the second working day from now: what to extend, extend now
    TO_HAND_OVER = "to_hand_over"
    WAITING_SUPPLEMENT = "waiting_supplement"
    WAITING_PAYMENT = "waiting_payment"
    RESULTS_READY = "results_ready"
    ORIGINALS = "originals"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDay:
    """The moments that part the lists; each end is the first moment that no longer belongs.

    What was received before ``hand_over_before`` is to be handed over by the end of today, before
    ``hand_over_missed_before`` should have been already (NĐ 61/2018 Điều 18, see `due_date.hand_over_at`).
    ``certain`` is False when the days off ahead are not known: weekends alone were left out then.
    """

    now: datetime
    today_ends: datetime
    tomorrow_ends: datetime
    risk_ends: datetime
    hand_over_before: datetime
    hand_over_missed_before: datetime
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What of a dossier decides on its lists; ``at_desk``: nobody holds it and nobody was ever given it."""

    status: DossierStatus
    received_at: datetime
    due_at: datetime | None = None
    originals_held: int = 0
    unsent: bool = False
    stands_still: bool = False
    at_desk: bool = False
    own: bool = True


def work_day(now: datetime, calendar: WorkingCalendar) -> WorkDay:
    """Return the moments of a day; `now` is aware."""
    today = now.astimezone(OFFICE_ZONE).date()
    tomorrow, sure = _next_working_day(today, calendar)
    second, still_sure = _next_working_day(tomorrow, calendar)
    today_ends = _midnight_after(today)
    return WorkDay(
        now=now,
        today_ends=today_ends,
        tomorrow_ends=_midnight_after(tomorrow),
        risk_ends=_midnight_after(second),
        hand_over_before=_received_before(today_ends, calendar),
        hand_over_missed_before=_received_before(now, calendar),
        certain=sure and still_sure,
    )


def lists_of(facts: WorkFacts, day: WorkDay) -> frozenset[WorkList]:
    """Return the lists a dossier stands on."""
    status, due = facts.status, facts.due_at
    runs_until = due if facts.own and status in RUNNING and not facts.stands_still else None
    stands = {
        WorkList.LATE: runs_until is not None and runs_until < day.now,
        WorkList.DUE_TODAY: runs_until is not None and day.now <= runs_until < day.today_ends,
        WorkList.DUE_TOMORROW: runs_until is not None and day.today_ends <= runs_until < day.tomorrow_ends,
        WorkList.AT_RISK: runs_until is not None and day.today_ends <= runs_until < day.risk_ends,
        WorkList.TO_HAND_OVER: facts.own and _at_the_desk(facts) and facts.received_at < day.hand_over_before,
        WorkList.WAITING_SUPPLEMENT: facts.own and status is DossierStatus.AWAITING_SUPPLEMENT,
        WorkList.WAITING_PAYMENT: facts.own and status is DossierStatus.AWAITING_PAYMENT,
        WorkList.RESULTS_READY: status is DossierStatus.RESOLVED,
        WorkList.ORIGINALS: facts.own and facts.originals_held > 0,
        WorkList.UNSENT: facts.unsent,
    }
    return frozenset(each for each, there in stands.items() if there)


def _at_the_desk(facts: WorkFacts) -> bool:
    """Tell whether an officer still has to get it: also after papers or a payment came to the desk."""
    if facts.status is DossierStatus.PROCESSING:
        return facts.at_desk
    return facts.status is DossierStatus.RECEIVED


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def _next_working_day(day: date, calendar: WorkingCalendar) -> tuple[date, bool]:
    """Return it and whether it is known: the lists must go on where nothing may be promised any more."""
    try:
        return calendar.next_working_day(day), True
    except RuleRefusal:
        following = day + timedelta(days=1)
        while following.weekday() > 4:
            following += timedelta(days=1)
        return following, False


def _received_before(moment: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the first moment of receipt whose hand-over is due at `moment` or later.

    Whoever comes later is never due earlier, so halving finds it by the rule itself, to the second.
    """
    last = moment.astimezone(OFFICE_ZONE).replace(microsecond=0) + timedelta(seconds=1)
    first = max(last - _LONGEST_CLOSURE, datetime.combine(calendar.first_day, time(), OFFICE_ZONE))
    low, high = 0, max(int((last - first).total_seconds()), 0)
    while low < high:
        middle = (low + high) // 2
        if _hand_over_due(first + timedelta(seconds=middle), moment, calendar):
            low = middle + 1
        else:
            high = middle
    return first + timedelta(seconds=low)


def _hand_over_due(received_at: datetime, moment: datetime, calendar: WorkingCalendar) -> bool:
    """Tell whether the hand-over was due before `moment`; where no calendar reaches, it was not."""
    try:
        return hand_over_at(received_at, calendar) < moment
    except RuleRefusal:
        return False
