"""Keeps the system from writing this program's memory, keys and citizens in it, to disk when it crashes."""

import sys


def forbid_core_dumps() -> None:
    """Set the limit to nothing where there is one; on Windows error reports are the administrator's."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
