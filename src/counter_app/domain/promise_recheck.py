"""Whether a promise still holds when days off, swapped days or sessions have changed since it was made.

A promise is only ever read from its own days, from receipt to due day (see `due_date`). So two calendars
that agree on those days give the same promise, and where they differ names why it moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise, promise
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.working_calendar import OFFICE_ZONE, DayStatus, WorkingCalendar

# The result is there, or will never be: nobody waits for the day any more.
NO_LONGER_AWAITED = frozenset(
    {
        DossierStatus.REFUSED,
        DossierStatus.WITHDRAWN,
        DossierStatus.STOPPED,
        DossierStatus.RESOLVED,
        DossierStatus.RETURNED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A day two calendars do not count alike; where both name it alike, its hours differ."""

    date: date
    before: DayStatus
    after: DayStatus


def promised_anew(received_at: datetime, made: Promise, calendar: WorkingCalendar) -> Promise:
    """Return the promise as it would be made with `calendar`, for the limit it was made with.

    Raises:
        RuleRefusal: ``calendar_missing`` (year).
    """
    return promise(
        received_at,
        ProcessingTime.parse(made.time) if made.time else None,
        same_day=made.due_at is not None and not made.time,  # also once a day was decided for it
        no_promise=made.due_at is None,
        calendar=calendar,
    )


def changed_days(before: WorkingCalendar, after: WorkingCalendar) -> tuple[ChangedDay, ...]:
    """Return the days both calendars know and do not count alike, in order.

    A day only one of them covers is none: no decision changed it.
    """
    return tuple(
        ChangedDay(date=day, before=before.status_of(day), after=after.status_of(day))
        for day in sorted(_candidates(before, after))
        if _counted(before, day) != _counted(after, day)
    )


def within(days: Iterable[ChangedDay], first: date, last: date) -> tuple[ChangedDay, ...]:
    """Return the changed days from `first` to `last`, both included."""
    return tuple(day for day in days if first <= day.date <= last)


def stretches(days: Sequence[ChangedDay]) -> tuple[tuple[datetime, datetime], ...]:
    """Return the days as stretches of time, office zone, neighbours joined; the end is excluded."""
    joined: list[tuple[date, date]] = []
    for day in (each.date for each in days):
        if joined and joined[-1][1] == day:
            joined[-1] = (joined[-1][0], day + timedelta(days=1))
        else:
            joined.append((day, day + timedelta(days=1)))
    return tuple((_start_of(first), _start_of(end)) for first, end in joined)


def _candidates(before: WorkingCalendar, after: WorkingCalendar) -> set[date]:
    """Return every day that may differ: the named ones, or all when the week itself changed."""
    first, last = max(before.first_day, after.first_day), min(before.last_day, after.last_day)
    if before.patterns != after.patterns:
        return {first + timedelta(days=n) for n in range((last - first).days + 1)}
    named = {off.date for each in (before, after) for off in each.days_off}
    named |= {swap.date for each in (before, after) for swap in each.swapped}
    return {day for day in named if first <= day <= last}


def _counted(calendar: WorkingCalendar, day: date) -> object:
    return calendar.is_working_day(day), calendar.sessions_on(day)


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)
