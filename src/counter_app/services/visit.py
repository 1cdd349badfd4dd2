"""The visit as the clerk has entered it so far; what the rules make of it is `assess_visit`."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

from counter_app.domain.condition import Scalar
from counter_app.domain.dossier import Channel, ReturnBy, SubmittedPart
from counter_app.domain.person import Person
from counter_app.domain.procedure import ProcedureCase

MAX_COPIES = 99  # sets of the dossier handed in at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Everything the clerk has entered or scanned, nothing derived.

    ``fields`` maps form ids to typed answers; ``facts`` hold what no form asks (pages, copies to
    certify); ``people`` maps role ids other than the applicant's to the persons scanned for them.
    """

    procedure_id: str
    case_id: str = ""
    applicant: Person | None = None
    people: Mapping[str, Person] = attribute(default_factory=dict)
    fields: Mapping[str, Mapping[str, object]] = attribute(default_factory=dict)
    facts: Mapping[str, Scalar] = attribute(default_factory=dict)
    parts: tuple[SubmittedPart, ...] = ()
    entered_amounts: Mapping[str, int] = attribute(default_factory=dict)
    exemptions: Mapping[str, str] = attribute(default_factory=dict)
    channel: Channel = Channel.COUNTER
    assisted: bool = True
    copies: int = 1
    return_by: ReturnBy = ReturnBy.COUNTER
    slip_asked: bool = False
    card_shown: bool = False  # the applicant's own card was scanned
    override_reason: str = ""
    not_needed: tuple[str, ...] = ()  # parts the clerk found in a database instead


def papers_of(visit: Visit, case: ProcedureCase) -> tuple[SubmittedPart, ...]:
    """Return the papers of the visit, with the identity paper that a scanned card stands for."""
    known = {part.part_id for part in visit.parts}
    shown = (
        SubmittedPart(part_id=part.part_id, name=part.name, presented=True)
        for part in case.parts
        if visit.card_shown and part.shown_by_card and part.part_id not in known
    )
    return (*visit.parts, *shown)
