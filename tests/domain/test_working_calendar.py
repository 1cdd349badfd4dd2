from dataclasses import replace
from datetime import date, time

import pytest
from calendar_2026 import CALENDAR, ORDINARY, SATURDAY_MORNINGS, SUMMER, WEEK

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.working_calendar import (
    OFFICE_ZONE,
    Certainty,
    DayOff,
    Session,
    SwappedWorkday,
    WeekPattern,
)


@pytest.mark.parametrize(
    ("day", "working", "reason", "name"),
    [
        (date(2026, 11, 23), True, "working", ""),
        (date(2026, 11, 24), False, "holiday", "Ngày Văn hóa Việt Nam"),
        (date(2026, 11, 21), False, "weekend", ""),
        (date(2026, 11, 22), False, "weekend", ""),
        (date(2026, 1, 2), False, "holiday", "Nghỉ hoán đổi"),
        (date(2026, 1, 10), True, "swapped_workday", "Làm bù ngày 2/1/2026"),
        (date(2026, 8, 22), True, "swapped_workday", "Làm bù ngày 31/8/2026"),
    ],
)
def test_a_day_knows_what_it_is_and_why(day, working, reason, name):
    status = CALENDAR.status_of(day)
    assert (status.working, status.reason, status.name) == (working, reason, name)
    assert CALENDAR.is_working_day(day) is working


def test_a_swapped_saturday_has_the_sessions_of_an_ordinary_day():
    assert CALENDAR.sessions_on(date(2026, 8, 22)) == ORDINARY
    assert CALENDAR.working_sessions_on(date(2026, 8, 22)) == ORDINARY


def test_a_saturday_open_for_intake_is_still_no_working_day():
    calendar = CALENDAR.with_sessions(SATURDAY_MORNINGS)
    saturday = date(2026, 11, 21)
    assert calendar.sessions_on(saturday) == (Session(time(7, 30), time(11)),)
    assert calendar.working_sessions_on(saturday) == ()
    assert not calendar.is_working_day(saturday)
    # A swapped Saturday is a whole ordinary day even where Saturdays are open half a day.
    assert calendar.sessions_on(date(2026, 8, 22)) == ORDINARY


def test_a_holiday_has_no_sessions_even_where_saturdays_are_open():
    calendar = replace(
        CALENDAR.with_sessions(SATURDAY_MORNINGS), days_off=(DayOff(date=date(2026, 2, 21), name="Tết"),)
    )
    assert calendar.sessions_on(date(2026, 2, 21)) == ()


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 4, 15), time(7)),
        (date(2026, 4, 16), time(6, 30)),
        (date(2026, 10, 15), time(6, 30)),
        (date(2026, 10, 16), time(7)),
    ],
)
def test_a_season_changes_the_sessions_on_its_first_and_last_day(day, opens):
    assert CALENDAR.with_sessions(WEEK, SUMMER).sessions_on(day)[0].start == opens


def test_a_season_may_wrap_round_the_new_year():
    winter = replace(SUMMER, from_month_day=(10, 16), to_month_day=(4, 15))
    calendar = CALENDAR.with_sessions(WEEK, winter)
    assert [calendar.sessions_on(day)[0].start.hour for day in (date(2026, 1, 5), date(2026, 6, 1))] == [6, 7]
    assert calendar.sessions_on(date(2026, 12, 31))[0].start == time(6, 30)


def test_the_next_working_day_steps_over_tet_and_stops_at_the_end_of_the_data():
    assert CALENDAR.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert CALENDAR.next_working_day(date(2026, 8, 21)) == date(2026, 8, 22)
    with pytest.raises(RuleRefusal) as refusal:
        CALENDAR.next_working_day(date(2027, 12, 31))
    assert (refusal.value.code, refusal.value.params) == ("calendar_missing", {"year": 2028})


def test_an_undecided_year_makes_every_count_through_it_provisional():
    official, provisional = date(2026, 12, 31), date(2027, 3, 1)
    assert CALENDAR.certainty_of([official]) is Certainty.OFFICIAL
    assert CALENDAR.certainty_of([official, provisional]) is Certainty.PROVISIONAL


def test_one_undecided_day_makes_a_count_provisional():
    pending = DayOff(date=date(2026, 6, 1), name="Dự kiến", certainty=Certainty.PROVISIONAL)
    calendar = replace(CALENDAR, days_off=(pending,))
    assert calendar.certainty_of([date(2026, 6, 1)]) is Certainty.PROVISIONAL
    assert calendar.certainty_of([date(2026, 6, 2)]) is Certainty.OFFICIAL


def test_the_zone_is_seven_hours_ahead_all_year():
    assert str(OFFICE_ZONE) == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Session(time(11), time(11)), "bad_session"),
        (lambda: WeekPattern(sessions=(ORDINARY,) * 5), "bad_week_pattern"),
        (lambda: WeekPattern(sessions=(ORDINARY,) * 4 + ((),) * 3), "bad_week_pattern"),
        (lambda: WeekPattern(sessions=(ORDINARY[::-1],) * 7), "bad_week_pattern"),
        (lambda: replace(WEEK, working_weekdays=frozenset()), "bad_week_pattern"),
        (CALENDAR.with_sessions, "bad_week_pattern"),
        (lambda: CALENDAR.with_sessions(SUMMER), "bad_week_pattern"),
        (lambda: replace(CALENDAR, days_off=CALENDAR.days_off * 2), "calendar_conflict"),
        (
            lambda: replace(CALENDAR, swapped=(SwappedWorkday(date=date(2026, 1, 1), name="x"),)),
            "calendar_conflict",
        ),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(make, code):
    with pytest.raises(BadInput) as refusal:
        make()
    assert refusal.value.code == code
