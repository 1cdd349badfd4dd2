"""Time that never goes back, and chance: what scheduling asks of the machine."""

import time
from typing import Protocol


class Pace(Protocol):
    """Seconds since some moment, and randomness nobody has to trust."""

    def seconds(self) -> float:
        """Return a monotonic time in seconds."""
        ...

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`, all equally likely."""
        ...


class SystemPace:
    """The machine's."""

    def seconds(self) -> float:
        """Return the monotonic time."""
        return time.monotonic()

    def between(self, low: float, high: float) -> float:
        """Return a random number."""
        import random  # no start of the window needs it

        return random.uniform(low, high)  # noqa: S311 - spreads load, protects nothing
