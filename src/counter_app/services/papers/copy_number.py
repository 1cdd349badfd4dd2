"""Which copy of a paper the next one is: counted from the act the paper tells of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.services.papers.paper_kinds import RECEIPT, SUPPLEMENT, kind_of, made_at, place_of
from counter_app.services.papers.standing_steps import receipt_steps

if TYPE_CHECKING:
    from counter_app.services.ports import HistoryEntry, PrintRecord


def next_copy(
    dossier: Dossier, paper: str, prints: Iterable["PrintRecord"], history: Sequence["HistoryEntry"]
) -> int:
    """Return 1 for a paper that never left, else one more than the last copy that did.

    A second request or receipt is a new paper, though the print log calls both by the same name; so is
    one made anew after the first was taken back.
    """
    kind = kind_of(paper)
    moments = {
        SUPPLEMENT: [asked.at for asked in dossier.life.supplements],
        RECEIPT: [step.at for step in receipt_steps(history)],
    }.get(kind)
    left = [record for record in prints if record.outcome != "failed"]
    if moments is None:
        since = made_at(dossier, paper)
        mine = [r for r in left if r.paper == paper and (since is None or r.at >= since)]
    else:
        mine = [r for r in left if kind_of(r.paper) == kind and _tells_of(r, _place(paper, moments), moments)]
    return 1 + max((record.copy_no for record in mine), default=0)


def _place(paper: str, moments: Sequence[datetime]) -> int:
    return place_of(paper) or len(moments)


def _tells_of(record: "PrintRecord", place: int, moments: Sequence[datetime]) -> bool:
    """Tell whether a print is one of the `place`-th paper: so named, or the last one there was then."""
    named = place_of(record.paper)
    if named is None:
        return sum(moment <= record.at for moment in moments) == place
    return named == place and record.at >= moments[place - 1]
