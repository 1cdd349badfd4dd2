"""Fees and levies: who sets them, what they come to, who is exempt. Amounts are whole đồng."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.condition import Condition


class ChargeKind(StrEnum):
    """Phí pays for a service, lệ phí is a fixed levy (Luật Phí và lệ phí 97/2015/QH13)."""

    FEE = "fee"
    LEVY = "levy"


class FeeSetter(StrEnum):
    """Who decides the amount; what a province decides is unknown until the office enters it."""

    NONE = "none"
    CENTRAL = "central"
    PROVINCE_COUNCIL = "province_council"


class FeeBasis(StrEnum):
    """What the amount is multiplied by."""

    CASE = "case"
    COPY = "copy"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTier:
    """``amount_vnd`` a page from page ``from_page`` on (the first page is 1)."""

    from_page: int
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A class of persons who do not pay, and the paper that proves it."""

    exemption_id: str
    name: str
    proof: str = ""
    when: Condition | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """One fee of a case. ``amount_vnd`` None means unknown, never zero.

    ``count_from`` names the answer or fact that holds the number of copies or pages;
    ``cap_vnd`` limits the sum of one copy.
    """

    fee_id: str
    name: str
    kind: ChargeKind = ChargeKind.LEVY
    set_by: FeeSetter = FeeSetter.NONE
    basis: FeeBasis = FeeBasis.CASE
    amount_vnd: int | None = None
    tiers: tuple[FeeTier, ...] = ()
    cap_vnd: int | None = None
    count_from: str = ""
    channels: tuple[str, ...] = ()
    when: Condition | None = None
    exemptions: tuple[Exemption, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    basis_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What one visit owes for one fee. ``amount_vnd`` None: the clerk must still enter it."""

    fee_id: str
    name: str
    kind: ChargeKind
    amount_vnd: int | None
    quantity: int = 1
    exemption_id: str = ""
    note: str = ""
