"""Finds what a slip cannot show as it was typed."""

from collections.abc import Iterator
from dataclasses import fields

from counter_app.printing.glyphs import unprintable
from counter_app.services.paper_content import SlipContent


def unprintable_texts(content: SlipContent) -> tuple[str, ...]:
    """Return the names of the texts of a slip that hold characters without a shape, in its order."""
    return tuple(dict.fromkeys(name for name, text in _texts(content) if unprintable(text)))


def _texts(content: SlipContent) -> Iterator[tuple[str, str]]:
    for field in fields(content):
        value = getattr(content, field.name)
        if isinstance(value, str):
            yield field.name, value
    for part in content.parts:
        yield "parts", part.name
    for field in fields(content.office):
        yield "office", str(getattr(content.office, field.name))
