"""When a lane tries again and how it did: scheduled by monotonic time, told in the office's time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from counter_app.services.sync_port import Lane, LaneReport
from counter_app.sync import backoff
from counter_protocol.refusals import ErrorClass

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.sync.answers import Answer
    from counter_app.sync.pace import Pace

_TOLD_EVERY = timedelta(seconds=60)  # one success after another is not worth a write each


@dataclass(slots=True)
class LaneClock:
    """``due`` is a monotonic moment in seconds; ``error_class`` of the last failure, None when it is well."""

    lane: Lane
    report: LaneReport
    due: float = 0.0
    error_class: ErrorClass | None = None

    @property
    def well(self) -> bool:
        """Whether the last try went well."""
        return self.error_class is None

    @property
    def line_down(self) -> bool:
        """Whether the last failure was one of the line or the server, so that other lanes need not try."""
        return self.error_class in (ErrorClass.NETWORK, ErrorClass.BUSY, ErrorClass.AUTH)

    def failed(self, answer: Answer, now: datetime, pace: Pace, *, moved: bool = False) -> None:
        """Note a failure and when to try again; `moved`: some of it went through before the line broke.

        A line that breaks now and then but carries is no server that is away: its failures are not in a row.
        """
        again = not self.well and not (moved and answer.error_class is ErrorClass.NETWORK)
        failures = self.report.failures + 1 if again else 1
        wait = backoff.wait_after(failures, answer, pace)
        self.due = pace.seconds() + wait
        self.error_class = answer.error_class
        self.report = LaneReport(
            lane=self.lane,
            failures=failures,
            next_attempt_at=now + timedelta(seconds=wait),
            answer=answer.code,
            params=_plain(answer.params),
            tried_at=now,
            succeeded_at=self.report.succeeded_at,
            failing_since=(self.report.failing_since if self.report.failures else None) or now,
        )

    def succeeded(self, answer: Answer | None, now: datetime) -> bool:
        """Note a success, with what is worth telling all the same; False when that was told just now."""
        before = self.report
        code = "" if answer is None else answer.code
        self.error_class = None
        if not before.failures and before.answer == code and _recent(before.succeeded_at, now):
            return False
        self.report = LaneReport(lane=self.lane, answer=code, tried_at=now, succeeded_at=now)
        return True


def _recent(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and timedelta(0) <= now - moment < _TOLD_EVERY


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, str | int) else str(value) for name, value in params.items()}
