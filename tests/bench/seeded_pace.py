"""Time and chance of the machine, where the chance can be repeated."""

import random
import time


class SeededPace:
    """The machine's time, or a faster one; chance by a seed, so that a run can be repeated."""

    def __init__(self, seed: int, scale: float = 1.0) -> None:
        self._chance = random.Random(seed)
        self._scale = scale

    def seconds(self) -> float:
        return time.monotonic() * self._scale

    def between(self, low: float, high: float) -> float:
        return self._chance.uniform(low, high)
