"""The running numbers of a register: none may be missing without a word (no blanks, no gaps)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unused:
    """Numbers from ``first`` to ``last`` that no dossier has; they are struck out in the book."""

    first: int
    last: int


def unused_between(taken: Iterable[int], first: int, last: int) -> Iterator[Unused]:
    """Return the stretches of ``first`` … ``last`` that are not in ``taken`` (ascending, may repeat)."""
    expected = first
    for number in taken:
        if number > last:
            break
        if number > expected:
            yield Unused(expected, number - 1)
        expected = max(expected, number + 1)
    if expected <= last:
        yield Unused(expected, last)
