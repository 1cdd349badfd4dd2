"""One line of the benchmark: a measure, its floor in the same run, and what was promised."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

Act = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measured figure.

    `floor` is the barest program that does the same, measured in turns with it; `ratio` is value by
    floor. `target` says in words what was promised, `met` whether it was kept.
    """

    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    target: str
    met: bool
    note: str = ""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def row(
    name: str,
    value: float,
    unit: str,
    *,
    floor: float | None = None,
    at_most_ratio: float | None = None,
    at_least_ratio: float | None = None,
    below: float | None = None,
    at_most: float | None = None,
    note: str = "",
) -> Row:
    """Return the row, judged by ratios to its floor, by absolute limits, or by both."""
    ratio = None if floor is None else value / floor
    promises: list[tuple[str, bool]] = []
    if at_most_ratio is not None:
        promises.append((f"ratio ≤ {at_most_ratio}", ratio is not None and ratio <= at_most_ratio))
    if at_least_ratio is not None:
        promises.append((f"ratio ≥ {at_least_ratio}", ratio is not None and ratio >= at_least_ratio))
    if below is not None:
        promises.append((f"< {below:g} {unit}", value < below))
    if at_most is not None:
        promises.append((f"≤ {at_most:g} {unit}", value <= at_most))
    return Row(
        name=name,
        value=round(value, 3),
        unit=unit,
        floor=None if floor is None else round(floor, 3),
        ratio=None if ratio is None else round(ratio, 2),
        target=" and ".join(words for words, _kept in promises),
        met=all(kept for _words, kept in promises),
        note=note,
    )


def elapsed_ms(act: Act) -> float:
    """Return how long one call takes, in milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def in_turns(acts: Iterable[Act], *, rounds: int, warm_up: int = 3) -> list[list[float]]:
    """Run the acts in turns, so that a drift of the machine meets them all; return milliseconds."""
    every = tuple(acts)
    for _ in range(warm_up):
        for act in every:
            act()
    times: list[list[float]] = [[] for _ in every]
    for turn in range(rounds):
        order = range(len(every)) if turn % 2 == 0 else reversed(range(len(every)))
        for index in order:
            times[index].append(elapsed_ms(every[index]))
    return times


def p99(values: list[float]) -> float:
    """Return the 99th percentile."""
    return statistics.quantiles(values, n=100, method="inclusive")[98]
