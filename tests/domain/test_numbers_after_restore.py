"""Numbers jump ahead by all that could have been given, and a second restore of a day passes the first."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import VIETNAM

from counter_app.domain.dossier_code import number_for
from counter_app.domain.numbers_after_restore import (
    paper_jump,
    provisional_after_restore,
    slots_between,
    slots_of_day,
)

DAY = datetime(2026, 11, 23, tzinfo=VIETNAM)


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return DAY.replace(hour=hour, minute=minute, second=second)


def test_slots_of_a_day() -> None:
    assert slots_of_day(at(0)) == slots_of_day(at(6)) == 0
    assert slots_of_day(at(6, 0, 50)) == 1
    assert slots_of_day(at(9, 30)) == 252
    assert slots_of_day(at(18, 30)) == slots_of_day(at(23, 59)) == 900


def test_provisional_numbers_begin_at_100_and_leave_one_at_night() -> None:
    assert provisional_after_restore(at(5)) == 100
    assert provisional_after_restore(at(7, 40)) == 220
    assert provisional_after_restore(at(23)) == 998
    assert number_for(1, 999 + 998 + 1) == ("901999", True)


def test_a_night_gives_nothing_and_a_backup_of_the_future_the_margin() -> None:
    assert slots_between(at(19), at(19) + timedelta(hours=10)) == 0
    assert paper_jump(at(12), at(8)) == 10


spans = st.lists(st.integers(min_value=0, max_value=8 * 3600), min_size=2, max_size=12)


@given(spans)
def test_slots_add_up_exactly(seconds: list[int]) -> None:
    moments = [at(7)]
    for each in seconds:
        moments.append(moments[-1] + timedelta(seconds=each))
    pairs = pairwise(moments)
    assert sum(slots_between(a, b) for a, b in pairs) == slots_between(moments[0], moments[-1])


@given(
    st.integers(min_value=6 * 3600, max_value=17 * 3600),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(50, 400)), min_size=1, max_size=12),
)
def test_restored_again_and_again_from_one_backup_no_number_comes_twice(
    opened: int, lives: list[tuple[int, int]]
) -> None:
    """Each life: some time passes, some dossiers are received at the counter's fastest, all is lost."""
    backup, now = DAY + timedelta(seconds=opened), DAY + timedelta(seconds=opened)
    given_codes: list[int] = []
    given_papers: list[int] = []
    for idle, busy in lives:
        now += timedelta(seconds=idle)
        if now >= at(18):
            break
        code, paper = provisional_after_restore(now), paper_jump(backup, now)
        for _ in range(busy // 50):
            now += timedelta(seconds=50)
            code, paper = code + 1, paper + 1
            given_codes.append(code)
            given_papers.append(paper)
    assert len(set(given_codes)) == len(given_codes)
    assert len(set(given_papers)) == len(given_papers)
