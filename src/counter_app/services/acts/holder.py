"""Which counter holds a dossier now: who received it, unless somebody took it over since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import HistoryEntry

TAKEN_OVER = "taken_over"


def holding_counter(dossier: "Dossier", history: "Sequence[HistoryEntry]") -> int:
    """Return the number of the counter that holds another counter's dossier.

    `history` goes from old to new; a step of another counter tells its number, one of our own does not,
    and what the fold put aside changed nothing.
    """
    for entry in reversed(history):
        counter = entry.detail.get("counter")
        if entry.act == TAKEN_OVER and isinstance(counter, int) and "put_aside" not in entry.detail:
            return counter
    return dossier.counter
