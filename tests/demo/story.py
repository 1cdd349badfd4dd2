"""What is printed: numbered chapters, what happened with its figures, and whether it is as it must be."""

import sys
import time
from dataclasses import dataclass, field


@dataclass
class Story:
    """Collects what is off; `ended` prints the sum of it."""

    begun: float = field(default_factory=time.monotonic)
    chapters: int = 0
    checks: int = 0
    wrong: list[str] = field(default_factory=list)

    def chapter(self, english: str, vietnamese: str) -> None:
        """Begin the next part."""
        self.chapters += 1
        _say(f"\n{self.chapters}. {english}  ·  {vietnamese}")

    def tell(self, words: str) -> None:
        """Say what happened."""
        for line in words.splitlines():
            _say(f"   {line}")

    def check(self, words: str, kept: bool) -> None:
        """Say what must hold, and whether it does."""
        self.checks += 1
        _say(f"   {'✓' if kept else '✗'} {words}")
        if not kept:
            self.wrong.append(words)

    def broken(self, words: str) -> None:
        """Say why the story cannot go on."""
        self.wrong.append(words)
        _say(f"   ✗ {words}")

    def ended(self) -> int:
        """Say how it ended; return the exit code."""
        seconds = time.monotonic() - self.begun
        if self.wrong:
            _say(f"\nNOT AS IT MUST BE ({len(self.wrong)})  ·  CÓ CHỖ SAI:")
            for words in self.wrong:
                _say(f"   ✗ {words}")
            return 1
        _say(f"\nAll {self.checks} checks hold  ·  Mọi điều kiểm tra đều đúng  ({seconds:.0f} s)")
        return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
