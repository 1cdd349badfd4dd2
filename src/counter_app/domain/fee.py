"""Fees and levies: who sets them, what they come to, who is exempt. Amounts are whole đồng."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from counter_app.domain.condition import Condition, holds
from counter_app.domain.errors import BadInput

# Above this an amount entered by hand is a slip of the finger.
MAX_AMOUNT_VND = 1_000_000_000


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
    PERSON = "person"


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

    def offered(self, values: Mapping[str, object], on: date) -> bool:
        """Tell whether this visit may claim the exemption on day `on`."""
        return in_force(self, on) and holds(self.when, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """One fee of a case. ``amount_vnd`` None means unknown, never zero.

    ``count_from`` names the answer or fact that holds the number of copies (basis copy), of persons who
    pay (basis person) or of pages of one copy (basis page); with basis page ``copies_from`` names the
    number of copies, one when empty. ``cap_vnd`` limits the sum of one copy.
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
    copies_from: str = ""
    channels: tuple[str, ...] = ()
    when: Condition | None = None
    exemptions: tuple[Exemption, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    basis_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What one visit owes for one fee. ``amount_vnd`` None: the clerk must still enter it.

    ``quantity`` counts what ``counted`` says: cases, copies or persons, never pages; ``note`` names the
    exemption.
    """

    fee_id: str
    name: str
    kind: ChargeKind
    amount_vnd: int | None
    quantity: int = 1
    exemption_id: str = ""
    note: str = ""
    counted: FeeBasis = FeeBasis.COPY


def charge_for(
    rule: FeeRule,
    *,
    values: Mapping[str, object],
    on: date,
    channel: str,
    province_amounts: Mapping[str, int],
    exemption_id: str = "",
    entered: int | None = None,
) -> Charge | None:
    """Work out what one visit owes under `rule`, or None when the rule does not apply to it.

    Args:
        rule: The fee as the catalogue has it.
        values: Answers and facts of the visit.
        on: The day of intake.
        channel: "counter", "online" or "postal".
        province_amounts: What the office entered for fees its province sets: fee id to đồng, for one
            case, copy or page. A fee not in it is unknown, never zero.
        exemption_id: The exemption the clerk saw proof of. One that is not offered (today, to this
            visit, by this fee) exempts nobody: the whole amount stays due.
        entered: The whole sum entered by the clerk. It completes an unknown amount and replaces one
            the province sets, of which the clerk is warned (`services.amounts_entered`); an amount set
            centrally is never replaced.

    Raises:
        BadInput: ``bad_amount`` (fee_id, amount) when `entered` is negative or absurd.
    """
    if entered is not None and not 0 <= entered <= MAX_AMOUNT_VND:
        raise BadInput("bad_amount", fee_id=rule.fee_id, amount=entered)
    if not _applies(rule, values, on, channel):
        return None
    copies = _copies(rule, values)
    if copies == 0:
        return None
    exemption = next(
        (e for e in exemptions_offered(rule, values, on) if e.exemption_id == exemption_id), None
    )
    amount = 0 if exemption else _amount(rule, values, copies, province_amounts)
    if entered is not None and (
        amount is None or (rule.set_by is FeeSetter.PROVINCE_COUNCIL and not exemption)
    ):
        amount = entered
    return Charge(
        fee_id=rule.fee_id,
        name=rule.name,
        kind=rule.kind,
        amount_vnd=amount,
        quantity=copies or 1,
        exemption_id=exemption.exemption_id if exemption else "",
        note=exemption.name if exemption else "",
        counted=FeeBasis.PERSON if rule.basis is FeeBasis.PERSON else FeeBasis.COPY,
    )


def in_force(dated: FeeRule | Exemption, on: date) -> bool:
    """Tell whether a fee or an exemption holds on day `on`; both days belong to it."""
    return (dated.valid_from is None or dated.valid_from <= on) and (
        dated.valid_to is None or on <= dated.valid_to
    )


def exemptions_offered(rule: FeeRule, values: Mapping[str, object], on: date) -> tuple[Exemption, ...]:
    """Return the exemptions this visit may claim on day `on`, in the order of the data."""
    return tuple(exemption for exemption in rule.exemptions if exemption.offered(values, on))


def total(charges: Iterable[Charge]) -> int | None:
    """Return the sum in đồng, or None as long as one amount is unknown."""
    amounts = [charge.amount_vnd for charge in charges]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def format_vnd(amount: int) -> str:
    """Return "50.000 đ", as Vietnamese papers write it."""
    return f"{amount:,} đ".replace(",", ".")


def _applies(rule: FeeRule, values: Mapping[str, object], on: date, channel: str) -> bool:
    in_channel = not rule.channels or channel in rule.channels
    return in_channel and in_force(rule, on) and holds(rule.when, values)


def _copies(rule: FeeRule, values: Mapping[str, object]) -> int | None:
    """Return how many cases or copies are paid for; None while nobody has said."""
    if rule.basis is FeeBasis.CASE or (rule.basis is FeeBasis.PAGE and not rule.copies_from):
        return 1
    return _count(values, rule.copies_from if rule.basis is FeeBasis.PAGE else rule.count_from)


def _count(values: Mapping[str, object], key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _amount(
    rule: FeeRule, values: Mapping[str, object], copies: int | None, province_amounts: Mapping[str, int]
) -> int | None:
    one = _amount_of_one(rule, values, province_amounts)
    return None if one is None or copies is None else one * copies


def _amount_of_one(
    rule: FeeRule, values: Mapping[str, object], province_amounts: Mapping[str, int]
) -> int | None:
    """Return the sum of one case or copy, capped; None when price or pages are unknown."""
    by_province = rule.set_by is FeeSetter.PROVINCE_COUNCIL
    price = province_amounts.get(rule.fee_id) if by_province else rule.amount_vnd
    tiers = () if by_province else rule.tiers
    if rule.basis is FeeBasis.PAGE:
        tiers = tiers or (() if price is None else (FeeTier(from_page=1, amount_vnd=price),))
        pages = _count(values, rule.count_from)
        price = _sum_of_pages(tiers, pages) if tiers and pages else None
    if price is None:
        return None
    return price if rule.cap_vnd is None else min(price, rule.cap_vnd)


def _sum_of_pages(tiers: tuple[FeeTier, ...], pages: int) -> int:
    tiers = tuple(sorted(tiers, key=lambda tier: tier.from_page))
    bounds = [*(tier.from_page for tier in tiers), pages + 1]
    counts = [max(0, min(following, pages + 1) - start) for start, following in pairwise(bounds)]
    return sum(count * tier.amount_vnd for count, tier in zip(counts, tiers, strict=True))
