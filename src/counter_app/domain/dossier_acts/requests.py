"""What a clerk asks for, one shape an act; texts as typed, checked when the act is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.dossier_life import Holder, PaymentPolicy, ReturnTo


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Give the dossier to the officer or agency that resolves it (NĐ 61/2018 Điều 18)."""

    to: Holder
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSupplement:
    """Ask once, completely, for what is missing (Mẫu 02; NĐ 61/2018 Điều 17).

    ``repeat_reason`` is needed from the second request on.
    """

    items: tuple[str, ...]
    reason: str
    repeat_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Go on: what was missing has come. ``parts`` are the papers handed in now.

    ``reason`` says why the dossier goes on although no paper came.
    """

    parts: tuple[SubmittedPart, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Refuse the dossier (Mẫu 03)."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPayment:
    """Wait for a payment the law demands before the result (national status 6)."""

    text: str
    amount_vnd: int | None = None
    policy: PaymentPolicy = PaymentPolicy.RUN


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePayment:
    """The payment waited for was made."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Promise another day, with an apology (Mẫu 04; NĐ 61/2018 Điều 19: once).

    The new day is ``due_at``, or ``time`` ("5wd") counted on from the old promise.
    """

    reason: str
    due_at: datetime | None = None
    time: str = ""
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Stop resolving (Mẫu 05): grounds, who decided, what becomes of fees and originals."""

    reasons: tuple[str, ...]
    decided_by: str
    fees: str = ""
    originals: str = ""
    on_request: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """The citizen takes the dossier back."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterResult:
    """The result is there to be given out; without a name it is called as the procedure calls it."""

    name: str = ""
    number: str = ""
    granted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveResult:
    """Give the result to the owner, a delegate or the post; ``originals`` given back by paper."""

    to: ReturnTo
    full_name: str
    personal_id: str = ""
    identity_checked: str = ""
    authorisation: str = ""
    postal_code: str = ""
    note: str = ""
    originals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """Give originals back: by paper, how many, and to whom."""

    originals: Mapping[str, int]
    full_name: str
    personal_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the last act back, which nothing on paper tells of yet.

    A result recorded as given needs the reason and the clerk's word that nobody got it.
    """

    reason: str = ""
    nothing_handed_out: bool = False


ActRequest = (
    HandOver
    | AskSupplement
    | Resume
    | Refuse
    | AskPayment
    | TakePayment
    | Extend
    | Stop
    | Withdraw
    | EnterResult
    | GiveResult
    | GiveBack
)
