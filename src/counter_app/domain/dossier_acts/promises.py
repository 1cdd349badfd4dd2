"""What waiting does to the promise.

Sources: NĐ 61/2018/NĐ-CP Điều 19, read 2026-11; to be compared with NĐ 118/2025/NĐ-CP. Pausing and
shifting are the practice of provincial systems.
"""

from datetime import date, datetime, timedelta

from counter_app.domain.due_date import Promise, promise_until
from counter_app.domain.procedure import SupplementPolicy
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.domain.promise_recheck import promised_anew
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.domain.working_time import (
    add_working_hours,
    add_working_time,
    next_open_moment,
    office_moment,
    within_sessions_of,
    working_time_between,
)


def resumed(
    made: Promise, policy: SupplementPolicy, asked_at: datetime, at: datetime, calendar: WorkingCalendar
) -> Promise:
    """Return the promise once the missing papers came at `at`.

    Reset counts the whole limit again. Pause goes on with the working time that was left. Shift adds the
    working days waited. A dossier already late stays late under the last two.

    Raises:
        RuleRefusal: ``calendar_missing`` (year).
    """
    if made.due_at is None or policy is SupplementPolicy.RESET:
        return promised_anew(at, made, calendar)
    if policy is SupplementPolicy.SHIFT:
        due_at = later_by(made.due_at, days_waited(asked_at, at, calendar), calendar)
    else:
        left = working_time_between(office_moment(asked_at), made.due_at, calendar)
        start = next_open_moment(office_moment(at), calendar)
        due_at = add_working_time(start, left, calendar)[0] if left else made.due_at
    return promise_until(due_at, since=min(at, due_at), made=made, calendar=calendar)


def days_waited(asked_at: datetime, at: datetime, calendar: WorkingCalendar) -> int:
    """Return how many working days began after the day of asking, up to the day the wait ended."""
    first, last = office_moment(asked_at).date(), office_moment(at).date()
    return sum(calendar.is_working_day(first + timedelta(days=n + 1)) for n in range((last - first).days))


def later_by(due_at: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """Return the promise moved by working days, at the same clock time."""
    day: date = due_at.date()
    for _ in range(days):
        day = calendar.next_working_day(day)
    return within_sessions_of(day, due_at.time(), calendar) if days else due_at


def counted_on(due_at: datetime, limit: ProcessingTime, calendar: WorkingCalendar) -> datetime:
    """Return the moment `limit` after the old promise."""
    if limit.unit is TimeUnit.WORKING_DAY:
        return later_by(due_at, limit.amount, calendar)
    if limit.unit is TimeUnit.WORKING_HOUR:
        return add_working_hours(due_at, limit.amount, calendar)[0]
    return due_at + timedelta(days=limit.amount)
