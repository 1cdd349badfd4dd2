"""Working days and sessions of an office: which moments count towards a time limit.

Built from resources/calendars by the catalogue; the days off are data, with the decisions that set them.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from counter_app.domain.errors import BadInput, RuleRefusal

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_MONDAY_TO_FRIDAY = frozenset(range(5))


class Certainty(StrEnum):
    """Whether a competent authority has already decided the days off."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Session:
    """Opening hours without a break, local time. Its end belongs to it."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise BadInput("bad_session", start=self.start.isoformat(), end=self.end.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPattern:
    """The sessions of each weekday (Monday first, seven entries) in one season of the year.

    ``working_weekdays`` (Monday is 0) are the days that count; any other day with sessions is open
    for intake only, as a Saturday morning often is. The season runs from ``from_month_day`` to
    ``to_month_day``, both included, and may wrap round the new year. ``first_day`` is the day the
    pattern was introduced, None for one that always was.
    """

    sessions: tuple[tuple[Session, ...], ...]
    working_weekdays: frozenset[int] = _MONDAY_TO_FRIDAY
    from_month_day: tuple[int, int] = (1, 1)
    to_month_day: tuple[int, int] = (12, 31)
    first_day: date | None = None

    def __post_init__(self) -> None:
        if len(self.sessions) != 7:
            raise BadInput("bad_week_pattern", problem="seven_weekdays_needed")
        if not self.working_weekdays or not self.working_weekdays <= set(range(7)):
            raise BadInput("bad_week_pattern", problem="no_working_weekday")
        if not all(self.sessions[weekday] for weekday in self.working_weekdays):
            raise BadInput("bad_week_pattern", problem="working_day_without_sessions")
        for of_day in self.sessions:
            if any(earlier.end > later.start for earlier, later in pairwise(of_day)):
                raise BadInput("bad_week_pattern", problem="sessions_overlap_or_unordered")

    def in_season(self, day: date) -> bool:
        """Tell whether the pattern's season includes `day`, once it was introduced."""
        if self.first_day is not None and day < self.first_day:
            return False
        month_day = (day.month, day.day)
        if self.from_month_day <= self.to_month_day:
            return self.from_month_day <= month_day <= self.to_month_day
        return month_day >= self.from_month_day or month_day <= self.to_month_day

    @property
    def all_year(self) -> bool:
        """Whether the season is the whole year."""
        return (self.from_month_day, self.to_month_day) == ((1, 1), (12, 31))

    @property
    def ordinary_sessions(self) -> tuple[Session, ...]:
        """The sessions of an ordinary working day: those of the first working weekday."""
        return self.sessions[min(self.working_weekdays)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A public holiday, a day off in lieu, or a day swapped for a worked one.

    ``verified`` is False when the decision was not read at its source.
    """

    date: date
    name: str
    decision: str = ""
    certainty: Certainty = Certainty.OFFICIAL
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SwappedWorkday:
    """A day of the weekend (làm bù) worked in exchange for a day off."""

    date: date
    name: str
    decision: str = ""
    certainty: Certainty = Certainty.OFFICIAL
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStatus:
    """What a day is: ``reason`` is ``working``, ``swapped_workday``, ``weekend`` or ``holiday``."""

    working: bool
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """All the calendar data an office counts with, from ``first_day`` to ``last_day``.

    The first of ``patterns`` is for every day; a later one replaces it in its season.
    ``provisional_years`` are those whose plan of days off is not issued yet.
    """

    version: str
    patterns: tuple[WeekPattern, ...]
    first_day: date
    last_day: date
    days_off: tuple[DayOff, ...] = ()
    swapped: tuple[SwappedWorkday, ...] = ()
    provisional_years: frozenset[int] = frozenset()
    _off: dict[date, DayOff] = field(init=False, repr=False, compare=False)
    _swapped: dict[date, SwappedWorkday] = field(init=False, repr=False, compare=False)
    _known: dict[date, DayStatus] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if not self.patterns or not self.patterns[0].all_year or self.patterns[0].first_day is not None:
            raise BadInput("bad_week_pattern", problem="first_pattern_must_cover_the_year")
        off = {entry.date: entry for entry in self.days_off}
        swapped = {entry.date: entry for entry in self.swapped}
        repeated = len(off) < len(self.days_off) or len(swapped) < len(self.swapped)
        if repeated or off.keys() & swapped.keys():
            raise BadInput("calendar_conflict", version=self.version)
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_swapped", swapped)

    def with_sessions(self, *patterns: WeekPattern) -> "WorkingCalendar":
        """Return the same calendar with other sessions."""
        return replace(self, patterns=patterns)

    def then_sessions(self, introduced: date, patterns: Iterable[WeekPattern]) -> "WorkingCalendar":
        """Return the calendar with the sessions an office keeps from a day on.

        The first of `patterns` must be for the whole year, so that nothing of the sessions before is
        left from that day on. The version tells the sessions apart, since promises pin it.

        Raises:
            BadInput: ``bad_week_pattern``.
        """
        added = tuple(replace(pattern, first_day=introduced) for pattern in patterns)
        if not added or not added[0].all_year:
            raise BadInput("bad_week_pattern", problem="first_pattern_must_cover_the_year")
        digest = zlib.crc32(f"{self.version}{added!r}".encode())
        version = f"{self.version.partition('+')[0]}+{digest:08x}"
        return replace(self, patterns=(*self.patterns, *added), version=version)

    def covers(self, day: date) -> bool:
        """Tell whether the days off of that day's period are known at all."""
        return self.first_day <= day <= self.last_day

    def require(self, day: date) -> None:
        """Check that the calendar covers `day`.

        Raises:
            RuleRefusal: ``calendar_missing`` with the ``year``; nobody may guess its days off.
        """
        if not self.covers(day):
            raise RuleRefusal("calendar_missing", year=day.year)

    def status_of(self, day: date) -> DayStatus:
        """Return whether `day` counts as a working day, why, and the name of what sets it."""
        # Counting one promise asks for a day some five times, rechecking all of them for the same days.
        status = self._known.get(day)
        if status is None:
            status = self._known[day] = self._status_of(day)
        return status

    def _status_of(self, day: date) -> DayStatus:
        if (swap := self._swapped.get(day)) is not None:
            return DayStatus(working=True, reason="swapped_workday", name=swap.name)
        if (off := self._off.get(day)) is not None:
            return DayStatus(working=False, reason="holiday", name=off.name)
        if day.weekday() in self.pattern_on(day).working_weekdays:
            return DayStatus(working=True, reason="working")
        return DayStatus(working=False, reason="weekend")

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` counts towards a limit in working days or hours."""
        return self.status_of(day).working

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return when the desk is open on `day`, intake-only sessions included."""
        pattern = self.pattern_on(day)
        if day in self._swapped:
            return pattern.ordinary_sessions
        return () if day in self._off else pattern.sessions[day.weekday()]

    def working_sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions of `day` that count towards a limit; none on a day off."""
        return self.sessions_on(day) if self.is_working_day(day) else ()

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`; RuleRefusal ``calendar_missing``."""
        following = day + timedelta(days=1)
        while True:
            self.require(following)
            if self.is_working_day(following):
                return following
            following += timedelta(days=1)

    def certainty_of(self, days: Iterable[date]) -> Certainty:
        """Return provisional when any of `days` may still be changed by a decision to come."""
        return Certainty.PROVISIONAL if any(map(self._is_provisional, days)) else Certainty.OFFICIAL

    def _is_provisional(self, day: date) -> bool:
        entry = self._off.get(day) or self._swapped.get(day)
        undecided = entry is not None and entry.certainty is Certainty.PROVISIONAL
        return undecided or day.year in self.provisional_years

    def pattern_on(self, day: date) -> WeekPattern:
        """Return the weekly sessions that hold in the season of `day`."""
        return next(pattern for pattern in reversed(self.patterns) if pattern.in_season(day))
