"""The steps of a dossier's history that still stand: what was taken back is left out with its undoing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.services.ports import HistoryEntry

FEE_COLLECTED = "fee_collected"
FEE_VOIDED = "fee_voided"
_UNDONE = "undone"


def standing_steps(history: Sequence["HistoryEntry"]) -> tuple["HistoryEntry", ...]:
    """Return the steps, oldest first, without those a later ``undone`` names, nor the undoing itself."""
    return tuple(entry for _number, entry in _numbered(history))


def numbers_of(act: str, history: Sequence["HistoryEntry"]) -> tuple[int, ...]:
    """Return which steps of the whole history, from 1, an act was done at that still stands."""
    return tuple(number for number, entry in _numbered(history) if entry.act == act)


def _numbered(history: Sequence["HistoryEntry"]) -> list[tuple[int, "HistoryEntry"]]:
    standing: list[tuple[int, HistoryEntry]] = []
    for number, entry in enumerate(history, start=1):
        if entry.act != _UNDONE:
            standing.append((number, entry))
            continue
        act = entry.detail.get(_UNDONE)
        place = next((n for n in reversed(range(len(standing))) if standing[n][1].act == act), None)
        if place is not None:
            del standing[place]
    return standing


def receipt_steps(history: Sequence["HistoryEntry"]) -> tuple["HistoryEntry", ...]:
    """Return the steps at which money was taken and a receipt made, oldest first."""
    return tuple(entry for entry in standing_steps(history) if entry.act == FEE_COLLECTED)
