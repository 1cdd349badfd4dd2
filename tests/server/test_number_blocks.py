"""No number of a day is two devices'."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.raw_counter import RawCounter, Refused, code_for, enrolled
from tests.server.serving import Served, serving

from counter_protocol.messages import BlockReply, BlockRequest, NumberBlock
from counter_server.blocks.leasing import free_first

UNIT = "H29.12"


@pytest.fixture
def now() -> list[datetime]:
    return [datetime(2026, 11, 23, 1, tzinfo=UTC)]


@pytest.fixture
def timed(database_url: str, tmp_path: Path, now: list[datetime]) -> Iterator[Served]:
    with serving(database_url, tmp_path, now=lambda: now[0]) as served:
        yield served


def lease(raw: RawCounter, size: int) -> list[NumberBlock]:
    return raw.post("/v1/blocks", BlockRequest(size=size), BlockReply).blocks


def give_back(raw: RawCounter, block: NumberBlock) -> list[NumberBlock]:
    return raw.post("/v1/blocks", BlockRequest(returned=block), BlockReply).blocks


def owners_by_number(server: Served, day: date) -> list[int]:
    rows = server.rows(
        "SELECT first, last FROM number_block"
        " WHERE from_day <= $1 AND (until_day IS NULL OR until_day >= $1)",
        day,
    )
    return [number for row in rows for number in range(row["first"], row["last"] + 1)]


def test_leases_come_from_nobodys_numbers_first(timed: Served) -> None:
    with enrolled(timed, UNIT, 1) as one, enrolled(timed, UNIT, 9) as nine:
        assert [(b.first, b.last) for b in lease(one, 500)] == [(1, 500), (1001, 1999)]
        assert [(b.first, b.last) for b in lease(nine, 499)] == [(501, 999), (9001, 9999)]
        # Desk 9 is taken, so the desks nobody sits at follow from 8 down.
        assert (8001, 8200) in [(b.first, b.last) for b in lease(one, 200)]
    numbers = owners_by_number(timed, date(2026, 11, 23))
    assert len(numbers) == len(set(numbers))


def test_what_is_given_back_ends_with_the_day_and_is_free_the_next(
    timed: Served, now: list[datetime]
) -> None:
    with enrolled(timed, UNIT, 1) as one, enrolled(timed, UNIT, 2) as two:
        block = lease(one, 999)[0]
        for _ in range(2):  # an answer may be lost
            kept = give_back(one, block)
            assert [(b.first, b.until_day) for b in kept] == [(1, "2026-11-23"), (1001, "")]
        assert (9001, 9999) in [(b.first, b.last) for b in lease(two, 999)]
        now[0] += timedelta(days=1)
        one.session()
        two.session()
        assert (1, 999) in [(b.first, b.last) for b in lease(two, 999)]
        assert [(b.first, b.last) for b in lease(one, 0)] == [(1001, 1999)]
    for day in (23, 24):
        numbers = owners_by_number(timed, date(2026, 11, day))
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("size", [1000, 5000, 2**70 - 2**70 + 2**61])
def test_a_block_of_that_size_is_refused(timed: Served, size: int) -> None:
    with enrolled(timed, UNIT, 1) as one, pytest.raises(Refused, match="block_refused"):
        lease(one, size)


def test_a_counter_that_asks_in_a_loop_is_stopped(timed: Served) -> None:
    with enrolled(timed, UNIT, 1) as one:
        for _ in range(5):
            lease(one, 10)
        with pytest.raises(Refused, match="block_refused"):
            lease(one, 10)


def test_only_ones_own_lease_can_be_given_back(timed: Served) -> None:
    with enrolled(timed, UNIT, 1) as one, enrolled(timed, UNIT, 2) as two:
        leased, desk = lease(one, 10)
        with pytest.raises(Refused, match="block_refused"):
            give_back(one, desk)
        with pytest.raises(Refused, match="block_refused"):
            give_back(two, leased)
    assert timed.rows("SELECT 1 FROM number_block WHERE until_day IS NOT NULL") == []


def test_a_desk_whose_numbers_are_leased_is_not_given_away(timed: Served) -> None:
    with enrolled(timed, UNIT, 1) as one, RawCounter(timed.url, UNIT, 9) as nine:
        lease(one, 999)
        lease(one, 10)  # of desk 9
        with pytest.raises(Refused, match="counter_taken"):
            nine.enrol(code_for(timed, UNIT, 9))
    assert len(timed.rows("SELECT 1 FROM device")) == 1


def test_a_replaced_machines_leases_end_with_the_day(timed: Served) -> None:
    with (
        enrolled(timed, UNIT, 1) as old,
        RawCounter(timed.url, UNIT, 1) as new,
        enrolled(timed, UNIT, 2) as two,
    ):
        lease(old, 999)
        blocks = new.enrol(code_for(timed, UNIT, 1, replaces=True)).blocks
        assert [(b.first, b.last) for b in blocks] == [(1001, 1999)]
        assert (9001, 9010) in [(b.first, b.last) for b in lease(two, 10)]
    numbers = owners_by_number(timed, date(2026, 11, 23))
    assert len(numbers) == len(set(numbers))


@given(
    st.integers(1, 999),
    st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 400)), max_size=12),
    st.sets(st.integers(1, 9)),
)
def test_a_free_run_touches_nothing_taken(size: int, spans: list[tuple[int, int]], seated: set[int]) -> None:
    taken = [(first, min(first + length, 9999)) for first, length in spans]
    used = {number for first, last in taken for number in range(first, last + 1)}
    used |= {number for n in seated for number in range(n * 1000 + 1, n * 1000 + 1000)}
    first = free_first(size, taken, seated)
    areas = [range(1, 1000), *(range(n * 1000 + 1, n * 1000 + 1000) for n in range(1, 10))]
    if first is not None:
        run = set(range(first, first + size))
        assert not run & used
        assert any(run <= set(area) for area in areas)
    else:
        for area in areas:
            free = "".join("x" if number in used else " " for number in area)
            assert " " * size not in free
