"""What the use cases need of the database about hand-over and postal lists."""

from typing import Protocol


class TransferListQueries(Protocol):
    """Reads about hand-over and postal lists."""


class TransferListWrites(TransferListQueries, Protocol):
    """Writes about hand-over and postal lists; part of one act."""
