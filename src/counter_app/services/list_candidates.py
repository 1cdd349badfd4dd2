"""What a clerk sees of a dossier before it goes on a list: may it, and what should be looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import ReturnBy
from counter_app.domain.dossier_acts import GiveResult, HandOver, refusal_of
from counter_app.domain.errors import KnownError
from counter_app.services.desk import Desk

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import Queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One dossier. ``problem`` keeps it off the list; ``remarks`` (codes) only want a look.

    Remarks: ``no_address``, ``wants_counter`` (the citizen comes for the result), ``held_by`` (somebody
    works on it already, named in ``holder``), ``fee_open`` (something is still to be paid).
    """

    dossier_id: str
    dossier_code: str
    person: str
    procedure: str
    due_at: datetime | None
    originals: int
    problem: KnownError | None = None
    remarks: tuple[str, ...] = ()
    holder: str = ""


def candidates(desk: Desk, act: type, dossier_ids: Iterable[str]) -> tuple[Candidate, ...]:
    """Return the dossiers that are there, in the order given; `act` is the request of the list."""
    with desk.store.reading() as queries:
        found = [queries.dossier(dossier_id) for dossier_id in dict.fromkeys(dossier_ids)]
    return tuple(candidate(dossier, act) for dossier in found if dossier is not None)


def candidate_by_code(queries: "Queries", code: str, act: type) -> Candidate | None:
    """Return the dossier of a scanned code, or None."""
    dossier = queries.dossier_by_code(code)
    return None if dossier is None else candidate(dossier, act)


def candidate(dossier: "Dossier", act: type) -> Candidate:
    """Return how a dossier stands towards a list."""
    return Candidate(
        dossier_id=dossier.dossier_id,
        dossier_code=dossier.dossier_code,
        person=dossier.applicant.full_name,
        procedure=dossier.procedure.name,
        due_at=dossier.due_at,
        originals=dossier.originals_held,
        problem=refusal_of(dossier, act),
        remarks=tuple(_remarks(dossier, act)),
        holder=dossier.life.holder.name if dossier.life.holder else "",
    )


def _remarks(dossier: "Dossier", act: type) -> Iterable[str]:
    if act is HandOver and dossier.life.holder is not None:
        yield "held_by"
    if act is GiveResult:
        if not dossier.applicant.address:
            yield "no_address"
        if dossier.return_by is not ReturnBy.POSTAL:
            yield "wants_counter"
        charges = dossier.charges_vnd
        if charges is None or charges > dossier.life.paid_vnd:
            yield "fee_open"
