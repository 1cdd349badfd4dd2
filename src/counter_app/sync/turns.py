"""The exchange as a row of short turns: acts first, a piece of the other lanes, then an ear at the server.

A turn says in how many seconds the next one is due; who runs the turns may come sooner.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError, RuleRefusal
from counter_app.services import sync_settings
from counter_app.services.sync_control import SyncReport
from counter_app.services.sync_port import Lane, LaneReport
from counter_app.sync import backoff
from counter_app.sync.answers import Answer, Refused, local
from counter_app.sync.lane_clock import LaneClock
from counter_app.sync.lanes import acts
from counter_app.sync.lanes.packs import Packs
from counter_app.sync.lanes.pull import POLL_S, may_not, pull
from counter_app.sync.lanes.scans import Scans
from counter_app.sync.lanes.step import Step
from counter_app.sync.link import Link, Tally
from counter_app.sync.pulse import Pulse
from counter_protocol.refusals import ErrorClass

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import Enrolment
    from counter_app.sync.pace import Pace

log = logging.getLogger(__name__)
_EXCHANGE_EVERY_S = 300.0  # whatever nobody woke us for
_LOOK_EVERY_S = 30.0
_SHORTEST_POLL_S = 2.0
_WORTH_BOOKING = 20_000  # bytes; an idle line is not worth a write every half minute


class Turns:
    """All lanes of one counter. One thread at a time may take turns; `abort` is for any other."""

    def __init__(self, desk: Desk, pace: Pace, incoming: Path, pulse: Pulse) -> None:
        self._desk = desk
        self._pace = pace
        self._incoming = incoming
        self._pulse = pulse
        self._link: Link | None = None
        self._guard = threading.Lock()
        self._poll_from = 0.0
        self._not_before = 0.0  # the first contact of the day, unless the clerk asks
        self._ending = False
        self._silent = False  # paused, or not enrolled
        with desk.store.reading() as queries:
            reports = queries.sync_state().lanes
        known = {report.lane: report for report in reports}
        self._clocks = {lane: LaneClock(lane, known.get(lane, LaneReport(lane=lane))) for lane in Lane}
        self._scans = Scans()
        self._packs = Packs(incoming)

    def spread_first_contact(self) -> None:
        """Wait a while before the first contact of a day."""
        clock = self._clocks[Lane.ACTS]
        met = clock.report.succeeded_at
        if met is not None and met.date() != self._desk.clock.now().date():
            self._not_before = self._pace.seconds() + backoff.first_contact(self._pace)
            clock.due = self._not_before

    def hurry(self) -> None:
        """Something new waits: exchange now, unless the server is known to be away."""
        clock = self._clocks[Lane.ACTS]
        if clock.well:
            clock.due = max(self._pace.seconds(), self._not_before)

    def force(self) -> None:
        """Try every lane now, whatever stopped it."""
        self._not_before = 0.0
        for clock in self._clocks.values():
            clock.due = self._pace.seconds()
        if self._link is not None:
            self._link.pull_refused_until = 0.0
            self._link.block_refused_on = None

    def next_exchange_in_s(self) -> float | None:
        """Return the seconds until the acts lane tries by itself, None while there is no server."""
        if self._link is None or self._silent:
            return None
        return max(0.0, self._clocks[Lane.ACTS].due - self._pace.seconds())

    def abort(self, *, for_good: bool = False) -> None:
        """Break the connection under whatever waits on it; `for_good`: the program ends."""
        with self._guard:
            link = self._link
            self._ending = self._ending or for_good
        if link is not None:
            link.gateway.abort(for_good=for_good)

    def close(self) -> None:
        """Close the connection."""
        if self._link is not None:
            self._book(self._link)
        self._relink(None)

    def turn(self, hurried: Callable[[], bool]) -> float | None:
        """Take one turn; return the seconds until the next is due, None when there is no server to talk to.

        `hurried` is asked between pieces and before a long wait: true lets the acts come first.
        """
        link = self._ready()
        self._silent = link is None
        if link is None:
            return None
        clock = self._clocks[Lane.ACTS]
        if self._due(clock):
            self._attempt(link, clock, lambda: self._exchange(link))
        if self._may_go_on(link):
            self._side_lanes(link, hurried)
        wait = self._next_due(link) - self._pace.seconds()
        if clock.well and link.exchanges and wait > _SHORTEST_POLL_S and not hurried():
            wait = self._listen(link, min(wait, POLL_S), hurried)
        self._book(link, at_least=_WORTH_BOOKING)
        return max(0.0, wait)

    def run_once(self, pause: Callable[[float], object]) -> SyncReport:
        """Exchange all there is; `pause` waits so many seconds where a bandwidth cap asks for it.

        Raises:
            RuleRefusal: ``sync_training_refused``, ``sync_not_enrolled``.
        """
        link = self._required()
        link.tally = tally = Tally()
        before = (link.traffic.sent, link.traffic.received)
        clocks = self._clocks
        self._attempt(link, clocks[Lane.ACTS], lambda: self._exchange(link))
        lanes = ((Lane.PACKS, self._pack_step(link, bool)), (Lane.SCANS, lambda: self._scans.step(link)))
        for lane, step in () if clocks[Lane.ACTS].line_down else lanes:
            while (done := self._attempt(link, clocks[lane], step)) is not None and done.more:
                if done.wait_s:
                    pause(done.wait_s)
        sent, received = link.traffic.sent - before[0], link.traffic.received - before[1]
        self._book(link)
        with self._desk.store.reading() as queries:
            state = queries.sync_state()
        return SyncReport(
            sent=tally.sent,
            received=tally.received,
            quarantined=tally.quarantined,
            scans_sent=tally.scans_sent,
            packs_complete=tally.packs_complete,
            bytes_sent=sent,
            bytes_received=received,
            waiting=state.waiting,
            scans_waiting=state.scans_waiting,
            lanes=tuple(clock.report for clock in clocks.values()),
        )

    # What a turn is made of

    def _ready(self) -> Link | None:
        with self._desk.store.reading() as queries:
            enrolment = queries.enrolment()
            paused = sync_settings.load(queries).paused
        if enrolment is None or paused or self._desk.settings.counter.training:
            return None
        return self._link_to(enrolment)

    def _required(self) -> Link:
        if self._desk.settings.counter.training:
            raise RuleRefusal("sync_training_refused")
        with self._desk.store.reading() as queries:
            enrolment = queries.enrolment()
        if enrolment is None:
            raise RuleRefusal("sync_not_enrolled")
        return self._link_to(enrolment)

    def _link_to(self, enrolment: Enrolment) -> Link:
        link = self._link
        if link is not None and link.enrolment.private_key == enrolment.private_key:
            return link
        fresh = Link.to(self._desk, enrolment, self._pace)
        fresh.beat = self._pulse.beat
        self._scans, self._packs = Scans(), Packs(self._incoming)
        self._relink(fresh)
        return fresh

    def _relink(self, link: Link | None) -> None:
        with self._guard:
            before, self._link = self._link, link
        if before is not None:
            before.gateway.close()

    def _exchange(self, link: Link) -> Answer | None:
        told = acts.exchange(link)
        self._clocks[Lane.ACTS].due = self._pace.seconds() + _EXCHANGE_EVERY_S
        return told

    def _side_lanes(self, link: Link, hurried: Callable[[], bool]) -> None:
        steps = {Lane.PACKS: self._pack_step(link, hurried), Lane.SCANS: lambda: self._scans.step(link)}
        for lane, step in steps.items():
            clock = self._clocks[lane]
            if self._due(clock) and not hurried():
                done = self._attempt(link, clock, step)
                if done is not None:
                    self._plan(clock, done)

    def _plan(self, clock: LaneClock, done: Step) -> None:
        wait = done.wait_s if done.more or done.wait_s else _LOOK_EVERY_S
        clock.due = self._pace.seconds() + wait

    def _pack_step(self, link: Link, hurried: Callable[[], bool]) -> Callable[[], Step]:
        return lambda: self._packs.step(link, hurried)

    def _listen(self, link: Link, wait: float, hurried: Callable[[], bool]) -> float:
        """Wait at the server for news; return the seconds until the next turn."""
        now = self._pace.seconds()
        if self._poll_from > now:
            return wait
        clock = self._clocks[Lane.ACTS]
        self._pulse.listen()
        try:
            if may_not(link):
                return wait
            news = pull(link, wait_s=math.floor(wait), called_off=hurried)
        except Refused as refused:
            if not hurried():
                self._failed(link, clock, refused.answer)
            return 0.0
        except KnownError as problem:
            self._failed(link, clock, local(problem.code, **problem.params).answer)
            return 0.0
        finally:
            self._pulse.end()
        if news:
            self._pulse.changed()
        took = self._pace.seconds() - now
        if not news and took < wait / 2:
            self._poll_from = self._pace.seconds() + _LOOK_EVERY_S  # it does not wait: do not run circles
        return 0.0

    def _attempt(self, link: Link, clock: LaneClock, work: Callable[[], Answer | Step | None]) -> Step | None:
        """Let a lane work; whatever happens becomes its answer, and the others go on."""
        self._pulse.begin(clock.lane)
        before = _moved(link)
        try:
            result = work()
        except Refused as refused:
            self._failed(link, clock, refused.answer, moved=_moved(link) > before)
            return None
        except KnownError as problem:
            self._failed(link, clock, local(problem.code, **problem.params).answer)
            return None
        except Exception as bug:  # noqa: BLE001 - a bug, here or there, must not end the exchange for good
            # The text of an exception may hold a citizen's words and stays out of the log.
            log.error("sync lane %s: %s", clock.lane, type(bug).__name__)
            self._failed(link, clock, local("sync_bug", kind=type(bug).__name__).answer)
            return None
        finally:
            self._pulse.end()
        self._succeeded(clock, result if isinstance(result, Answer) else None)
        return result if isinstance(result, Step) else None

    def _failed(self, link: Link, clock: LaneClock, answer: Answer, *, moved: bool = False) -> None:
        if self._ending:
            return  # we hung up ourselves
        if self._pulse.take_stuck():
            answer = Answer(error_class=ErrorClass.NETWORK, code="lane_stuck")
        if answer.error_class is not ErrorClass.LOCAL:
            link.drop_session()  # after an outage one small request probes the line, not a full batch
        clock.failed(answer, self._desk.clock.now(), self._pace, moved=moved)
        self._write(clock)

    def _succeeded(self, clock: LaneClock, told: Answer | None) -> None:
        if clock.succeeded(told, self._desk.clock.now()):
            self._write(clock)

    def _write(self, clock: LaneClock) -> None:
        with suppress(KnownError), self._desk.store.writing() as transaction:  # it is a report, no act
            transaction.put_lane(clock.report)

    def _book(self, link: Link, *, at_least: int = 1) -> None:
        """Keep what travelled; what cannot be kept now, or is too little, is counted with a later turn."""
        sent, received = link.traffic.sent, link.traffic.received
        if sent + received < at_least:
            return
        with suppress(KnownError):
            with self._desk.store.writing() as transaction:
                transaction.count_traffic(self._desk.clock.now().date(), sent, received)
            link.traffic.sent -= sent
            link.traffic.received -= received

    def _due(self, clock: LaneClock) -> bool:
        return clock.due <= self._pace.seconds()

    def _may_go_on(self, link: Link) -> bool:
        """Tell whether the other lanes may use the line: the acts lane found it open."""
        return link.exchanges > 0 and not self._clocks[Lane.ACTS].line_down

    def _next_due(self, link: Link) -> float:
        """Return when a lane is due next; the others wait for the acts lane while the server is away."""
        if not self._may_go_on(link):
            return self._clocks[Lane.ACTS].due
        return min(clock.due for clock in self._clocks.values())


def _moved(link: Link) -> int:
    """Return how much went through so far."""
    return link.tally.sent + link.tally.received
