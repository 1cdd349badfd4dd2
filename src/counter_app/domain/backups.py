"""Backups: why one is made, where it lies, and which are kept.

Kept are the newest of each of the last seven days and of each of the last four weeks that have one, so a
machine that is used loses none too early, and what a backup holds of a purged dossier is gone for certain
after `LONGEST_KEPT`. The newest good one always stays.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS_KEPT = 7
WEEKS_KEPT = 4
LONGEST_KEPT = timedelta(days=35)
DUE_AFTER = timedelta(hours=20)  # a desk that opens a little earlier than yesterday still makes one
WARN_AFTER = timedelta(days=3)


class Occasion(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    CLOSE = "close"
    UPGRADE = "upgrade"
    CHOSEN = "chosen"


class Place(StrEnum):
    """Where a backup lies: beside the data, in the second place, or where somebody chose."""

    OWN = "own"
    SECOND = "second"
    CHOSEN = "chosen"


def to_remove(made: Sequence[datetime], last_good: datetime | None, now: datetime) -> frozenset[datetime]:
    """Return which backups go, of those made at these moments (aware, in office time).

    Args:
        made: The moments of all backups of one place.
        last_good: The newest that was verified; it stays whatever its age. None: nothing goes.
        now: The present moment; backups later than it were made under a wrong clock and stay.
    """
    if last_good is None:
        return frozenset()
    known = sorted({moment for moment in made if moment <= now}, reverse=True)
    by_day: dict[date, datetime] = {}
    by_week: dict[tuple[int, int], datetime] = {}
    for moment in known:
        by_day.setdefault(moment.date(), moment)
        by_week.setdefault(moment.date().isocalendar()[:2], moment)
    newest = (*list(by_day.values())[:DAYS_KEPT], *list(by_week.values())[:WEEKS_KEPT])
    kept = {moment for moment in newest if now - moment <= LONGEST_KEPT}
    return frozenset(moment for moment in known if moment not in kept and moment != last_good)


def is_due(last_good: datetime | None, now: datetime) -> bool:
    """Tell whether the daily backup is to be made; also when the last lies in the future."""
    return last_good is None or not timedelta(0) <= now - last_good < DUE_AFTER


def is_old(last_good: datetime | None, now: datetime) -> bool:
    """Tell whether people should be told how long ago the last good backup is."""
    return last_good is None or now - last_good > WARN_AFTER
