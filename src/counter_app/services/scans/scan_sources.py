"""Reading what shall be attached: only files, and not beyond the limit."""

import stat
from pathlib import Path

from counter_app.domain.errors import BadInput
from counter_app.domain.scan_file import MAX_FILE_BYTES


def read_file(path: Path) -> bytes:
    """Return the content of a file the clerk chose.

    Raises:
        BadInput: ``scan_unreadable`` (reason), ``scan_too_big`` (limit_mb): told before it is read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BadInput("scan_unreadable", reason="")
        if found.st_size > MAX_FILE_BYTES:
            raise BadInput("scan_too_big", limit_mb=MAX_FILE_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as problem:
        raise BadInput("scan_unreadable", reason=problem.strerror or "") from problem
