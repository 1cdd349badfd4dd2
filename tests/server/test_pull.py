"""An office's log reaches every counter: whole, in order, at once when one waits for it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest
from tests.server.raw_counter import RawCounter, Refused, enrolled, wire_event
from tests.server.serving import Served

from counter_protocol.events import EventKind


@pytest.fixture
def pair(server: Served) -> Iterator[tuple[RawCounter, RawCounter]]:
    with enrolled(server) as one, enrolled(server, counter=2) as two:
        yield one, two


def test_pages_hold_others_events_in_order_and_none_of_ones_own(pair: tuple[RawCounter, RawCounter]) -> None:
    one, two = pair
    for number in range(1, 8):
        one.received(number)
        two.received(number)
        one.push()
        two.push()
    reply = two.pull(limit=3)
    assert [item.office_seq for item in reply.items] == [1, 3, 5]
    assert (reply.more, reply.cursor) == (True, 5)
    rest = two.pull(limit=200)
    assert [item.office_seq for item in rest.items] == [7, 9, 11, 13]
    assert (rest.more, rest.cursor) == (False, 14)
    assert two.pull().items == []
    assert two.cursor == 14
    bodies = [item.body for item in (*reply.items, *rest.items)]
    assert bodies == one.bodies


def test_a_counter_in_a_new_epoch_gets_its_own_lost_events(pair: tuple[RawCounter, RawCounter]) -> None:
    one, _two = pair
    dossier = one.received(1)
    one.push()
    one.new_epoch(after=1)
    assert [event["dossier_id"] for event in one.pull_events()] == [dossier]


def test_a_page_is_bounded_in_bytes(pair: tuple[RawCounter, RawCounter]) -> None:
    one, two = pair
    for _ in range(7):
        one.event(EventKind.GUIDANCE_GIVEN, data={"note": "x" * 200_000})
    for place in range(1, 8):
        one.push(place, place)
    sizes = []
    while True:
        reply = two.pull()
        sizes.append(sum(len(item.body) for item in reply.items))
        if not reply.more:
            break
    assert len(sizes) == 2
    assert max(sizes) < 1_300_000


def test_a_waiting_pull_is_woken_by_another_counters_push(pair: tuple[RawCounter, RawCounter]) -> None:
    one, two = pair
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(two.pull, wait=60)
        one.received(1)
        one.push()
        # Far below the time a poll may wait: it was woken, or found the entry at once.
        assert len(waiting.result(4).items) == 1


def test_a_wait_ends_and_tells_where_to_go_on(pair: tuple[RawCounter, RawCounter]) -> None:
    one, two = pair
    one.received(1)
    one.push()
    assert one.pull(wait=0.05).items == []
    assert one.cursor == 1
    assert two.pull(wait=0.05).items


def test_waiting_goes_on_when_the_listening_connection_breaks(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    one, two = pair
    listener = "pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"

    async def listeners(kill: bool) -> list[int]:
        connection = await asyncpg.connect(server.database_url)
        try:
            rows = await connection.fetch(f"SELECT {listener}")
            if kill:
                await connection.fetch(f"SELECT pg_terminate_backend(pid) FROM (SELECT {listener}) AS one")
            return [row["pid"] for row in rows]
        finally:
            await connection.close()

    before = server.run(listeners(kill=True))
    assert len(before) == 1
    # It wakes all who wait when it is back; this pull began while it was away or right after.
    one.received(1)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(two.pull, wait=5)
        one.push()
        assert len(waiting.result(10).items) == 1


def test_a_stopping_server_answers_who_waits(database_url: str, tmp_path: object) -> None:
    from pathlib import Path

    from tests.server.serving import Settings, serving

    patient = Settings(poll_seconds=300, push_per_minute=100_000)
    with ThreadPoolExecutor(1) as pool:
        with serving(database_url, Path(str(tmp_path)), settings=patient) as server:
            raw = enrolled(server)
            asked = threading.Event()

            def wait() -> int:
                asked.set()
                return len(raw.pull(wait=300).items)

            waiting = pool.submit(wait)
            asked.wait(5)
            while not server.context.news._waiting:
                threading.Event().wait(0.01)
        assert waiting.result(10) == 0
        raw.client.close()


def test_the_cursor_is_kept_for_who_looks_after_the_offices(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    one, two = pair
    one.received(1)
    one.push()
    two.pull()
    two.pull()
    rows = server.rows("SELECT counter, cursor FROM device ORDER BY counter")
    assert [(row["counter"], row["cursor"]) for row in rows] == [(1, 0), (2, 1)]


@pytest.mark.parametrize(
    "query", ["cursor=-1", "cursor=x", f"cursor={2**63}", "limit=0", "wait=nan", "epoch=-2"]
)
def test_a_question_that_is_none_is_refused(
    query: str, server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    one, _two = pair
    answer = one.client.get(f"{server.url}/v1/pull?{query}", headers=one.headers())
    assert 400 <= answer.status_code < 500


def test_writers_at_once_leave_no_gap_a_reader_would_skip(server: Served) -> None:
    counters = [enrolled(server, counter=number) for number in range(1, 5)]
    with enrolled(server, counter=9) as reader, ThreadPoolExecutor(4) as pool:

        def work(raw: RawCounter) -> None:
            for number in range(1, 26):
                raw.received(number)
                raw.push()

        running = [pool.submit(work, raw) for raw in counters]
        seen: list[str] = []
        while not all(one.done() for one in running):
            seen += [event["event_id"] for event in reader.pull_events()]
        for one in running:
            one.result()
        seen += [event["event_id"] for event in reader.pull_events()]
    made = [wire_event(body)["event_id"] for raw in counters for body in raw.bodies]
    assert len(seen) == 100
    assert sorted(seen) == sorted(made)
    for raw in counters:
        raw.client.close()


def test_without_a_token_nothing_is_told(server: Served, pair: tuple[RawCounter, RawCounter]) -> None:
    one, _two = pair
    for token, code in (
        ("", "token_missing"),
        ("AAAA", "token_missing"),
        (one.token[:-6] + "AAAAAA", "token_missing"),
    ):
        one.token = token
        with pytest.raises(Refused) as refused:
            one.pull()
        assert (refused.value.status, refused.value.code) == (401, code)
