"""Which protocol the two sides speak, and what else either of them can do.

A number rises only when an old peer would misunderstand; everything else is added as a capability or as a
field with a default. The server takes pushes of every version ever released: what a counter recorded must
arrive, however old the counter is.
"""

from functools import cache
from importlib import metadata

PROTOCOL = 1
OLDEST_PUSH = 1  # the oldest version a push is taken from; never raised
OLDEST_PULL = 1  # an older counter is told to update before it pulls

CAPABILITIES = frozenset({"withheld", "late", "carry", "uploads", "packs", "blocks"})
"""``withheld``: a place in the chain whose event stays at the counter; ``late``: it is sent after all."""


@cache
def program_version() -> str:
    """Return the version of the installed program, "" where it was not installed as a package."""
    try:
        return metadata.version("quay-mot-cua")
    except metadata.PackageNotFoundError:
        return ""


def spoken() -> int:
    """Return `PROTOCOL`, for the default of a field.

    A default that is made is always written; one left out would be taken for the reader's own version.
    """
    return PROTOCOL
