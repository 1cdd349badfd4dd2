"""Which copy of a paper the next one is: counted from the act the paper tells of.

Acts and papers are ordered by the steps of the history, never by the clock, which may be set back.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from counter_app.services.papers.paper_kinds import (
    APOLOGY,
    RECEIPT,
    REFUSAL,
    STOP,
    SUPPLEMENT,
    kind_of,
    place_of,
)
from counter_app.services.papers.standing_steps import FEE_COLLECTED, numbers_of

if TYPE_CHECKING:
    from counter_app.services.ports import HistoryEntry, PrintRecord

_MADE_BY = {  # the acts that make a paper; any other is as old as the dossier
    SUPPLEMENT: "supplement_requested",
    RECEIPT: FEE_COLLECTED,
    REFUSAL: "refused",
    STOP: "stopped",
    APOLOGY: "extended",
}


def next_copy(paper: str, prints: Iterable["PrintRecord"], history: Sequence["HistoryEntry"]) -> int:
    """Return 1 for a paper that never left, else one more than the last copy that did.

    A second request or receipt is a new paper, though the print log calls both by the same name; so is
    one made anew after the first was taken back.
    """
    kind = kind_of(paper)
    act = _MADE_BY.get(kind)
    left = [record for record in prints if record.outcome != "failed"]
    if act is None:
        mine = [record for record in left if record.paper == paper]
    else:
        steps = numbers_of(act, history)
        place = place_of(paper) or len(steps)
        mine = [r for r in left if kind_of(r.paper) == kind and _tells_of(r, place, steps)]
    return 1 + max((record.copy_no for record in mine), default=0)


def _tells_of(record: "PrintRecord", place: int, steps: Sequence[int]) -> bool:
    """Tell whether a print is one of the `place`-th paper: so named, or the last one there was then."""
    named = place_of(record.paper)
    if named is None:
        return place > 0 and sum(step <= record.of_step for step in steps) == place
    return named == place <= len(steps) and record.of_step >= steps[place - 1]
