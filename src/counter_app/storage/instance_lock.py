"""One writing program a data folder: a lock the operating system lets go when the process dies."""

import sys
from pathlib import Path
from typing import IO

from counter_app.domain.errors import EnvironmentProblem

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held from construction until `release` or the death of the process.

    Raises:
        EnvironmentProblem: ``already_running`` when another process holds it, ``database_read_only``
            when the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("ab")
        except OSError as error:
            raise EnvironmentProblem("database_read_only") from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise EnvironmentProblem("already_running") from error

    def release(self) -> None:
        """Let the next program in; safe to call twice. The file stays, only the lock goes."""
        self._file.close()
