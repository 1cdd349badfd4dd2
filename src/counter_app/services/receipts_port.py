"""What the use cases need of the database about money taken and receipts given."""

from typing import Protocol


class ReceiptQueries(Protocol):
    """Reads about money taken and receipts given."""


class ReceiptWrites(ReceiptQueries, Protocol):
    """Writes about money taken and receipts given; part of one act."""
