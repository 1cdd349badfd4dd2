"""The choices of a field: bare texts, or values with the words shown for them."""

from collections.abc import Sequence

Choice = str | tuple[str, str]


def pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Return (value, words) for each choice."""
    return [(choice, choice) if isinstance(choice, str) else choice for choice in choices]
