"""What the self-check says of the exchange with the central server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.domain.working_time import office_moment
from counter_app.services.sync_port import LaneReport

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

CLOCK_TOLERANCE_S = 5 * 60


def outbox_finding(desk: Desk) -> tuple[bool, str, dict[str, object]]:
    """Return whether the outbox is well, the code of what to say, and its parameters."""
    with desk.store.reading() as queries:
        state = queries.sync_state()
    if state.quarantined:
        return False, "sync_items_held", {"count": state.quarantined}
    if state.oldest_at is None:
        return True, "health_outbox", {"count": state.waiting}
    return True, "health_outbox_age", {"count": state.waiting, "oldest": office_moment(state.oldest_at)}


def sync_finding(desk: Desk) -> tuple[bool, str, dict[str, object]]:
    """Return whether the lanes are well; a line that is down is told and is no fault of the counter."""
    with desk.store.reading() as queries:
        state = queries.sync_state()
    if not state.enrolled:
        return True, "health_sync_none", {}
    ahead = state.clock_ahead_s
    if ahead is not None and abs(ahead) > CLOCK_TOLERANCE_S:
        return False, "sync_clock_off", {"minutes": abs(ahead) // 60}
    stopped = next((lane for lane in state.lanes if _is_stopped(lane)), None)
    if stopped is not None:
        return False, "sync_lane_stopped", {"answer": stopped.answer}
    told = next((lane.answer for lane in state.lanes if lane.answer), "")
    return True, "health_sync", {"answer": told}


def _is_stopped(report: LaneReport) -> bool:
    from counter_app.services.sync.standing import class_of_answer
    from counter_protocol.refusals import ErrorClass

    return report.answer != "" and class_of_answer(report.answer) in (ErrorClass.AUTH, ErrorClass.LOCAL)
