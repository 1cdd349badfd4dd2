"""Which backups are kept: the newest of seven days and of four weeks, and the last good one for ever."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import VIETNAM

from counter_app.domain.backups import DUE_AFTER, LONGEST_KEPT, is_due, is_old, to_remove

NOW = datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)  # a Friday


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


# age in days of every backup -> age of those that stay; the newest is the last good one
TABLE = [
    ([0], [0]),
    ([0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]),
    # Friday's, Thursday's … seven days; of the weeks before the newest each: 7, 14, 21 days ago
    (list(range(30)), [0, 1, 2, 3, 4, 5, 6, 12, 19]),
    # two of one day: the newer
    ([0, 0.2, 1], [0, 1]),
    # a PC that is opened once a week
    ([0, 7, 14, 21, 28], [0, 7, 14, 21, 28]),
    # nothing is kept longer than 35 days but the last good one
    ([0, 36, 40], [0]),
    ([50], [50]),
    ([], []),
]


@pytest.mark.parametrize(("ages", "kept"), TABLE)
def test_kept_by_table(ages: list[float], kept: list[float]) -> None:
    made = [days_ago(age) for age in ages]
    gone = to_remove(made, max(made, default=None), NOW)
    assert sorted(set(made) - gone) == sorted(days_ago(age) for age in kept)


def test_without_a_good_one_nothing_goes() -> None:
    made = [days_ago(age) for age in range(100)]
    assert to_remove(made, None, NOW) == frozenset()


moments = st.lists(
    st.integers(min_value=-10 * 24, max_value=90 * 24).map(lambda hours: NOW - timedelta(hours=hours)),
    min_size=1,
    max_size=120,
    unique=True,
)


@given(moments, st.data())
def test_the_last_good_one_and_the_newest_always_stay(made: list[datetime], data: st.DataObject) -> None:
    good = data.draw(st.sampled_from(made))
    gone = to_remove(made, good, NOW)
    assert good not in gone
    known = [moment for moment in made if moment <= NOW and NOW - moment <= LONGEST_KEPT]
    if known:
        assert max(known) not in gone
    stay = set(made) - gone - {good}
    assert all(moment > NOW or NOW - moment <= LONGEST_KEPT for moment in stay)
    assert len([moment for moment in stay if moment <= NOW]) <= 11
    # What was kept once is kept again when nothing else changed.
    assert to_remove(sorted(set(made) - gone), good, NOW) == frozenset()


def test_due_after_20_hours_and_when_the_clock_went_back() -> None:
    assert is_due(None, NOW)
    assert not is_due(NOW - DUE_AFTER + timedelta(seconds=1), NOW)
    assert is_due(NOW - DUE_AFTER, NOW)
    assert is_due(NOW + timedelta(hours=1), NOW)
    assert is_old(None, NOW)
    assert is_old(NOW - timedelta(days=3, seconds=1), NOW)
    assert not is_old(NOW - timedelta(days=3), NOW)
