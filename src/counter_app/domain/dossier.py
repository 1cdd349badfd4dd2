"""The dossier (hồ sơ): everything received at one visit, as one immutable aggregate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.condition import Scalar
from counter_app.domain.dossier_life import Life, PaymentPolicy
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.fee import Charge, total
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
    """A paper handed in or shown, with how many of each kind.

    ``held`` of the originals are only kept for a while: the desk must give them back.
    """

    part_id: str
    name: str
    original: int = 0
    copy: int = 0
    electronic: int = 0
    presented: bool = False
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A received dossier. Times are aware; the code is never reused, the secret opens look-up.

    ``first_due_at`` is the promise made at the desk, once it was changed: statistics count by it.
    ``office_definition`` is the office as printed on the papers, ``calendar_definition`` the calendar the
    promise was last weighed with: made, changed, or kept against. A dossier still being made has neither.
    ``register_no`` is its place in the register of its counter and year, 0 before it has one.
    ``owner`` is the device that may act on it, "" for this one; ``seen`` the number, in the office's order,
    of the newest act of others that is in it.
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
    register_no: int = 0
    owner: str = ""
    seen: int = 0
    life: Life = field(default_factory=Life)

    @property
    def due_at(self) -> datetime | None:
        """The promised moment, or None when the law names none."""
        return self.promise.due_at

    @property
    def counted_since(self) -> datetime:
        """The moment the present count began: the receipt, or the day the last missing papers came."""
        resumed = [each.resumed_at for each in self.life.supplements if each.resumed_at is not None]
        return resumed[-1] if resumed else self.received_at

    @property
    def resolved_at(self) -> datetime | None:
        """When the dossier was done with (NgayKetThucXuLy): its result came, or it ended without one."""
        done = self.life.ending or self.life.result
        return None if done is None else done.at

    @property
    def ended_at(self) -> datetime | None:
        """When its life ended, or None while something is still to be done."""
        last = self.life.ending or self.life.returned
        return None if last is None else last.at

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the citizen is waited for, for papers or money; None when nobody waits."""
        if self.status is DossierStatus.AWAITING_SUPPLEMENT and self.life.supplements:
            return self.life.supplements[-1].at
        if self.status is DossierStatus.AWAITING_PAYMENT and self.life.payment:
            return self.life.payment.at
        return None

    @property
    def stands_still(self) -> bool:
        """Whether its time does not run: papers are awaited, or a payment that is not the office's time."""
        if self.status is DossierStatus.AWAITING_PAYMENT and self.life.payment is not None:
            return self.life.payment.policy is PaymentPolicy.SHIFT
        return self.status is DossierStatus.AWAITING_SUPPLEMENT

    @property
    def originals_held(self) -> int:
        """How many originals the desk must still give back."""
        return sum(part.held for part in self.parts) - sum(self.life.given_back.values())

    @property
    def charges_vnd(self) -> int | None:
        """What the dossier costs in đồng, or None as long as one amount is unknown."""
        return total(self.charges)
