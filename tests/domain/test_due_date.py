"""Worked examples of the promised date, rule by rule, and properties that hold for any intake."""

from datetime import UTC, datetime, timedelta

import pytest
from calendar_2026 import CALENDAR, SATURDAY_MORNINGS, SUMMER, WEEK
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.due_date import Promise, hand_over_at, promise, slip_required
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.procedure import SlipRule
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.domain.working_calendar import OFFICE_ZONE, WorkingCalendar

SATURDAYS = CALENDAR.with_sessions(SATURDAY_MORNINGS)
SEASONAL = CALENDAR.with_sessions(WEEK, SUMMER)


def moment(text: str) -> datetime:
    """Read "2026-11-23 09:00" as office time."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def timed(received: str, limit: str, calendar: WorkingCalendar = CALENDAR) -> Promise:
    time_limit = ProcessingTime.parse(limit)
    return promise(moment(received), time_limit, same_day=False, no_promise=False, calendar=calendar)


def at_once(received: str, calendar: WorkingCalendar = CALENDAR) -> Promise:
    return promise(moment(received), None, same_day=True, no_promise=False, calendar=calendar)


def story(made: Promise) -> list[tuple[str, str]]:
    return [(f"{day.date:%d/%m}" + ("*" if day.counted else ""), day.reason) for day in made.days]


@pytest.mark.parametrize(
    ("received", "counted_from"),
    [
        ("2026-11-16 05:30", "2026-11-16 07:00"),  # before opening
        ("2026-11-16 07:00", "2026-11-16 07:00"),
        ("2026-11-16 09:12:34", "2026-11-16 09:12:34"),
        ("2026-11-16 11:30", "2026-11-16 11:30"),  # the end belongs to the session
        ("2026-11-16 11:30:01", "2026-11-16 13:30"),  # lunch break
        ("2026-11-16 12:00", "2026-11-16 13:30"),
        ("2026-11-16 17:00", "2026-11-16 17:00"),
        ("2026-11-16 17:00:01", "2026-11-17 07:00"),  # after closing
        ("2026-11-20 20:00", "2026-11-23 07:00"),  # Friday night
        ("2026-11-22 09:00", "2026-11-23 07:00"),  # Sunday
        ("2026-11-23 18:00", "2026-11-25 07:00"),  # the evening before 24/11
        ("2026-11-24 09:00", "2026-11-25 07:00"),  # 24/11 itself
        ("2026-08-22 09:00", "2026-08-22 09:00"),  # a worked Saturday
        ("2026-02-14 09:00", "2026-02-23 07:00"),  # the Saturday before Tết
    ],
)
def test_rule_1_where_counting_starts(received, counted_from):
    assert timed(received, "1wd").counted_from == moment(counted_from)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2026-11-16 09:00", "1wd", "2026-11-17 09:00"),
        ("2026-11-16 09:00", "5wd", "2026-11-23 09:00"),
        ("2026-11-23 09:00", "5wd", "2026-12-01 09:00"),  # steps over 24/11
        ("2026-11-23 09:00", "1wd", "2026-11-25 09:00"),
        ("2026-11-16 17:30", "1wd", "2026-11-18 07:00"),  # counted from Tuesday's opening
        ("2026-02-13 10:00", "3wd", "2026-02-25 10:00"),  # over Tết
        ("2026-01-07 10:00", "3wd", "2026-01-10 10:00"),  # due on the worked Saturday
        ("2026-08-20 09:00", "3wd", "2026-08-24 09:00"),  # the worked Saturday counts
        ("2026-08-28 09:00", "3wd", "2026-09-07 09:00"),  # 31/8 to 2/9 off
        ("2026-04-24 09:00", "5wd", "2026-05-06 09:00"),
        ("2026-12-31 10:00", "2wd", "2027-01-05 10:00"),  # over the new year
        ("2026-11-22 09:00", "1wd", "2026-11-25 07:00"),  # Sunday: from Monday, which is not counted
    ],
)
def test_rule_2_working_days(received, limit, due):
    assert timed(received, limit).due_at == moment(due)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2026-11-16 07:00", "8wh", "2026-11-16 17:00"),  # lands on closing and stays there
        ("2026-11-16 12:00", "8wh", "2026-11-17 11:30"),
        ("2026-11-16 07:00", "12wh", "2026-11-17 11:00"),  # a day and a half
        ("2026-11-16 13:30", "4wh", "2026-11-17 07:30"),
        ("2026-11-16 09:00", "4wh", "2026-11-16 15:00"),  # through the lunch break
        ("2026-11-23 16:00", "8wh", "2026-11-25 16:00"),  # over 24/11
        ("2026-11-16 17:00", "1wh", "2026-11-17 08:00"),
        ("2026-11-16 16:30:15", "1wh", "2026-11-17 07:30:15"),
        ("2026-08-21 16:00", "2wh", "2026-08-22 08:00"),  # into the worked Saturday
        ("2026-02-13 16:30", "40wh", "2026-02-27 16:30"),
    ],
)
def test_rule_3_working_hours(received, limit, due):
    assert timed(received, limit).due_at == moment(due)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2026-11-16 10:00", "1d", "2026-11-17 10:00"),
        ("2026-11-16 10:00", "5d", "2026-11-23 10:00"),  # a Saturday rolls to Monday
        ("2026-11-09 10:00", "15d", "2026-11-25 10:00"),  # 24/11 rolls
        ("2026-11-16 12:00", "1d", "2026-11-17 13:30"),
        ("2026-02-06 10:00", "10d", "2026-02-23 10:00"),  # the first day of Tết
        ("2026-08-21 10:00", "1d", "2026-08-22 10:00"),  # a worked Saturday needs no rolling
        ("2026-12-02 10:00", "30d", "2027-01-04 10:00"),
    ],
)
def test_rule_4_calendar_days(received, limit, due):
    assert timed(received, limit).due_at == moment(due)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2026-10-15 06:40", "1wd", "2026-10-16 07:00"),  # summer hours end: too early moves to opening
        ("2026-10-15 11:15", "1wd", "2026-10-16 13:30"),  # summer lunch break, winter opening
        ("2026-10-15 13:10", "1wd", "2026-10-16 13:30"),
        ("2026-04-15 16:45", "1wd", "2026-04-16 16:30"),  # summer closes earlier: still the N-th day
        ("2026-04-15 16:45", "1d", "2026-04-17 06:30"),  # calendar days: the next session's opening
    ],
)
def test_the_same_clock_time_is_moved_into_the_sessions_of_another_season(received, limit, due):
    assert timed(received, limit, SEASONAL).due_at == moment(due)


@pytest.mark.parametrize(
    ("received", "due", "same_day"),
    [
        ("2026-11-16 09:00", "2026-11-16 17:00", True),
        ("2026-11-16 05:30", "2026-11-16 17:00", True),  # before opening
        ("2026-11-16 12:00", "2026-11-16 17:00", True),
        ("2026-11-16 14:59:59", "2026-11-16 17:00", True),
        ("2026-11-16 14:59:59.999999", "2026-11-16 17:00", True),
        ("2026-11-16 15:00", "2026-11-17 17:00", False),
        ("2026-11-16 20:00", "2026-11-17 17:00", False),
        ("2026-11-23 14:59:59", "2026-11-23 17:00", True),
        ("2026-11-23 15:00:00", "2026-11-25 17:00", False),  # the eve of 24/11
        ("2026-11-22 10:00", "2026-11-23 17:00", False),  # Sunday: Monday is another day
        ("2026-08-22 10:00", "2026-08-22 17:00", True),  # a worked Saturday
    ],
)
def test_rule_5_same_day_procedures(received, due, same_day):
    made = at_once(received)
    assert (made.due_at, made.same_day, made.time) == (moment(due), same_day, "")


def test_the_same_day_rule_is_recognised_also_when_it_moves_the_result_to_another_day():
    assert at_once("2026-11-16 09:00").by_same_day_rule
    assert at_once("2026-11-16 15:00").by_same_day_rule
    assert not timed("2026-11-16 09:00", "1wd").by_same_day_rule


def test_a_case_marked_same_day_follows_the_15h_rule_even_with_a_time():
    made = promise(
        moment("2026-11-16 09:00"),
        ProcessingTime(1, TimeUnit.WORKING_DAY),
        same_day=True,
        no_promise=False,
        calendar=CALENDAR,
    )
    assert (made.due_at, made.time) == (moment("2026-11-16 17:00"), "")


@pytest.mark.parametrize("rule", [SlipRule.AFTER_15H, SlipRule.ONLY_IF_NOT_SAME_DAY])
@pytest.mark.parametrize(
    ("received", "needed"),
    [("2026-11-16 14:59:59", False), ("2026-11-16 15:00", True), ("2026-11-22 10:00", True)],
)
def test_rule_5_the_slip_is_needed_when_the_citizen_must_come_back(received, needed, rule):
    made = at_once(received)
    assert slip_required(made, rule, asked=False) is needed
    assert slip_required(made, rule, asked=True)
    assert slip_required(made, SlipRule.ALWAYS, asked=False)


def test_a_timed_case_always_has_a_slip_even_when_it_ends_the_same_day():
    assert slip_required(timed("2026-11-16 07:00", "4wh"), SlipRule.AFTER_15H, asked=False)


@pytest.mark.parametrize(
    ("received", "latest"),
    [
        ("2026-11-16 09:00", "2026-11-16 17:00"),
        ("2026-11-16 05:30", "2026-11-16 17:00"),
        ("2026-11-16 14:59:59", "2026-11-16 17:00"),
        ("2026-11-16 15:00", "2026-11-17 07:00"),
        ("2026-11-16 20:00", "2026-11-17 07:00"),
        ("2026-11-23 15:00", "2026-11-25 07:00"),
        ("2026-11-22 10:00", "2026-11-23 07:00"),
    ],
)
def test_rule_6_hand_over(received, latest):
    assert hand_over_at(moment(received), CALENDAR) == moment(latest)


@pytest.mark.parametrize(
    ("received", "limit", "year"),
    [
        ("2028-01-03 09:00", "1wd", 2028),
        ("2025-12-31 09:00", "1wd", 2025),
        ("2027-12-31 09:00", "1wd", 2028),
        ("2027-12-31 16:30", "1wh", 2028),
        ("2027-12-20 09:00", "30d", 2028),
        ("2027-12-31 18:00", "1wh", 2028),
    ],
)
def test_rule_7_no_calendar_no_promise(received, limit, year):
    with pytest.raises(RuleRefusal) as refusal:
        timed(received, limit)
    assert (refusal.value.code, refusal.value.params) == ("calendar_missing", {"year": year})


def test_rule_7_no_time_limit_is_refused_unless_the_data_says_there_is_none():
    received = moment("2026-11-16 09:00")
    with pytest.raises(RuleRefusal) as refusal:
        promise(received, None, same_day=False, no_promise=False, calendar=CALENDAR)
    assert refusal.value.code == "no_time_limit"
    made = promise(received, None, same_day=False, no_promise=True, calendar=CALENDAR)
    assert (made.due_at, made.days, made.same_day, made.counted_from) == (None, (), False, received)
    assert slip_required(made, SlipRule.AFTER_15H, asked=False)


def test_rule_8_every_day_is_explained():
    assert story(timed("2026-11-20 09:00", "2wd")) == [
        ("20/11", "intake"),
        ("21/11", "weekend"),
        ("22/11", "weekend"),
        ("23/11*", "counted"),
        ("24/11", "holiday"),
        ("25/11*", "due"),
    ]
    assert story(timed("2026-08-20 09:00", "3wd")) == [
        ("20/08", "intake"),
        ("21/08*", "counted"),
        ("22/08*", "swapped_workday"),
        ("23/08", "weekend"),
        ("24/08*", "due"),
    ]
    assert story(timed("2026-11-20 09:00", "4d")) == [
        ("20/11", "intake"),
        ("21/11*", "weekend"),
        ("22/11*", "weekend"),
        ("23/11*", "counted"),
        ("24/11*", "holiday"),
        ("25/11", "rolled"),
    ]
    assert story(timed("2026-11-22 09:00", "1wd")) == [
        ("22/11", "weekend"),
        ("23/11", "intake"),
        ("24/11", "holiday"),
        ("25/11*", "due"),
    ]
    # Left in the box after closing: that day is nobody's, the count starts with the next opening.
    assert story(timed("2026-11-16 17:30", "1wd")) == [
        ("16/11", "after_closing"),
        ("17/11", "intake"),
        ("18/11*", "due"),
    ]
    assert story(at_once("2026-11-16 17:30")) == [("16/11", "after_closing"), ("17/11*", "due")]
    assert story(at_once("2026-11-16 09:00")) == [("16/11*", "due")]
    assert story(at_once("2026-11-16 15:00")) == [("16/11", "intake"), ("17/11*", "due")]
    assert story(timed("2026-11-16 16:00", "8wh")) == [("16/11*", "intake"), ("17/11*", "due")]


def test_rule_8_names_come_with_the_days_and_the_calendar_is_pinned():
    made = timed("2026-11-23 09:00", "1wd")
    assert made.days[1].name == "Ngày Văn hóa Việt Nam"
    assert timed("2026-08-21 09:00", "1wd").days[-1].name == "Làm bù ngày 31/8/2026"
    assert (made.calendar, made.calendar_version, made.time) == ("official", "test-1", "1wd")
    assert timed("2026-12-30 09:00", "3wd").calendar == "provisional"


def test_a_saturday_open_for_intake_counts_from_monday():
    assert timed("2026-11-14 08:00", "1wd", SATURDAYS).due_at == moment("2026-11-17 07:00")
    assert timed("2026-11-13 16:00", "2wh", SATURDAYS).due_at == moment("2026-11-16 08:00")
    made = at_once("2026-11-14 08:00", SATURDAYS)
    assert (made.due_at, made.same_day) == (moment("2026-11-16 17:00"), False)


def test_a_naive_moment_is_refused_and_another_zone_is_converted():
    naive = datetime(2026, 11, 16, 9)  # noqa: DTZ001 - the point of the test
    for call in (
        lambda: promise(naive, None, same_day=True, no_promise=False, calendar=CALENDAR),
        lambda: hand_over_at(naive, CALENDAR),
    ):
        with pytest.raises(BadInput, match="naive_moment"):
            call()
    made = promise(
        datetime(2026, 11, 16, 8, tzinfo=UTC), None, same_day=True, no_promise=False, calendar=CALENDAR
    )
    assert made.counted_from == moment("2026-11-16 15:00")
    assert made.due_at == moment("2026-11-17 17:00")


calendars = st.sampled_from([CALENDAR, SATURDAYS, SEASONAL])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(OFFICE_ZONE))  # noqa: DTZ001
units = st.sampled_from(TimeUnit)
limits = st.builds(ProcessingTime, st.integers(1, 60), units)


def compute(received: datetime, limit: ProcessingTime, calendar: WorkingCalendar) -> Promise:
    return promise(received, limit, same_day=False, no_promise=False, calendar=calendar)


@given(moments, limits, calendars)
def test_a_promise_lies_in_a_session_of_a_working_day(received, limit, calendar):
    made = compute(received, limit, calendar)
    day, clock = made.due_at.date(), made.due_at.time()
    assert calendar.is_working_day(day)
    assert any(session.start <= clock <= session.end for session in calendar.working_sessions_on(day))
    assert made.due_at > received.replace(microsecond=0)


@given(moments, st.integers(1, 59), units, calendars)
def test_more_time_never_promises_earlier(received, amount, unit, calendar):
    less = compute(received, ProcessingTime(amount, unit), calendar)
    more = compute(received, ProcessingTime(amount + 1, unit), calendar)
    assert less.due_at <= more.due_at


@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)), limits, calendars)
def test_a_later_intake_is_never_promised_earlier(received, wait, limit, calendar):
    early = compute(received, limit, calendar).due_at
    late = compute(received + wait, limit, calendar).due_at
    if limit.unit is TimeUnit.CALENDAR_DAY:
        # Two intakes of different clock times may roll off a weekend to the same day (rule 4 keeps the
        # clock time): 45 days from 01/04/2026 08:53 and from that day after closing both end 18/05/2026.
        assert early.date() <= late.date()
    else:
        assert early <= late


def test_intakes_that_roll_to_the_same_day_keep_their_own_clock_time() -> None:
    assert timed("2026-04-01 08:53", "45d").due_at == moment("2026-05-18 08:53")
    assert timed("2026-04-01 17:30", "45d").due_at == moment("2026-05-18 07:00")


@given(moments, st.timedeltas(timedelta(0), timedelta(days=4)), calendars)
def test_a_later_intake_is_never_handed_over_or_returned_earlier(received, wait, calendar):
    def both(at: datetime) -> tuple[datetime, datetime]:
        made = promise(at, None, same_day=True, no_promise=False, calendar=calendar)
        return made.due_at, hand_over_at(at, calendar)

    assert all(early <= late for early, late in zip(both(received), both(received + wait), strict=True))


@given(moments, limits, calendars)
def test_the_explanation_is_complete_and_counts_what_was_asked(received, limit, calendar):
    made = compute(received, limit, calendar)
    days = [day.date for day in made.days]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert (days[0], days[-1]) == (received.date(), made.due_at.date())
    for day in made.days:
        working = calendar.is_working_day(day.date)
        assert working == (day.reason not in ("weekend", "holiday"))
        assert working or not day.counted or limit.unit is TimeUnit.CALENDAR_DAY
        assert (day.reason in ("due", "rolled")) == (day is made.days[-1])
    if limit.unit is not TimeUnit.WORKING_HOUR:
        assert sum(day.counted for day in made.days) == limit.amount
        assert not any(day.counted for day in made.days if day.date <= made.counted_from.date())


@given(moments, st.integers(1, 120), calendars)
def test_exactly_the_promised_hours_lie_between_start_and_due(received, hours, calendar):
    made = compute(received, ProcessingTime(hours, TimeUnit.WORKING_HOUR), calendar)
    spent = timedelta()
    for day in made.days:
        for session in calendar.working_sessions_on(day.date):
            start = datetime.combine(day.date, session.start, OFFICE_ZONE)
            end = datetime.combine(day.date, session.end, OFFICE_ZONE)
            spent += max(timedelta(), min(end, made.due_at) - max(start, made.counted_from))
    assert spent == timedelta(hours=hours)
