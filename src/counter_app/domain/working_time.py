"""Moments and hours within the sessions of an office: the arithmetic under a promised date."""

from datetime import date, datetime, time, timedelta

from counter_app.domain.errors import BadInput
from counter_app.domain.working_calendar import OFFICE_ZONE, WorkingCalendar


def office_moment(moment: datetime) -> datetime:
    """Return an aware moment in office time, whole seconds (a half second never crosses 15:00).

    Raises:
        BadInput: ``naive_moment`` when it carries no time zone.
    """
    if moment.utcoffset() is None:
        raise BadInput("naive_moment")
    return moment.astimezone(OFFICE_ZONE).replace(microsecond=0)


def at(day: date, clock: time) -> datetime:
    """Return the moment of that day and clock in office time."""
    return datetime.combine(day, clock.replace(tzinfo=None), OFFICE_ZONE)


def opening(day: date, calendar: WorkingCalendar) -> datetime:
    """Return the opening of a working day."""
    return at(day, calendar.working_sessions_on(day)[0].start)


def closing(day: date, calendar: WorkingCalendar) -> datetime:
    """Return the closing of a working day."""
    return at(day, calendar.working_sessions_on(day)[-1].end)


def next_open_moment(moment: datetime, calendar: WorkingCalendar) -> datetime:
    """Return `moment` if it lies in a working session, else the opening of the next one.

    Raises:
        RuleRefusal: ``calendar_missing``.
    """
    day = moment.date()
    calendar.require(day)
    for session in calendar.working_sessions_on(day):
        if moment <= at(day, session.end):
            return max(moment, at(day, session.start))
    return opening(calendar.next_working_day(day), calendar)


def within_sessions_of(day: date, clock: time, calendar: WorkingCalendar) -> datetime:
    """Return `clock` on working day `day`, moved to an opening, or back to closing when later.

    Days may have different sessions (a season begins), yet the N-th day must not become the next.
    """
    return min(next_open_moment(at(day, clock), calendar), closing(day, calendar))


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return how much of the sessions lies between two moments; nothing when `end` is not later.

    Raises:
        RuleRefusal: ``calendar_missing``.
    """
    total, day = timedelta(), start.date()
    while day <= end.date():
        calendar.require(day)
        for session in calendar.working_sessions_on(day):
            inside = min(end, at(day, session.end)) - max(start, at(day, session.start))
            total += max(inside, timedelta())
        day += timedelta(days=1)
    return total


def add_working_hours(
    start: datetime, hours: int, calendar: WorkingCalendar
) -> tuple[datetime, frozenset[date]]:
    """Use up `hours` as `add_working_time` does."""
    return add_working_time(start, timedelta(hours=hours), calendar)


def add_working_time(
    start: datetime, left: timedelta, calendar: WorkingCalendar
) -> tuple[datetime, frozenset[date]]:
    """Use up `left` through the sessions from `start` on.

    Returns:
        The moment they are used up (a session's end stays there) and the days they were used on.

    Raises:
        RuleRefusal: ``calendar_missing``.
    """
    day, worked = start.date(), set[date]()
    while True:
        for session in calendar.working_sessions_on(day):
            begin, end = max(start, at(day, session.start)), at(day, session.end)
            if begin >= end:
                continue
            worked.add(day)
            if left <= end - begin:
                return begin + left, frozenset(worked)
            left -= end - begin
        day = calendar.next_working_day(day)
