"""A promise moves exactly when a day it counts is counted differently, and the day is named."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.calendar_2026 import CALENDAR, SUMMER, WEEK

from counter_app.domain.due_date import promise
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.promise_recheck import changed_days, promised_anew, stretches, within
from counter_app.domain.working_calendar import (
    OFFICE_ZONE,
    Certainty,
    DayOff,
    Session,
    SwappedWorkday,
    WorkingCalendar,
)

DAYS = st.integers(0, 500).map(lambda n: date(2026, 6, 1) + timedelta(days=n))
TIMES = st.sampled_from(["1wd", "3wd", "15wd", "8wh", "20wh", "10d", "30d"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def official_tet() -> WorkingCalendar:
    """The holiday was moved: 3/2 and 11/2/2027 are off as well, 13/2 is worked instead of 11/2."""
    added = (DayOff(date=date(2027, 2, 3), name="Tết"), DayOff(date=date(2027, 2, 11), name="Nghỉ hoán đổi"))
    decided = (replace(day, certainty=Certainty.OFFICIAL) for day in CALENDAR.days_off)
    return replace(
        CALENDAR,
        version="test-2",
        days_off=(*decided, *added),
        swapped=(*CALENDAR.swapped, SwappedWorkday(date=date(2027, 2, 13), name="Làm bù ngày 11/2")),
        provisional_years=frozenset(),
    )


def test_the_days_that_differ_are_named_with_what_they_were_and_are() -> None:
    days = changed_days(CALENDAR, official_tet())
    assert [(d.date.isoformat(), d.before.reason, d.after.reason, d.after.name) for d in days] == [
        ("2027-02-03", "working", "holiday", "Tết"),
        ("2027-02-11", "working", "holiday", "Nghỉ hoán đổi"),
        ("2027-02-13", "weekend", "swapped_workday", "Làm bù ngày 11/2"),
    ]
    assert [d.date.day for d in within(days, date(2027, 2, 4), date(2027, 2, 11))] == [11]


def test_another_name_or_certainty_of_a_day_off_is_no_difference() -> None:
    renamed = tuple(replace(day, name=day.name + "!", verified=True) for day in CALENDAR.days_off)
    assert changed_days(CALENDAR, replace(CALENDAR, days_off=renamed, provisional_years=frozenset())) == ()


def test_new_sessions_differ_on_the_days_they_are_kept() -> None:
    summer = changed_days(CALENDAR, CALENDAR.with_sessions(WEEK, SUMMER))
    first = next(day for day in summer if day.date.year == 2026)
    assert (first.date, first.before == first.after) == (date(2026, 4, 16), True)
    assert not [day for day in summer if not (4, 16) <= (day.date.month, day.date.day) <= (10, 15)]


def test_years_only_one_calendar_covers_are_no_difference() -> None:
    longer = replace(CALENDAR, last_day=date(2028, 12, 31), days_off=(*CALENDAR.days_off, DayOff(
        date=date(2028, 1, 3), name="Nghỉ bù",
    )))  # fmt: skip
    assert changed_days(CALENDAR, longer) == changed_days(longer, CALENDAR) == ()


def test_neighbouring_days_make_one_stretch_of_office_time() -> None:
    added = tuple(DayOff(date=date(2026, 12, day), name="Lũ") for day in (1, 2, 3, 7))
    days = changed_days(CALENDAR, replace(CALENDAR, days_off=(*CALENDAR.days_off, *added)))
    assert stretches(days) == (
        (at("2026-12-01T00:00"), at("2026-12-04T00:00")),
        (at("2026-12-07T00:00"), at("2026-12-08T00:00")),
    )
    assert stretches(()) == ()


def test_a_promise_over_the_moved_holiday_is_made_anew() -> None:
    received = at("2027-02-02T09:00")
    made = promise(received, ProcessingTime.parse("3wd"), same_day=False, no_promise=False, calendar=CALENDAR)
    assert made.due_at == at("2027-02-12T09:00")
    assert made.calendar == "provisional"
    new = promised_anew(received, made, official_tet())
    assert (new.due_at, new.calendar, new.calendar_version, new.time) == (
        at("2027-02-15T09:00"),
        "official",
        "test-2",
        "3wd",
    )


def test_a_same_day_promise_stays_one_and_none_stays_none() -> None:
    received = at("2027-02-03T09:00")
    same_day = promise(received, None, same_day=True, no_promise=False, calendar=CALENDAR)
    moved = promised_anew(received, same_day, official_tet())
    assert (same_day.due_at, moved.due_at) == (at("2027-02-03T17:00"), at("2027-02-12T17:00"))
    assert (moved.by_same_day_rule, moved.same_day) == (True, False)
    none = promise(received, None, same_day=False, no_promise=True, calendar=CALENDAR)
    assert promised_anew(received, none, official_tet()).due_at is None


def test_a_calendar_that_ends_too_early_refuses() -> None:
    made = promise(at("2027-02-02T09:00"), ProcessingTime.parse("3wd"), same_day=False, no_promise=False,
                   calendar=CALENDAR)  # fmt: skip
    with pytest.raises(RuleRefusal) as refused:
        promised_anew(at("2027-02-02T09:00"), made, replace(CALENDAR, last_day=date(2027, 2, 5)))
    assert refused.value.code == "calendar_missing"


@given(
    st.datetimes(datetime(2026, 6, 1), datetime(2027, 6, 1)),  # noqa: DTZ001
    TIMES,
    st.sets(DAYS, max_size=6),
    st.sets(DAYS.filter(lambda day: day.weekday() > 4), max_size=3),
    st.booleans(),
)
def test_days_outside_the_span_of_a_promise_never_move_it(
    moment: datetime, limit: str, off: set[date], worked: set[date], earlier: bool
) -> None:
    """What lets the search look at the concerned dossiers only."""
    taken = {day.date for day in CALENDAR.days_off} | {day.date for day in CALENDAR.swapped}
    other = replace(
        CALENDAR,
        days_off=(*CALENDAR.days_off, *(DayOff(date=day, name="Lũ") for day in sorted(off - taken - worked))),
        swapped=(*CALENDAR.swapped, *(SwappedWorkday(date=d, name="Bù") for d in sorted(worked - taken))),
    )
    if earlier:
        shifted = (*WEEK.sessions[0][:1], Session(time(13), time(16, 30)))
        other = other.with_sessions(WEEK, replace(SUMMER, sessions=(shifted,) * 5 + ((), ())))
    received = moment.replace(tzinfo=OFFICE_ZONE)
    made = promise(received, ProcessingTime.parse(limit), same_day=False, no_promise=False, calendar=CALENDAR)
    new = promised_anew(received, made, other)
    assert made.due_at is not None
    if new.due_at != made.due_at:
        assert within(changed_days(CALENDAR, other), received.date(), made.due_at.date())
    assert promised_anew(received, new, CALENDAR).due_at == made.due_at
