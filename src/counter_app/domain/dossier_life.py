"""What has happened to a dossier since it was received, as far as later acts and papers need it.

The history tells every step; this is the state those steps led to. Numbers are those of the papers,
running within kind and year of one counter, 0 where the act made no paper. Moments are aware.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.procedure import SupplementPolicy


class EndedBy(StrEnum):
    """How a dossier ended before its result."""

    REFUSAL = "refusal"
    STOP = "stop"
    WITHDRAWAL = "withdrawal"


class ReturnTo(StrEnum):
    """Who took the result."""

    OWNER = "owner"
    DELEGATE = "delegate"
    POST = "post"


class PaymentPolicy(StrEnum):
    """What waiting for a payment does to the time limit."""

    RUN = "run"  # it runs on
    SHIFT = "shift"  # the working days waited are added (land: financial duties are not the office's time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who works on the dossier: an officer (công chức) of the commune, or another agency."""

    name: str
    agency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """One request for what is missing (Mẫu 02), open until ``resumed_at``.

    ``repeat_reason`` says why the citizen is asked a second time; ``policy`` is what the case says
    about the time limit. ``due_before`` and ``due_after`` are the promises around it.
    """

    number: int
    at: datetime
    clerk: str
    items: tuple[str, ...]
    reason: str
    policy: SupplementPolicy
    repeat_reason: str = ""
    due_before: datetime | None = None
    resumed_at: datetime | None = None
    due_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The one extension (Mẫu 04). ``late_reason`` is why it was not given a working day ahead."""

    number: int
    at: datetime
    clerk: str
    reason: str
    due_before: datetime
    due_after: datetime
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDemand:
    """A payment the dossier waits for, until ``paid_at``."""

    at: datetime
    clerk: str
    text: str
    amount_vnd: int | None = None
    policy: PaymentPolicy = PaymentPolicy.RUN
    paid_at: datetime | None = None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Refusal (Mẫu 03), stop (Mẫu 05) or withdrawal.

    ``reasons`` are the grounds; ``decided_by`` who decided a stop; ``fees`` and ``originals`` what
    happens to them; ``on_request`` whether the citizen asked for the stop.
    """

    kind: EndedBy
    number: int
    at: datetime
    clerk: str
    reasons: tuple[str, ...]
    decided_by: str = ""
    fees: str = ""
    originals: str = ""
    on_request: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of the dossier; ``granted`` False: the answer is no, with its reason on the result."""

    at: datetime
    clerk: str
    name: str
    number: str = ""
    granted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """To whom the result was given.

    ``identity_checked`` names how: ``card`` (scanned), ``seen`` (the clerk looked at a paper),
    ``known`` (by another paper, which ``note`` names). ``authorisation`` names the letter a delegate
    brought; ``postal_code`` the item of the post.
    """

    at: datetime
    clerk: str
    to: ReturnTo
    full_name: str
    personal_id: str = ""
    identity_checked: str = ""
    authorisation: str = ""
    postal_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The state since the receipt.

    ``holder`` has it now, ``handed_to`` had it last: the register names who resolved it. ``rev`` counts
    the acts reported to the server, the receipt being 1. ``given_back`` counts the
    originals returned, by paper. ``paid_vnd`` is what receipts say was taken. ``corrections`` counts how
    often the intake was corrected: the slip says so.
    """

    rev: int = 1
    holder: Holder | None = None
    handed_to: Holder | None = None
    handed_over_at: datetime | None = None
    supplements: tuple[Supplement, ...] = ()
    extension: Extension | None = None
    payment: PaymentDemand | None = None
    ending: Ending | None = None
    result: Result | None = None
    returned: Return | None = None
    given_back: Mapping[str, int] = field(default_factory=dict)
    paid_vnd: int = 0
    rated: bool = False
    corrections: int = 0

    @property
    def open_supplement(self) -> Supplement | None:
        """The request still waiting for the citizen, or None."""
        last = self.supplements[-1] if self.supplements else None
        return last if last is not None and last.resumed_at is None else None

    @property
    def counts_late(self) -> bool:
        """Whether the index of Quyết định 766/QĐ-TTg counts it late: asked for papers twice.

        Source: a third-party copy of the formula sheet of QĐ 766; to be compared with the original.
        """
        return len(self.supplements) > 1
