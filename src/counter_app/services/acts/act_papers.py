"""Which papers an act makes, and printing them once it is committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts import (
    ActRequest,
    AskSupplement,
    Extend,
    Refuse,
    Resume,
    Stop,
    TakePayment,
)
from counter_app.domain.errors import KnownError
from counter_app.services.papers import paper_kinds
from counter_app.services.print_papers import print_paper

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk

_MADE: dict[type, tuple[str, ...]] = {
    AskSupplement: (paper_kinds.SUPPLEMENT,),
    Resume: (paper_kinds.SLIP,),
    Refuse: (paper_kinds.REFUSAL,),
    Stop: (paper_kinds.STOP,),
    Extend: (paper_kinds.APOLOGY, paper_kinds.SLIP),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What left the printer; ``failed`` is the first paper that did not, ``problem`` why."""

    papers: tuple[str, ...] = ()
    failed: str = ""
    problem: KnownError | None = None


def papers_made(request: ActRequest, before: "Dossier", after: "Dossier") -> tuple[str, ...]:
    """Return the papers to hand to the citizen after an act."""
    if isinstance(request, TakePayment):
        return (paper_kinds.SLIP,) if after.due_at != before.due_at else ()
    return _MADE.get(type(request), ())


def print_made(desk: "Desk", dossier: "Dossier", papers: Sequence[str]) -> Printed:
    """Print what an act made, from committed data; stops at the first failure, which is on record."""
    done: list[str] = []
    for paper in papers:
        try:
            print_paper(desk, dossier, paper)
        except KnownError as problem:
            return Printed(papers=tuple(done), failed=paper, problem=problem)
        done.append(paper)
    return Printed(papers=tuple(done))
