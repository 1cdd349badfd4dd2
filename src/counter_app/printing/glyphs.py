"""Characters the paper faces have no shape for: they print as a box, never as nothing.

A name that loses a letter without a trace would be a false paper; a box shows that something is
missing, and the list of faults says where.
"""

from functools import cache

from counter_app.printing.fonts import FACES, covered_codes
from counter_app.printing.runs import printable

REPLACEMENT = "\u25a1"  # □, in all four faces


@cache
def _covered() -> frozenset[str]:
    codes = frozenset.intersection(*(covered_codes(name) for name in FACES))
    return frozenset(map(chr, codes))


def unprintable(text: str) -> frozenset[str]:
    """Return the visible characters of `text` that no paper can show; fonts must be registered."""
    covered = _covered()
    if covered.issuperset(text):
        return frozenset()
    return frozenset(printable(text)) - covered


def drawable(text: str) -> str:
    """Return `text` ready for paper: normal form, nothing invisible, a box for what has no shape."""
    shown = printable(text)
    lost = unprintable(shown)
    return "".join(REPLACEMENT if letter in lost else letter for letter in shown) if lost else shown
