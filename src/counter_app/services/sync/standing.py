"""How the counter and the server stand to each other, in one word the badge and the screen begin with."""

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.domain.working_time import at, office_moment
from counter_app.services.sync_port import Lane, LaneReport, SyncState
from counter_protocol.refusals import ErrorClass, Refusal, class_of

if TYPE_CHECKING:
    from counter_app.domain.working_calendar import WorkingCalendar

_WARN_AFTER = timedelta(hours=1)
# Answers of the gateway that mean: the line, not the server and not the counter.
_NETWORK = frozenset(
    {
        "server_unreachable",
        "name_unknown",
        "line_timeout",
        "line_broken",
        "lane_stuck",
        "captive_portal",
        "proxy_refused",
        "tls_broken",
        "certificate_refused",
    }
)


class Standing(StrEnum):
    """What the big line of the screen says; the first that is true, in this order."""

    TRAINING = "training"
    NOT_ENROLLED = "not_enrolled"
    REJECTED = "rejected"  # the server does not know, or no longer trusts, this device
    PAUSED = "paused"
    OFFLINE = "offline"
    TROUBLED = "troubled"  # the server answered, and not well; or this machine is in the way
    HELD = "held"  # something was put aside and waits for a human
    WAITING = "waiting"
    ALL_SENT = "all_sent"


class Age(StrEnum):
    """How urgent it is that something leaves the counter; values are tones of the theme."""

    FRESH = "ok"
    OLD = "warn"
    TOO_OLD = "bad"


def standing_of(state: SyncState, *, training: bool = False, paused: bool = False) -> Standing:
    """Return how things stand."""
    acts = lane_of(state, Lane.ACTS)
    if training:
        return Standing.TRAINING
    if not state.enrolled:
        return Standing.NOT_ENROLLED
    answered = class_of_answer(acts.answer) if acts.answer else None
    if answered is ErrorClass.AUTH:
        return Standing.REJECTED
    if paused:
        return Standing.PAUSED
    if answered is ErrorClass.NETWORK:
        return Standing.OFFLINE
    if answered is not None and acts.failures:
        return Standing.TROUBLED
    if state.quarantined or state.parked:
        return Standing.HELD
    return Standing.WAITING if state.waiting or state.scans_waiting else Standing.ALL_SENT


def class_of_answer(code: str) -> ErrorClass:
    """Return the class of an answer a lane keeps; what no wire contract names is of this machine."""
    if code in _NETWORK:
        return ErrorClass.NETWORK
    return class_of(200, code) if code in set(Refusal) else ErrorClass.LOCAL


def lane_of(state: SyncState, lane: Lane) -> LaneReport:
    """Return the report of a lane; an empty one when it never ran."""
    return next((each for each in state.lanes if each.lane is lane), LaneReport(lane=lane))


def age_of(state: SyncState, now: datetime, calendar: "WorkingCalendar | None") -> Age:
    """Return how urgent it is: old after an hour, too old after a working day or when something is held."""
    if state.quarantined:
        return Age.TOO_OLD
    if state.oldest_at is None:
        return Age.FRESH
    if now >= _a_working_day_after(state.oldest_at, calendar):
        return Age.TOO_OLD
    return Age.OLD if now - state.oldest_at > _WARN_AFTER else Age.FRESH


def _a_working_day_after(moment: datetime, calendar: "WorkingCalendar | None") -> datetime:
    """Return the same hour of the next working day; of the next day where the calendar does not reach."""
    since = office_moment(moment)
    with suppress(KnownError):
        if calendar is not None:
            return at(calendar.next_working_day(since.date()), since.time())
    return since + timedelta(days=1)
