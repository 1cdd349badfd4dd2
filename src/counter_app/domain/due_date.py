"""The promised date, computed and explained."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDay:
    """One day between intake and promise.

    ``reason`` is one of ``intake``, ``counted``, ``weekend``, ``holiday``, ``swapped_workday``,
    ``due``, ``rolled``; ``name`` names the holiday or the decision that swapped the day.
    """

    date: date
    counted: bool
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """When the result is promised. ``due_at`` None: "Không có ngày hẹn trả cụ thể theo quy định".

    ``calendar`` is "official" or "provisional" (a year whose days off are not yet decided);
    ``calendar_version`` pins the calendar data used.
    """

    due_at: datetime | None
    counted_from: datetime
    time: str  # "5wd", "" when same day or none
    same_day: bool
    days: tuple[PromiseDay, ...]
    calendar: str
    calendar_version: str = ""
