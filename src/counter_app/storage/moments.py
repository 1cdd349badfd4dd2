"""Moments as the database keeps them: UTC text of fixed width, which sorts as time does."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
Zone = Callable[[datetime], datetime]


def to_text(moment: datetime) -> str:
    """Return e.g. "2026-11-21T03:45:00.000000Z".

    Raises:
        ValueError: the moment is naive, so nobody knows when it was.
    """
    # Not strftime: it does not pad years below 1000 on Linux, and the width must not vary.
    return utc(moment).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """Return the moment in Asia/Ho_Chi_Minh."""
    return datetime.fromisoformat(text).astimezone(LOCAL)


def utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError("naive moment")
    return moment.astimezone(UTC)


def local(moment: datetime) -> datetime:
    """Return the same moment in Asia/Ho_Chi_Minh."""
    return moment.astimezone(LOCAL)
