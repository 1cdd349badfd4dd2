"""The dossier (hồ sơ): everything received at one visit, as one immutable aggregate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.condition import Scalar
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.fee import Charge
from counter_app.domain.person import Person


class Channel(StrEnum):
    """How the dossier came in; national KenhThucHien 1, 2, 3."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"


class ReturnBy(StrEnum):
    """How the citizen gets the result; national HinhThuc 0, 1."""

    COUNTER = "counter"
    POSTAL = "postal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRef:
    """The procedure version and case a dossier was received under; pinned for ever.

    ``definition`` is the digest of the kept definition, as everywhere in a dossier.
    """

    procedure_id: str
    version: str
    case_id: str
    name: str
    case_name: str = ""
    national_code: str = ""
    sector: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """Answers to one version of a form; values as `FieldType` describes."""

    form_id: str
    form_version: str
    answers: Mapping[str, object]
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedPart:
    """A paper handed in or shown, with how many of each kind."""

    part_id: str
    name: str
    original: int = 0
    copy: int = 0
    electronic: int = 0
    presented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A received dossier. Times are aware; the code is never reused, the secret opens look-up.

    ``first_due_at`` is the promise made at the desk, once it was changed: statistics count by it.
    ``office_definition`` is the office as printed on the papers, ``calendar_definition`` the calendar the
    promise was last weighed with: made, changed, or kept against. A dossier still being made has neither.
    """

    dossier_id: str
    dossier_code: str
    provisional_code: bool
    lookup_secret: str
    counter: int
    clerk: str
    procedure: ProcedureRef
    applicant: Person
    channel: Channel
    assisted: bool
    received_at: datetime
    promise: Promise
    slip_required: bool
    status: DossierStatus
    forms: tuple[FilledForm, ...] = ()
    parts: tuple[SubmittedPart, ...] = ()
    charges: tuple[Charge, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)  # role id → person scanned or typed
    facts: Mapping[str, Scalar] = field(default_factory=dict)  # what no form asks: pages, copies to certify
    copies: int = 1
    return_by: ReturnBy = ReturnBy.COUNTER
    training: bool = False
    aliases: tuple[str, ...] = ()
    first_due_at: datetime | None = None
    office_definition: str = ""
    calendar_definition: str = ""

    @property
    def due_at(self) -> datetime | None:
        """The promised moment, or None when the law names none."""
        return self.promise.due_at
