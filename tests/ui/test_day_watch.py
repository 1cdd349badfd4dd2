"""The window notices a new day: at midnight, after sleep, when the clock is moved either way."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.builders import VIETNAM, FixedClock

from counter_app.ui.day_watch import DayWatch, until_midnight_ms


def clock_at(hour: int, minute: int = 0, second: int = 0) -> FixedClock:
    return FixedClock(datetime(2027, 2, 28, hour, minute, second, tzinfo=VIETNAM))


@pytest.mark.parametrize(
    ("clock", "left"),
    [(clock_at(0), 86_400_000), (clock_at(23, 59, 59), 1_000), (clock_at(12), 43_200_000)],
)
def test_midnight_is_counted_in_office_time(clock: FixedClock, left: int) -> None:
    assert until_midnight_ms(clock.now()) == left


def test_the_timer_is_armed_for_midnight_and_never_for_long(qapp: QApplication) -> None:
    assert DayWatch(clock_at(23, 59, 50).now).waits_ms == 10_500
    assert DayWatch(clock_at(8).now).waits_ms == 3_600_000


@pytest.mark.parametrize("hours", [2, 48, -48])
def test_a_new_day_is_told_once_whichever_way_the_clock_went(qapp: QApplication, hours: int) -> None:
    clock = clock_at(23, 50)
    watch = DayWatch(clock.now)
    told: list[object] = []
    watch.day_changed.connect(told.append)
    watch.check()
    assert told == []
    clock.moment += timedelta(hours=hours)
    watch.check()
    watch.check()
    assert told == [clock.now().date()]


def test_a_timer_that_rings_early_tells_nothing_and_waits_on(qapp: QApplication) -> None:
    clock = clock_at(23, 59, 59)
    watch = DayWatch(clock.now)
    told: list[object] = []
    watch.day_changed.connect(told.append)
    watch.check()
    assert told == []
    assert watch.waits_ms == 1_500
