"""One fault of the table: how it is brought about, what must hold, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of a row is run: ``quick`` is enough to see that it works, ``processes`` at once."""

    quick: bool = False
    processes: int = 2

    def of(self, whole: int, small: int) -> int:
        """Return how many times to do something."""
        return small if self.quick else whole


@dataclass
class Found:
    """The figures by name, and in words what did not hold; nothing personal in either."""

    figures: dict[str, int | float | str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return not self.wrong

    def must(self, kept: bool, words: str) -> None:
        """Note what was not kept."""
        if not kept:
            self.wrong.append(words)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A row. ``run`` gets a fresh folder.

    ``suites`` are tests that belong to it, by the name of their figure; ``share`` is the fault whose share
    of the rounds (`sync_rows`) is told with it. A row without all three has nothing in this product that
    could fail so. ``not_covered`` says what no program here protects from.
    """

    number: int
    fault: str
    how: str
    must_hold: str
    run: Callable[[Size, Path], Found] | None = None
    suites: Mapping[str, Sequence[str]] = field(default_factory=dict)
    share: str = ""
    not_covered: str = ""

    @property
    def applies(self) -> bool:
        return self.run is not None or bool(self.suites)
