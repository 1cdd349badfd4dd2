"""Time and chance that do what a test says."""

import threading


class SteadyPace:
    """A monotonic clock moved by hand; chance always gives the same part of a span."""

    def __init__(self, part: float = 0.5) -> None:
        self.moment = 1000.0
        self.part = part

    def seconds(self) -> float:
        return self.moment

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.part

    def advance(self, seconds: float) -> None:
        self.moment += seconds


class Arrivals:
    """Lets a test wait until another thread told often enough, and no longer."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._count = 0

    def __call__(self) -> None:
        with self._told:
            self._count += 1
            self._told.notify_all()

    def until(self, done: "object", within_s: float = 20.0) -> bool:
        assert callable(done)
        with self._told:
            return bool(self._told.wait_for(done, within_s))
