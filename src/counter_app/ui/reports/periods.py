"""The periods the clerk picks with one key, and how bars of a long one are gathered."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from counter_app.domain.period import Period
from counter_app.services.figures_port import DayCount

_DAILY, _WEEKLY = 31, 200  # the longest periods shown by days and by weeks


class PeriodPick(StrEnum):
    """What can be picked; ``between`` is whatever the two fields say."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    BETWEEN = "between"


def picked(pick: PeriodPick, today: date) -> Period:
    """Return the period of `today`; of ``between`` the day itself."""
    match pick:
        case PeriodPick.WEEK:
            first = today - timedelta(days=today.weekday())
            return Period(first=first, last=first + timedelta(days=6))
        case PeriodPick.MONTH:
            return _months(today.year, today.month, 1)
        case PeriodPick.QUARTER:
            return _months(today.year, (today.month - 1) // 3 * 3 + 1, 3)
        case PeriodPick.YEAR:
            return Period.of_year(today.year)
        case _:
            return Period.of_day(today)


def gathered(days: Sequence[DayCount], period: Period, today: date) -> dict[str, tuple[int, int]]:
    """Return what was received and returned by day, week or month, up to today.

    None is left out but days of a weekend on which nothing happened.
    """
    last = min(period.last, max(today, period.first))
    length = (last - period.first).days + 1
    sums: dict[str, tuple[int, int]] = {}
    happened = {each.day for each in days}
    for step in range(length):
        day = period.first + timedelta(days=step)
        if _shown_daily(length) and day.weekday() > 4 and day not in happened:
            continue
        sums.setdefault(_label(day, length, period.first), (0, 0))
    for each in days:
        label = _label(each.day, length, period.first)
        received, returned = sums.get(label, (0, 0))
        sums[label] = (received + each.received, returned + each.returned)
    return sums


def _shown_daily(length: int) -> bool:
    return length <= _DAILY


def _label(day: date, length: int, first: date) -> str:
    if _shown_daily(length):
        return f"{day:%d/%m}"
    if length <= _WEEKLY:
        monday = max(day - timedelta(days=day.weekday()), first)
        return f"{monday:%d/%m}"
    return f"{day:%m/%Y}"


def _months(year: int, month: int, count: int) -> Period:
    following = date(year + (month + count > 12), (month + count - 1) % 12 + 1, 1)
    return Period(first=date(year, month, 1), last=following - timedelta(days=1))
