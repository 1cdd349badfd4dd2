"""How much of a file is sent at once: little on a bad line, where a break throws a piece away."""

SMALLEST = 64 * 1024
FIRST = 256 * 1024
LARGEST = 1024 * 1024
_QUICK_S = 2.0
_SLOW_S = 8.0


class ChunkSize:
    """Doubles while pieces pass quickly, halves when they are slow or fail; sizes in bytes."""

    def __init__(self) -> None:
        self.size = FIRST

    def passed(self, seconds: float) -> None:
        """A full piece arrived after so long."""
        if seconds < _QUICK_S:
            self.size = min(self.size * 2, LARGEST)
        elif seconds > _SLOW_S:
            self.size = max(self.size // 2, SMALLEST)

    def failed(self) -> None:
        """A piece did not arrive."""
        self.size = max(self.size // 2, SMALLEST)
