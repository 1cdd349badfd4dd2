"""Space set aside, given back when the disk is full so that open work can be finished."""

import contextlib
import os
import shutil
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem

_NEARLY_NOTHING_BYTES = 256 * 1024
RESERVE_BYTES = 4 * 1024 * 1024
_KEEP_FREE_BYTES = 4 * RESERVE_BYTES  # never take the last space of a nearly full disk


def set_aside(path: Path) -> bool:
    """Make the reserve file if it is missing and the disk has room; tell whether it is there."""
    if path.exists():
        return True
    if shutil.disk_usage(path.parent).free < _KEEP_FREE_BYTES:
        return False
    try:
        with path.open("xb") as file:
            # Random bytes, because a compressing or sparse file system would store zeros for nothing.
            file.write(os.urandom(RESERVE_BYTES))
            os.fsync(file.fileno())
    except OSError:
        give_back(path)
        return False
    return True


def give_back(path: Path) -> bool:
    """Free the space; tell whether there was any to free."""
    with contextlib.suppress(OSError):
        path.unlink()
        return True
    return False


def tells_of_full_disk(problem: EnvironmentProblem, database: Path) -> EnvironmentProblem | None:
    """Return the problem as ``disk_full`` when that is its cause, else None.

    SQLite reports a full disk plainly for its database and log, but for its shared index as a failed
    write or open, so those are read together with the space that is left.
    """
    if problem.code == "disk_full":
        return problem
    if problem.code not in ("disk_failed", "database_unreachable"):
        return None
    try:
        free = shutil.disk_usage(database.parent).free
    except OSError:
        return None
    return EnvironmentProblem("disk_full") if free < _NEARLY_NOTHING_BYTES else None
