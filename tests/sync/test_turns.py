"""When the lanes try, and that none of them keeps the others back; time is moved by hand."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.sync_states import receive_many
from tests.sync.counters import Counter
from tests.sync.scripted_server import ScriptedServer, page, refusal
from tests.sync.steady_pace import SteadyPace

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.sync_port import Lane, LaneReport
from counter_app.sync import backoff
from counter_app.sync.answers import Answer
from counter_app.sync.pulse import STUCK_AFTER_S, Pulse
from counter_app.sync.turns import Turns
from counter_protocol.refusals import ErrorClass

QUIET = bool  # nobody hurries


@pytest.fixture
def turns(counter: Counter) -> Iterator[Turns]:
    made = turns_of(counter)
    yield made
    made.close()


def turns_of(counter: Counter) -> Turns:
    return Turns(counter.desk, counter.pace, counter.folder / "incoming", Pulse(counter.pace))


def acts_report(counter: Counter) -> LaneReport:
    with counter.desk.store.reading() as queries:
        return queries.sync_state().lanes[0]


def network(code: str = "line_broken", **more: float) -> Answer:
    return Answer(error_class=ErrorClass.NETWORK, code=code, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("failures", "longest"), [(1, 4), (2, 8), (5, 64), (9, 900), (5000, 900)])
def test_the_back_off_is_spread_over_its_whole_span(failures: int, longest: float) -> None:
    assert backoff.wait_after(failures, network(), SteadyPace(0.0)) == 0
    assert backoff.wait_after(failures, network(), SteadyPace(1.0)) == longest


def test_the_servers_wish_is_obeyed_and_spread() -> None:
    busy = Answer(error_class=ErrorClass.BUSY, code="server_busy", retry_after=100)
    assert backoff.wait_after(1, busy, SteadyPace(0.0)) == 100
    assert backoff.wait_after(1, busy, SteadyPace(1.0)) == 110
    for_ever = Answer(error_class=ErrorClass.BUSY, code="server_busy", retry_after=10**9)
    assert backoff.wait_after(1, for_ever, SteadyPace(1.0)) < 7 * 3600


def test_an_outage_is_probed_with_one_small_request_and_then_everything_goes(
    counter: Counter, turns: Turns, scripted: ScriptedServer
) -> None:
    receive_many(counter.desk, 1)
    scripted.always["/v1/session"] = page(200)
    scripted.always["/v1/push"] = page(200)
    for failures in range(1, 6):
        wait = turns.turn(QUIET)
        assert wait is not None
        assert acts_report(counter).failures == failures
        assert turns.turn(QUIET) == pytest.approx(wait)  # not before its time
        counter.pace.advance(wait)
    assert {asked.path for asked in scripted.asked} == {"/v1/session"}
    assert len(scripted.asked) == 5

    scripted.always.clear()
    turns.turn(lambda: True)
    assert acts_report(counter).failures == 0
    with counter.desk.store.reading() as queries:
        assert queries.sync_state().waiting == 0


def test_an_act_does_not_break_the_back_off_but_the_clerk_does(
    counter: Counter, turns: Turns, scripted: ScriptedServer
) -> None:
    scripted.plan("/v1/session", page(200), page(200))
    turns.turn(QUIET)
    turns.hurry()
    turns.turn(QUIET)
    assert len(scripted.asked) == 1
    turns.force()
    turns.turn(QUIET)
    assert len(scripted.asked) == 2


def test_a_refused_counter_stops_for_an_hour_or_until_the_clerk_asks(
    counter: Counter, turns: Turns, scripted: ScriptedServer
) -> None:
    scripted.always["/v1/session"] = refusal("device_revoked", 403)
    wait = turns.turn(QUIET)
    assert wait == 3600
    counter.pace.advance(3599)
    turns.turn(QUIET)
    assert len(scripted.asked) == 1
    assert acts_report(counter).answer == "device_revoked"
    turns.force()
    turns.turn(QUIET)
    assert len(scripted.asked) == 2


def test_the_first_contact_of_a_day_is_spread(counter: Counter, scripted: ScriptedServer) -> None:
    first = turns_of(counter)
    first.turn(lambda: True)
    first.close()
    asked = len(scripted.asked)
    counter.desk.clock.advance(days=1)  # type: ignore[attr-defined]

    morning = turns_of(counter)
    morning.spread_first_contact()
    receive_many(counter.desk, 1)
    morning.hurry()
    assert morning.turn(QUIET) == pytest.approx(300)  # half of ten minutes
    assert len(scripted.asked) == asked
    counter.pace.advance(300)
    morning.turn(lambda: True)
    morning.close()
    assert len(scripted.asked) > asked


def test_the_clerk_does_not_wait_for_the_spread(counter: Counter, scripted: ScriptedServer) -> None:
    first = turns_of(counter)
    first.turn(lambda: True)
    first.close()
    counter.desk.clock.advance(days=1)  # type: ignore[attr-defined]
    asked = len(scripted.asked)
    morning = turns_of(counter)
    morning.spread_first_contact()
    morning.force()
    morning.turn(lambda: True)
    morning.close()
    assert len(scripted.asked) > asked


def test_nothing_is_sent_while_paused(counter: Counter, turns: Turns, scripted: ScriptedServer) -> None:
    receive_many(counter.desk, 1)
    counter.loop.pause(True)
    assert turns.turn(QUIET) is None
    turns.force()
    assert turns.turn(QUIET) is None
    assert turns.next_exchange_in_s() is None
    assert scripted.asked == []
    counter.loop.pause(False)
    turns.turn(lambda: True)
    assert scripted.asked
    assert turns.next_exchange_in_s() == 300


def test_a_counter_that_is_not_enrolled_talks_to_nobody(tmp_path: Path) -> None:
    counter = Counter(tmp_path / "alone")
    turns = turns_of(counter)
    assert turns.turn(QUIET) is None
    counter.close()


def test_trouble_of_this_machine_is_called_so(
    counter: Counter, turns: Turns, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive_many(counter.desk, 1)
    store = counter.desk.store
    real = store.writing
    full = EnvironmentProblem("disk_full", free_mb=0)
    calls = iter(range(100))

    def writing() -> object:
        if next(calls) == 1:  # the session was kept; marking the batch fails
            raise full
        return real()

    monkeypatch.setattr(store, "writing", writing)
    turns.turn(lambda: True)
    report = acts_report(counter)
    assert (report.answer, report.failures) == ("disk_full", 1)
    assert not scripted.of("/v1/push")


def test_the_server_that_does_not_wait_is_not_asked_in_circles(
    counter: Counter, turns: Turns, scripted: ScriptedServer
) -> None:
    for _ in range(6):
        turns.turn(QUIET)
    polls = [asked for asked in scripted.of("/v1/pull") if "wait=0" not in asked.path]
    assert len(polls) == 1


def test_a_lane_without_life_is_ended(counter: Counter) -> None:
    pace, ended = SteadyPace(), threading.Event()
    pulse = Pulse(pace)
    pulse.begin(Lane.SCANS)
    pace.advance(STUCK_AFTER_S)
    assert not pulse.end_if_stuck(ended.set)
    pulse.beat()
    pace.advance(STUCK_AFTER_S)
    assert not pulse.end_if_stuck(ended.set)
    pace.advance(1)
    assert pulse.end_if_stuck(ended.set)
    assert ended.is_set()
    assert pulse.take_stuck()
    assert not pulse.take_stuck()
    pulse.end()
    pace.advance(10 * STUCK_AFTER_S)
    assert not pulse.end_if_stuck(ended.set)


def test_a_stuck_exchange_is_reported_and_its_connection_closed(
    counter: Counter, scripted: ScriptedServer
) -> None:
    pulse = Pulse(counter.pace)
    turns = Turns(counter.desk, counter.pace, counter.folder / "incoming", pulse)

    def drip(handler: object, asked: object) -> None:
        counter.pace.advance(STUCK_AFTER_S + 1)
        assert pulse.end_if_stuck(turns.abort)

    scripted.plan("/v1/pull", drip)
    turns.turn(lambda: True)
    turns.close()
    assert acts_report(counter).answer == "lane_stuck"


def test_a_clock_set_wrong_is_told(counter: Counter, turns: Turns, scripted: ScriptedServer) -> None:
    from counter_app.services.sync_health import sync_finding

    there = counter.desk.clock.now() - timedelta(minutes=42)
    scripted.session["now"] = there.isoformat()
    turns.turn(lambda: True)
    assert sync_finding(counter.desk) == (False, "sync_clock_off", {"minutes": 42})
