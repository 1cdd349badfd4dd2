"""Opening hours as the citizen reads them at home."""

from datetime import date

import pytest
from tests.domain.calendar_2026 import CALENDAR, SATURDAY_MORNINGS, WEEK

from counter_app.domain.working_calendar import WeekPattern
from counter_app.services.session_words import hours_text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (WEEK, "thứ Hai đến thứ Sáu 07:00-11:30, 13:30-17:00"),
        (
            SATURDAY_MORNINGS,
            "thứ Hai đến thứ Sáu 07:00-11:30, 13:30-17:00; thứ Bảy 07:30-11:00",
        ),
    ],
)
def test_days_with_the_same_hours_are_said_together(pattern: WeekPattern, text: str) -> None:
    assert hours_text(pattern) == text


def test_the_season_of_the_day_counts() -> None:
    assert CALENDAR.pattern_on(date(2026, 11, 22)) in CALENDAR.patterns
