"""A line that carries a while and breaks again is used at once; one that carries nothing rests longer."""

from pathlib import Path

from tests.helpers.builders import MORNING
from tests.helpers.sync_states import receive_many
from tests.server.serving import Served
from tests.sync.counters import UNIT, Counter, lane
from tests.sync.scripted_server import Asked, Relay, listening
from tests.sync.steady_pace import SteadyPace

from counter_app.services.sync_port import Lane, LaneReport
from counter_app.sync.answers import Answer
from counter_app.sync.lane_clock import LaneClock
from counter_protocol.refusals import ErrorClass

_MORE_THAN_A_BATCH = 110


def test_failures_are_in_a_row_only_while_nothing_goes_through(server: Served, tmp_path: Path) -> None:
    server.add_office(UNIT)
    counter = Counter(tmp_path / "one")
    relay = Relay(server.url)
    passing = 0

    def fate(asked: Asked) -> str:
        nonlocal passing
        if asked.path != "/v1/push":
            return ""
        passing -= 1
        return "" if passing >= 0 else "lose request"

    with listening(relay):
        counter.enrol(server, url=relay.url)
        relay.fate = fate
        receive_many(counter.desk, _MORE_THAN_A_BATCH)
        assert [lane(counter.sync()).failures for _ in range(3)] == [1, 2, 3]
        passing = 1
        report = counter.sync()
        counter.close()

    assert report.waiting > 0
    assert report.sent > 0
    assert lane(report).failures == 1


def test_a_busy_server_is_left_alone_longer_whatever_it_took() -> None:
    clock = LaneClock(Lane.ACTS, LaneReport(lane=Lane.ACTS))
    busy = Answer(error_class=ErrorClass.BUSY, code="server_busy")
    for _ in range(3):
        clock.failed(busy, MORNING, SteadyPace(), moved=True)
    assert clock.report.failures == 3
