"""What a clerk typed, as it is kept: clean, not endless, and there where it is needed."""

from collections.abc import Iterable

from counter_app.domain.errors import BadInput
from counter_app.domain.vietnamese_text import clean

MOST_LETTERS = 1000
MOST_ITEMS = 50


def kept(text: str, field: str) -> str:
    """Return the text clean; BadInput ``entry_too_long`` (field, limit)."""
    cleaned = clean(text)
    if len(cleaned) > MOST_LETTERS:
        raise BadInput("entry_too_long", field=field, limit=MOST_LETTERS)
    return cleaned


def needed(text: str, field: str) -> str:
    """Return the text clean; BadInput ``entry_missing`` (field) when nothing was typed."""
    cleaned = kept(text, field)
    if not cleaned:
        raise BadInput("entry_missing", field=field)
    return cleaned


def needed_list(texts: Iterable[str], field: str) -> tuple[str, ...]:
    """Return the texts that say something; BadInput ``entry_missing`` when none does."""
    cleaned = tuple(text for text in (kept(each, field) for each in texts) if text)
    if not cleaned:
        raise BadInput("entry_missing", field=field)
    if len(cleaned) > MOST_ITEMS:
        raise BadInput("entry_too_long", field=field, limit=MOST_ITEMS)
    return cleaned
