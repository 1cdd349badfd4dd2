"""A warm process that forks a child for each line it reads, for tests to kill; and the test's end of it."""

import os
import select as io_wait
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

PATIENCE_S = 60.0


Tell = Callable[[str], None]


def serve_victims(live: Callable[[str, Tell], None]) -> None:
    """Fork a child for every line on standard input and let it live; tell its end.

    What a child prints goes nowhere: half a line of a log must not spoil what is told.
    """
    os.write(1, b"ready\n")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                live(line.strip(), _quiet())
            finally:
                os._exit(1)
        os.write(1, f"pid {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


def _quiet() -> Tell:
    """Send standard output nowhere; return what tells the test all the same."""
    told, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)

    def tell(words: str) -> None:
        os.write(told, f"{words}\n".encode())

    return tell


class Victims:
    """The warm process of a module, with its arguments."""

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._buffer = b""
        self.pid = 0
        assert self.line() == "ready"

    def bear(self, line: str, first_words: str) -> str:
        """Fork a child; return the first line it says that begins so."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        said = ""
        self.pid = 0
        while not said or not self.pid:
            heard = self.line()
            assert heard != "dead", "it died by itself"
            if heard.startswith("pid "):
                self.pid = int(heard.split()[1])
            elif heard.startswith(first_words):
                said = heard
        return said

    def kill(self) -> list[str]:
        """Kill the child; return what it had still said."""
        os.kill(self.pid, signal.SIGKILL)
        said: list[str] = []
        while (line := self.line()) != "dead":
            said.append(line)
        return said

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def line(self) -> str:
        assert self._process.stdout is not None
        while b"\n" not in self._buffer:
            ready, _, _ = io_wait.select([self._process.stdout], [], [], PATIENCE_S)
            assert ready, "the victim fell silent"
            chunk = os.read(self._process.stdout.fileno(), 65536)
            assert chunk, "the warm process died"
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()
