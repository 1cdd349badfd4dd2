"""The promised date, computed and explained.

Sources: NĐ 61/2018/NĐ-CP Điều 17, 18; Luật Hộ tịch 2014 Điều 5.3;
NĐ 23/2015/NĐ-CP Điều 7; TT 01/2020/TT-BTP Điều 2, all read 2026-11 but to be compared with
NĐ 118/2025. Counting whole days at the same clock time follows provincial systems; rolling a
deadline off a day off is Bộ luật Dân sự Điều 148, recalled.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from counter_app.domain.errors import RuleRefusal
from counter_app.domain.procedure import SlipRule
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.domain.working_time import (
    add_working_hours,
    at,
    closing,
    next_open_moment,
    office_moment,
    opening,
    within_sessions_of,
)

# From this clock time on, same-day procedures and hand-overs go to the next working day.
SAME_DAY_UNTIL = time(15, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDay:
    """One day between intake and promise.

    ``reason`` is one of ``intake``, ``after_closing`` (a working day on which the dossier came when
    the desk had closed: it starts the next working day), ``counted``, ``weekend``, ``holiday``,
    ``swapped_workday``, ``due``, ``rolled``; ``name`` names the holiday or the decision that swapped
    the day. ``counted`` marks the days that use up the limit; of a same-day promise the day it ends.
    """

    date: date
    counted: bool
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """When the result is promised. ``due_at`` None: "Không có ngày hẹn trả cụ thể theo quy định".

    ``calendar`` is "official" or "provisional" (a year whose days off are not yet decided);
    ``calendar_version`` pins the calendar data used. ``same_day`` is True only when the result is
    promised for the very day of intake. ``decided`` marks a day somebody decided (an extension, time that
    went on after a wait, a correction): it is not what the limit alone gives.
    """

    due_at: datetime | None
    counted_from: datetime
    time: str  # "5wd", "" when same day or none
    same_day: bool
    days: tuple[PromiseDay, ...]
    calendar: str
    calendar_version: str = ""
    decided: bool = False

    @property
    def by_same_day_rule(self) -> bool:
        """Whether the case is a same-day one, also when 15:00 moved the result to another day."""
        return self.due_at is not None and not self.time and not self.decided


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A computed due moment, the days its count used, and whether it rolled off a day off."""

    due_at: datetime
    counted: frozenset[date]
    rolled: bool = False


def promise(
    received_at: datetime,
    time: ProcessingTime | None,
    *,
    same_day: bool,
    no_promise: bool,
    calendar: WorkingCalendar,
) -> Promise:
    """Compute and explain the promised date.

    A case marked ``same_day`` follows the 15:00 rule even when it also states a time; ``no_promise``
    only matters when there is neither.

    Raises:
        BadInput: ``naive_moment``.
        RuleRefusal: ``calendar_missing`` (year), ``no_time_limit``.
    """
    received = office_moment(received_at)
    if not (same_day or time or no_promise):
        raise RuleRefusal("no_time_limit")
    start = next_open_moment(received, calendar)
    if same_day:
        deadline = _same_day_deadline(start, calendar)
    elif time is not None:
        deadline = _deadline(start, time, calendar)
    else:
        return _without_date(received, start, calendar)
    days = _explain(received.date(), start.date(), deadline, calendar)
    return Promise(
        due_at=deadline.due_at,
        counted_from=start,
        time="" if same_day or time is None else str(time),
        same_day=same_day and deadline.due_at.date() == received.date(),
        days=days,
        calendar=calendar.certainty_of(day.date for day in days).value,
        calendar_version=calendar.version,
    )


def promise_until(due_at: datetime, *, since: datetime, made: Promise, calendar: WorkingCalendar) -> Promise:
    """Return the promise of a decided moment, every day from `since` on named.

    The limit stays that of `made`. A moment outside the sessions moves to the next opening.

    Raises:
        BadInput: ``naive_moment``.
        RuleRefusal: ``calendar_missing`` (year).
    """
    start = next_open_moment(office_moment(since), calendar)
    due = next_open_moment(office_moment(due_at), calendar)
    first = start.date() + timedelta(days=1)
    later = (first + timedelta(days=n) for n in range((due.date() - start.date()).days))
    counted = frozenset(day for day in later if calendar.is_working_day(day))
    days = _explain(office_moment(since).date(), start.date(), _Deadline(due, counted), calendar)
    return replace(
        made,
        due_at=due,
        counted_from=start,
        same_day=False,
        days=days,
        calendar=calendar.certainty_of(day.date for day in days).value,
        calendar_version=calendar.version,
        decided=True,
    )


def hand_over_at(received_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the latest moment to hand the dossier to the officer (NĐ 61/2018 Điều 18).

    Received before 15:00 of a working day: its closing. From 15:00 on, after closing or on a day
    off: the opening of the next working day.

    Raises:
        BadInput: ``naive_moment``.
        RuleRefusal: ``calendar_missing`` (year).
    """
    received = office_moment(received_at)
    start = next_open_moment(received, calendar)
    if start.date() == received.date() and start.time() < SAME_DAY_UNTIL:
        return closing(start.date(), calendar)
    return opening(calendar.next_working_day(received.date()), calendar)


def slip_required(promise: Promise, slip_rule: SlipRule, *, asked: bool) -> bool:
    """Tell whether the appointment slip must be printed (NĐ 61/2018 Điều 17.4, TT 01/2020/TT-BTP Điều 2).

    Only a result promised for the day of intake itself goes without a slip, unless the applicant
    asks or the procedure always gives one. Whoever must come back another day gets one.
    """
    return asked or slip_rule is SlipRule.ALWAYS or not promise.same_day


def _without_date(received: datetime, start: datetime, calendar: WorkingCalendar) -> Promise:
    return Promise(
        due_at=None,
        counted_from=start,
        time="",
        same_day=False,
        days=(),
        calendar=calendar.certainty_of((received.date(), start.date())).value,
        calendar_version=calendar.version,
    )


def _same_day_deadline(start: datetime, calendar: WorkingCalendar) -> _Deadline:
    day = start.date()
    if start.time() < SAME_DAY_UNTIL:
        return _Deadline(closing(day, calendar), frozenset({day}))
    following = calendar.next_working_day(day)
    return _Deadline(closing(following, calendar), frozenset({following}))


def _deadline(start: datetime, limit: ProcessingTime, calendar: WorkingCalendar) -> _Deadline:
    match limit.unit:
        case TimeUnit.WORKING_DAY:
            return _after_working_days(start, limit.amount, calendar)
        case TimeUnit.WORKING_HOUR:
            return _Deadline(*add_working_hours(start, limit.amount, calendar))
        case TimeUnit.CALENDAR_DAY:
            return _after_calendar_days(start, limit.amount, calendar)


def _after_working_days(start: datetime, amount: int, calendar: WorkingCalendar) -> _Deadline:
    day, counted = start.date(), set[date]()
    for _ in range(amount):
        day = calendar.next_working_day(day)
        counted.add(day)
    return _Deadline(within_sessions_of(day, start.time(), calendar), frozenset(counted))


def _after_calendar_days(start: datetime, amount: int, calendar: WorkingCalendar) -> _Deadline:
    last = start.date() + timedelta(days=amount)
    calendar.require(last)
    counted = frozenset(start.date() + timedelta(days=n) for n in range(1, amount + 1))
    day = last if calendar.is_working_day(last) else calendar.next_working_day(last)
    due_at = next_open_moment(at(day, start.time()), calendar)
    return _Deadline(due_at, counted, rolled=due_at.date() != last)


def _explain(
    received_on: date, start_on: date, deadline: _Deadline, calendar: WorkingCalendar
) -> tuple[PromiseDay, ...]:
    """Name every day from intake to promise."""
    due_on = deadline.due_at.date()
    every_day = (received_on + timedelta(days=n) for n in range((due_on - received_on).days + 1))
    return tuple(_explain_day(day, start_on, deadline, calendar) for day in every_day)


def _explain_day(day: date, start_on: date, deadline: _Deadline, calendar: WorkingCalendar) -> PromiseDay:
    status = calendar.status_of(day)
    reason = status.reason
    if day == deadline.due_at.date():
        reason = "rolled" if deadline.rolled else "due"
    elif day <= start_on and status.working:
        reason = "intake" if day == start_on else "after_closing"
    elif reason == "working":
        reason = "counted"
    return PromiseDay(date=day, counted=day in deadline.counted, reason=reason, name=status.name)
