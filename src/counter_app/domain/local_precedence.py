"""Which of several dated decisions governs on a day.

Within a layer values limited alike (same units, channels, condition, case) follow each other: the last
one begun governs, and once its last day is past it says nothing, for a lapsed resolution does not revive
the one before it. Of several that speak, the one begun last wins, then the narrower one; two that still
contradict each other leave the value unknown, so that a clerk is asked. A layer that says nothing leaves
the word to the layer below.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol, TypeVar


class Decision(Protocol):
    """A dated decision; ``scope`` holds what it is limited to, an empty limit being none."""

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day, or None."""
        ...

    @property
    def scope(self) -> tuple[object, ...]:
        """What it is limited to."""
        ...


D = TypeVar("D", bound=Decision)


def governing(layers: Iterable[Iterable[D]], on: date, said: Callable[[D], object]) -> D | None:
    """Return the decision that governs on day `on`, or None when nobody speaks or equals disagree.

    Args:
        layers: The decisions that apply to the question, the layer that speaks first first.
        on: The day.
        said: What a decision decides, to tell agreement from contradiction.
    """
    for applicable in layers:
        speaking = _speaking(applicable, on)
        if speaking:
            first = max(map(_rank, speaking))
            # Whatever the order of the data, the same one of equals is returned.
            winners = sorted((each for each in speaking if _rank(each) == first), key=repr)
            return winners[0] if len({said(each) for each in winners}) == 1 else None
    return None


def _speaking(applicable: Iterable[D], on: date) -> list[D]:
    begun = [each for each in applicable if each.valid_from <= on]
    latest: dict[object, date] = {}
    for each in begun:
        latest[each.scope] = max(each.valid_from, latest.get(each.scope, each.valid_from))
    return [
        each
        for each in begun
        if each.valid_from == latest[each.scope] and (each.valid_to is None or on <= each.valid_to)
    ]


def _rank(decision: Decision) -> tuple[date, int]:
    return decision.valid_from, sum(1 for limit in decision.scope if limit)
