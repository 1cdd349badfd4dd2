"""A bar chart as SVG, drawn here so that no script is needed; the same numbers stand in a table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counter_server.web.working_days import is_working_day

_STEP, _BAR, _HEIGHT, _HEAD, _FOOT = 32, 22, 96, 20, 36
_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar with its number above and two lines below; lengths in units of the drawing."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    number: str
    weekday: str
    day: str
    rest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars on a base line at ``base``."""

    width: int
    height: int
    base: int
    bars: tuple[Bar, ...]


def load_chart(load: Mapping[date, int]) -> Chart:
    """Return the chart of how many dossiers are due on each day."""
    most = max(load.values(), default=0) or 1
    base = _HEAD + _HEIGHT
    bars = []
    for index, (day, due) in enumerate(load.items()):
        # One due dossier among thousands still shows.
        height = max(round(_HEIGHT * due / most), 2 if due else 0)
        x = index * _STEP + (_STEP - _BAR) // 2
        bars.append(
            Bar(
                x=x,
                y=base - height,
                width=_BAR,
                height=height,
                middle=x + _BAR // 2,
                number=str(due),
                weekday=_SHORT[day.weekday()],
                day=f"{day.day}",
                rest=not is_working_day(day),
            )
        )
    return Chart(width=len(bars) * _STEP, height=base + _FOOT, base=base, bars=tuple(bars))
