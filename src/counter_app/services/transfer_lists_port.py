"""What the use cases need of the database about hand-over and postal lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.dossier_life import Holder
    from counter_app.domain.transfer_list import ListKind, ListSummary, TransferList


class TransferListQueries(Protocol):
    """Reads about hand-over and postal lists."""

    def transfer_list(self, list_id: str) -> "TransferList | None":
        """Return a list with its dossiers, or None."""
        ...

    def transfer_list_by_number(
        self, kind: "ListKind", number: int, year: int, counter: int
    ) -> "TransferList | None":
        """Return the list of a number, as it stands on paper; `year` is of office time."""
        ...

    def transfer_lists(self, kind: "ListKind | None" = None, limit: int = 100) -> "Sequence[ListSummary]":
        """Return the past lists, newest first."""
        ...

    def lists_of_dossier(self, dossier_id: str) -> "Sequence[ListSummary]":
        """Return the lists a dossier really was on, newest first."""
        ...

    def list_acknowledged(self, list_id: str) -> bool:
        """Say whether the taker signed for a list; no for a list that is unknown."""
        ...

    def recent_takers(self, kind: "ListKind", limit: int = 12) -> "Sequence[Holder]":
        """Return to whom dossiers were given, the last one first, each once."""
        ...


class TransferListWrites(TransferListQueries, Protocol):
    """Writes about hand-over and postal lists; part of one act."""

    def add_transfer_list(self, made: "TransferList") -> None:
        """Write a new list; its number is no other list's of that kind, year and counter."""
        ...

    def acknowledge_list(self, list_id: str, at: datetime, by: str) -> None:
        """Note who signed for a list, and when."""
        ...

    def take_off_list(self, list_id: str, dossier_id: str) -> None:
        """Note that the act of one dossier was undone before the list left the program."""
        ...
