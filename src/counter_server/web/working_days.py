"""Which days count as working days, from the calendars the counters use; without them Monday to Friday."""

import os
import sys
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from counter_server.web.words import OFFICE_ZONE

_APP = "quay-mot-cua"
_FARTHEST = 60  # days looked ahead; no holiday is longer


def next_working_moment(moment: datetime) -> datetime:
    """Return the same time of the clock on the next working day."""
    local = moment.astimezone(OFFICE_ZONE)
    for ahead in range(1, _FARTHEST):
        following = local.date() + timedelta(days=ahead)
        if is_working_day(following):
            return datetime.combine(following, local.time(), OFFICE_ZONE)
    return moment + timedelta(days=_FARTHEST)


def lost_contact(seen_at: datetime | None, now: datetime) -> bool:
    """Tell whether nothing was heard for more than one working day."""
    return seen_at is None or now > next_working_moment(seen_at)


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day."""
    off, swapped = _special_days(day.year)
    return day in swapped or (day.weekday() < 5 and day not in off)


@cache
def _special_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off and the worked weekend days of a year; none when no calendar is at hand."""
    import yaml

    path = _calendars() / f"vn-{year}.yaml"
    if not path.is_file():
        return frozenset(), frozenset()
    calendar: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return _dates(calendar.get("days_off")), _dates(calendar.get("swapped_workdays"))


def _dates(entries: Any) -> frozenset[date]:
    return frozenset(entry["date"] for entry in entries or ())


def _calendars() -> Path:
    chosen = os.environ.get("COUNTER_PROGRAM_DATA")
    checkout = Path(__file__).resolve().parents[3]
    installed = Path(sys.prefix) / "share" / _APP
    root = Path(chosen) if chosen else checkout if (checkout / "forms").is_dir() else installed
    return root / "resources" / "calendars"
