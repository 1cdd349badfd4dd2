"""Money taken at the desk for a dossier's fees, and what is still to be taken. Amounts are whole đồng.

A receipt is never changed; one made by mistake is voided the same day and keeps its number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.fee import MAX_AMOUNT_VND, Charge, format_vnd


class PaidBy(StrEnum):
    """How the money came; national HinhThucThu tells cash from the rest."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """What was taken for one fee; ``fee_id`` is that of the dossier's charge.

    ``entered``: the dossier did not know the amount until it was taken.
    """

    fee_id: str
    name: str
    amount_vnd: int
    quantity: int = 1
    entered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One receipt. ``number`` runs within ``counter`` and ``year``; ``over_reason`` is why more was taken."""

    receipt_id: str
    dossier_id: str
    counter: int
    year: int
    number: int
    at: datetime
    clerk: str
    payer: str
    method: PaidBy
    lines: tuple[PaidLine, ...]
    note: str = ""
    over_reason: str = ""
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""

    @property
    def total_vnd(self) -> int:
        """What was taken."""
        return sum(line.amount_vnd for line in self.lines)

    @property
    def counted_vnd(self) -> int:
        """What it adds to what the dossier has paid: nothing once it is void."""
        return 0 if self.voided_at else self.total_vnd


@dataclass(frozen=True, slots=True, kw_only=True)
class CashSum:
    """What a clerk took for fees of one name in one way; the voided part is in ``taken_vnd`` too."""

    fee_name: str
    method: PaidBy
    clerk: str
    taken_vnd: int
    taken_count: int
    voided_vnd: int = 0
    voided_count: int = 0

    @property
    def kept_vnd(self) -> int:
        """What is in the drawer or on the account: taken without what was given back."""
        return self.taken_vnd - self.voided_vnd


def paid_for(receipts: Iterable[Receipt]) -> dict[str, int]:
    """Return what valid receipts say was taken, by fee."""
    paid: dict[str, int] = {}
    for receipt in receipts:
        for line in receipt.lines if receipt.voided_at is None else ():
            paid[line.fee_id] = paid.get(line.fee_id, 0) + line.amount_vnd
    return paid


def still_due(charges: Iterable[Charge], paid: Mapping[str, int]) -> tuple[Charge, ...]:
    """Return the charges with what is left of each; one of unknown amount stays unknown, one paid is out.

    A correction may leave money that was taken for a fee the dossier no longer has, or is now exempt from:
    it counts for the fees there are, in their order. Nobody pays twice because we erred.
    """
    payable = [charge for charge in charges if not charge.exemption_id]
    fee_ids = {charge.fee_id for charge in payable}
    credit = sum(amount for fee_id, amount in paid.items() if fee_id not in fee_ids)
    left: list[Charge] = []
    for charge in payable:
        if charge.amount_vnd is None:
            left.append(charge)
            continue
        due = max(0, charge.amount_vnd - paid.get(charge.fee_id, 0))
        credited = min(due, credit)
        credit -= credited
        if due > credited:
            left.append(replace(charge, amount_vnd=due - credited))
    return tuple(left)


def due_after(charges: Sequence[Charge], receipts: Sequence[Receipt]) -> tuple[Charge, ...]:
    """Return what is left of the charges after what the dossier's receipts took."""
    return still_due(completed(charges, receipts), paid_for(receipts))


def overpaid_vnd(charges: Iterable[Charge], paid_vnd: int) -> int:
    """Return how much more was taken than the fees of known amount come to, 0 when it is not more."""
    return max(0, paid_vnd - sum(charge.amount_vnd or 0 for charge in charges if not charge.exemption_id))


def everything(due: Sequence[Charge]) -> dict[str, int]:
    """Return all that is due, by fee.

    Raises:
        BadInput: ``nothing_to_collect``, ``fee_amount_unknown`` (names).
    """
    unknown = [charge.name for charge in due if charge.amount_vnd is None]
    if unknown:
        raise BadInput("fee_amount_unknown", names=unknown)
    if not due:
        raise BadInput("nothing_to_collect")
    return {charge.fee_id: charge.amount_vnd or 0 for charge in due}


def one_sum(charges: Sequence[Charge], due: Sequence[Charge], amount_vnd: int) -> dict[str, int]:
    """Return how one sum fills the fees in their order; the rest goes to the unknown one, else the last.

    Raises:
        BadInput: ``nothing_to_collect`` for a dossier without fees, ``fee_amount_unknown`` (names) when
            two amounts are unknown.
    """
    unknown = [charge for charge in due if charge.amount_vnd is None]
    if len(unknown) > 1:
        raise BadInput("fee_amount_unknown", names=[charge.name for charge in unknown])
    if not charges:
        raise BadInput("nothing_to_collect")
    left, taken = amount_vnd, dict.fromkeys((charge.fee_id for charge in due), 0)
    for charge in due:
        taken[charge.fee_id] = min(left, charge.amount_vnd or 0)
        left -= taken[charge.fee_id]
    last = (unknown or due or charges)[-1].fee_id
    taken[last] = taken.get(last, 0) + left
    return {fee_id: amount for fee_id, amount in taken.items() if amount}


def paid_lines(charges: Sequence[Charge], amounts: Mapping[str, int]) -> tuple[PaidLine, ...]:
    """Return the lines of a receipt, in the order of the fees.

    Raises:
        BadInput: ``fee_unknown`` (fee_id), ``bad_amount`` (fee_id, amount), ``nothing_to_collect``.
    """
    by_id = {charge.fee_id: charge for charge in charges}
    for fee_id, amount in amounts.items():
        if fee_id not in by_id:
            raise BadInput("fee_unknown", fee_id=str(fee_id)[:60])
        checked_amount(amount, fee_id)
    if not amounts:
        raise BadInput("nothing_to_collect")
    return tuple(
        PaidLine(
            fee_id=charge.fee_id,
            name=charge.name,
            amount_vnd=amounts[charge.fee_id],
            quantity=max(1, charge.quantity),
            entered=charge.amount_vnd is None,
        )
        for charge in charges
        if charge.fee_id in amounts
    )


def checked_amount(amount_vnd: int, fee_id: str = "") -> int:
    """Return a sum that can be taken; BadInput ``bad_amount`` (fee_id, amount)."""
    whole = isinstance(amount_vnd, int) and not isinstance(amount_vnd, bool)
    if not whole or not 0 < amount_vnd <= MAX_AMOUNT_VND:
        raise BadInput("bad_amount", fee_id=fee_id, amount=str(amount_vnd)[:20])
    return amount_vnd


def completed(charges: Sequence[Charge], receipts: Sequence[Receipt]) -> tuple[Charge, ...]:
    """Return the charges; an unknown amount becomes what valid receipts took, once one of them entered it."""
    entered, paid = _entered(receipts), paid_for(receipts)
    return tuple(
        replace(charge, amount_vnd=paid[charge.fee_id])
        if charge.amount_vnd is None and charge.fee_id in entered
        else charge
        for charge in charges
    )


def unknown_again(
    charges: Sequence[Charge], voided: Receipt, receipts: Iterable[Receipt]
) -> tuple[Charge, ...]:
    """Return the charges without the amounts only a voided receipt knew.

    An amount stays known while a valid receipt of `receipts`, the dossier's, entered it too; money that a
    later receipt took beyond it does not keep it known.
    """
    gone = {line.fee_id for line in voided.lines if line.entered} - _entered(receipts)
    return tuple(replace(charge, amount_vnd=None) if charge.fee_id in gone else charge for charge in charges)


def _entered(receipts: Iterable[Receipt]) -> set[str]:
    valid = (receipt for receipt in receipts if receipt.voided_at is None)
    return {line.fee_id for receipt in valid for line in receipt.lines if line.entered}


def check_not_more(due: Sequence[Charge], lines: Iterable[PaidLine], over_reason: str) -> None:
    """Refuse to take more than is due without a reason.

    Raises:
        RuleRefusal: ``more_than_due`` (name, amount, due as words).
    """
    known = {charge.fee_id: charge.amount_vnd for charge in due}
    for line in lines:
        left = known.get(line.fee_id, 0)
        if left is not None and line.amount_vnd > left and not over_reason:
            raise RuleRefusal(
                "more_than_due", name=line.name, amount=format_vnd(line.amount_vnd), due=format_vnd(left)
            )
