"""What the use cases need of the database about money taken and receipts given."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.receipt import CashSum, Receipt


class ReceiptQueries(Protocol):
    """Reads about money taken and receipts given."""

    def receipts(self, dossier_id: str) -> "Sequence[Receipt]":
        """Return a dossier's receipts, voided ones too, oldest first."""
        ...

    def receipt(self, receipt_id: str) -> "Receipt | None":
        """Return one receipt, or None."""
        ...

    def receipts_between(self, first: date, last: date) -> "Sequence[Receipt]":
        """Return the receipts of some days of office time, both included, in the order of their numbers."""
        ...

    def cash_by_fee(self, first: date, last: date) -> "Sequence[CashSum]":
        """Return what was taken on some days by fee name, way of paying and clerk, in that order."""
        ...

    def cash_written(self, after: int, through: int) -> "Sequence[CashSum]":
        """Return what was written from write `after` (not included) through another, as `cash_by_fee`.

        Receipts and voids are numbered together in the order they are written, whatever the clock said.
        """
        ...

    def receipts_written(
        self, after: int, through: int, *, before: date | None, beyond: date
    ) -> "Sequence[Receipt]":
        """Return the receipts of those writes that bear a day before `before` or after `beyond`."""
        ...

    def last_receipt_write(self, until: date | None = None) -> int:
        """Return the number of the last write of a receipt of a day up to `until`, or of all; 0 for none."""
        ...

    def receipt_write(self, receipt_id: str) -> int:
        """Return the number of the write of a receipt."""
        ...


class ReceiptWrites(ReceiptQueries, Protocol):
    """Writes about money taken and receipts given; part of one act."""

    def add_receipt(self, receipt: "Receipt") -> None:
        """Write a receipt."""
        ...

    def void_receipt(self, receipt: "Receipt") -> None:
        """Write when, by whom and why a receipt was voided; nothing else of it changes."""
        ...
