"""On which list a dossier stands: the edges of each, over weekends, days off, the end of the calendar."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.calendar_2026 import CALENDAR

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import hand_over_at
from counter_app.domain.work_lists import WorkFacts, WorkList, lists_of, work_day
from counter_app.domain.working_calendar import OFFICE_ZONE

DUE_LISTS = {WorkList.LATE, WorkList.DUE_TODAY, WorkList.DUE_TOMORROW, WorkList.AT_RISK}
S = DossierStatus


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


# Thursday 12 November 2026: an ordinary day before a weekend.
NOW = at("2026-11-12T10:00")
LONG_AGO = at("2026-11-02T08:00")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-11-12T09:59:59", {WorkList.LATE}),
        ("2026-11-12T10:00:00", {WorkList.DUE_TODAY}),
        ("2026-11-12T23:59:59", {WorkList.DUE_TODAY}),
        ("2026-11-13T00:00:00", {WorkList.DUE_TOMORROW, WorkList.AT_RISK}),
        ("2026-11-13T23:59:59", {WorkList.DUE_TOMORROW, WorkList.AT_RISK}),
        ("2026-11-14T08:00:00", {WorkList.AT_RISK}),  # a Saturday nobody should promise, yet it is ahead
        ("2026-11-16T17:00:00", {WorkList.AT_RISK}),  # Monday is the second working day
        ("2026-11-17T00:00:00", set()),
    ],
)
@pytest.mark.parametrize("status", [S.RECEIVED, S.PROCESSING, S.AWAITING_PAYMENT])
def test_promises_that_run(due: str, expected: set[WorkList], status: DossierStatus) -> None:
    facts = WorkFacts(status=status, received_at=LONG_AGO, due_at=at(due))
    assert lists_of(facts, work_day(NOW, CALENDAR)) & DUE_LISTS == expected


@pytest.mark.parametrize("status", [S.AWAITING_SUPPLEMENT, S.RESOLVED, S.RETURNED, S.REFUSED, S.STOPPED])
def test_what_does_not_run_is_never_late_nor_due(status: DossierStatus) -> None:
    for days in range(-3, 4):
        facts = WorkFacts(status=status, received_at=LONG_AGO, due_at=NOW + timedelta(days=days))
        assert not lists_of(facts, work_day(NOW, CALENDAR)) & DUE_LISTS


def test_tomorrow_is_the_next_working_day() -> None:
    friday = work_day(at("2026-11-13T08:00"), CALENDAR)
    assert friday.tomorrow_ends == at("2026-11-17T00:00")
    assert friday.risk_ends == at("2026-11-18T00:00")
    assert friday.certain


def test_lists_go_on_where_the_calendar_ends() -> None:
    day = work_day(datetime.combine(CALENDAR.last_day, NOW.timetz()), CALENDAR)
    assert not day.certain
    assert day.today_ends < day.tomorrow_ends < day.risk_ends
    beyond = work_day(datetime.combine(CALENDAR.last_day + timedelta(days=30), NOW.timetz()), CALENDAR)
    assert not beyond.certain


@pytest.mark.parametrize(
    ("now", "received", "stands"),
    [
        ("2026-11-12T10:00", "2026-11-12T09:00", True),  # by closing today
        ("2026-11-12T10:00", "2026-11-11T16:00", True),  # by this morning's opening
        ("2026-11-12T16:00", "2026-11-12T15:00", False),  # tomorrow morning is soon enough
        ("2026-11-12T16:00", "2026-11-12T14:59:59", True),
        ("2026-11-14T09:00", "2026-11-13T15:30", False),  # a Saturday asks for nothing
        ("2026-11-16T07:00", "2026-11-14T09:00", True),  # brought on Saturday, due on Monday
    ],
)
def test_what_is_to_be_handed_over_today(now: str, received: str, stands: bool) -> None:
    day = work_day(at(now), CALENDAR)
    facts = WorkFacts(status=S.RECEIVED, received_at=at(received))
    assert (WorkList.TO_HAND_OVER in lists_of(facts, day)) is stands
    assert WorkList.TO_HAND_OVER not in lists_of(
        WorkFacts(status=S.PROCESSING, received_at=at(received)), day
    )


def test_what_came_back_to_the_desk_and_nobody_has_is_to_be_handed_over() -> None:
    day = work_day(NOW, CALENDAR)
    for status, stands in ((S.PROCESSING, True), (S.AWAITING_SUPPLEMENT, False), (S.RESOLVED, False)):
        facts = WorkFacts(status=status, received_at=LONG_AGO, at_desk=True)
        assert (WorkList.TO_HAND_OVER in lists_of(facts, day)) is stands


@given(
    now=st.integers(0, 300 * 24 * 60).map(
        lambda minutes: at("2026-02-01T00:00") + timedelta(minutes=minutes)
    ),
    before=st.integers(0, 15 * 24 * 3600),
)
def test_the_edge_of_hand_overs_is_the_rule_of_hand_over(now: datetime, before: int) -> None:
    day = work_day(now, CALENDAR)
    received = now - timedelta(seconds=before)
    due = hand_over_at(received, CALENDAR)
    assert (received < day.hand_over_before) is (due < day.today_ends)
    assert (received < day.hand_over_missed_before) is (due < now)


def test_the_rest_follows_from_one_fact_each() -> None:
    day = work_day(NOW, CALENDAR)
    for status, expected in (
        (S.AWAITING_SUPPLEMENT, WorkList.WAITING_SUPPLEMENT),
        (S.AWAITING_PAYMENT, WorkList.WAITING_PAYMENT),
        (S.RESOLVED, WorkList.RESULTS_READY),
    ):
        assert lists_of(WorkFacts(status=status, received_at=LONG_AGO), day) == {expected}
    held = WorkFacts(status=S.RETURNED, received_at=LONG_AGO, originals_held=1, unsent=True)
    assert lists_of(held, day) == {WorkList.ORIGINALS, WorkList.UNSENT}
