"""What the use cases need of the database about scanned papers."""

from typing import Protocol


class AttachmentQueries(Protocol):
    """Reads about scanned papers."""


class AttachmentWrites(AttachmentQueries, Protocol):
    """Writes about scanned papers; part of one act."""
