"""Since when a lane fails is told from the first failure in a row, also past a restart."""

from datetime import timedelta

from tests.helpers.builders import MORNING
from tests.sync.steady_pace import SteadyPace

from counter_app.services.sync_port import Lane, LaneReport
from counter_app.sync.answers import Answer
from counter_app.sync.lane_clock import LaneClock
from counter_protocol.refusals import ErrorClass

LINE_DOWN = Answer(error_class=ErrorClass.NETWORK, code="server_unreachable")


def test_the_first_failure_in_a_row_is_kept() -> None:
    clock, pace = LaneClock(Lane.ACTS, LaneReport(lane=Lane.ACTS)), SteadyPace()
    clock.succeeded(None, MORNING)
    assert clock.report.failing_since is None
    for minutes in (5, 9, 20):
        clock.failed(LINE_DOWN, MORNING + timedelta(minutes=minutes), pace)
    assert clock.report.failing_since == MORNING + timedelta(minutes=5)
    restarted = LaneClock(Lane.ACTS, clock.report)
    restarted.failed(LINE_DOWN, MORNING + timedelta(minutes=40), pace)
    assert restarted.report.failing_since == MORNING + timedelta(minutes=5)
    restarted.succeeded(None, MORNING + timedelta(minutes=41))
    restarted.failed(LINE_DOWN, MORNING + timedelta(minutes=50), pace)
    assert restarted.report.failing_since == MORNING + timedelta(minutes=50)
