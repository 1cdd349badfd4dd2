"""What the intake screen knows at one moment; entered things and what was worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.errors import KnownError
    from counter_app.domain.person import Person
    from counter_app.services.assess_visit import Assessment
    from counter_app.services.kinship_port import Relative
    from counter_app.services.people.same_request import SameRequest
    from counter_app.services.ports import DossierRow, Draft, PersonRecord
    from counter_app.services.visit import Visit
    from counter_app.ui.intake.correction import Correction


# The applicant's key among the people of the screen; forms name the role differently.
APPLICANT = "applicant"

FROM_CARD = "card"
FROM_CLERK = "typed"
FROM_RECORD = "record"  # an earlier visit, at the clerk's word


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something about a person the clerk should look at; ``params`` feed the message."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a person's data came from (`FROM_CARD`, `FROM_CLERK`, `FROM_RECORD`), and when."""

    kind: str
    at: datetime
    cautions: tuple[Caution, ...] = ()
    repaired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFailure:
    """A paper that did not come out, and why."""

    paper: str
    error: KnownError


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The dossier received last and what became of its papers.

    ``printed`` and ``saved`` are paper names; ``waiting`` are still on their way to the printer.
    """

    dossier: Dossier
    waiting: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    failures: tuple[PrintFailure, ...] = ()
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeState:
    """The screen's state.

    ``origins`` is keyed by role (`APPLICANT` or a role id). ``carried`` marks a visit that only
    took over the applicant of the one before. ``problem`` says why there is no assessment.
    ``law`` are the versions of procedure and forms the visit was last seen under, ``switched`` says that
    others took their place meanwhile, ``unasked`` how many answers nobody asks any more since.
    ``records``, ``relatives``, ``alike`` (who may be the same person) and ``acts_for`` (who let them act
    in their place by a letter) are keyed by personal id.
    ``correcting`` is the received dossier the visit corrects; ``now`` is then the moment of its receipt.
    ``open_same`` are open dossiers of the applicant for the same procedure, ``open_about`` those others
    handed in about the same child or dead person: advice, never a bar.
    """

    draft_id: str
    now: datetime
    visit: Visit
    origins: Mapping[str, Origin] = field(default_factory=dict)
    carried: bool = False
    assessment: Assessment | None = None
    problem: KnownError | None = None
    law: Mapping[str, str] = field(default_factory=dict)
    switched: bool = False
    unasked: int = 0
    records: Mapping[str, PersonRecord] = field(default_factory=dict)
    relatives: Mapping[str, tuple[Relative, ...]] = field(default_factory=dict)
    alike: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    acts_for: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    open_same: tuple[DossierRow, ...] = ()
    open_about: tuple[SameRequest, ...] = ()
    drafts: tuple[Draft, ...] = ()
    received: Received | None = None
    receiving: bool = False
    correcting: Correction | None = None
    doubt: KnownError | None = None  # asked before receiving: papers missing, clock set back
    draft_saved_at: datetime | None = None
    draft_problem: KnownError | None = None


def has_content(visit: Visit) -> bool:
    """Tell whether anything of a citizen or of the clerk's typing would be lost with the visit."""
    return bool(
        visit.applicant
        or visit.people
        or any(visit.fields.values())
        or visit.facts
        or visit.parts
        or visit.entered_amounts
        or visit.exemptions
    )
