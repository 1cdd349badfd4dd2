"""Takes money for a dossier's fees against a numbered receipt, and voids one made by mistake.

The paper is printed only afterwards, from what was committed (paper ``receipt``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counter_app.domain import receipt as rules
from counter_app.domain.dossier_acts.texts import kept, needed
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.receipt import PaidBy, Receipt
from counter_app.services.acts.perform import load, record
from counter_app.services.clock_check import require_clock
from counter_app.services.papers.fee_receipt import FeeReceipt, ReceiptLine, receipt_detail
from counter_app.services.receipts_elsewhere import known_receipts
from counter_protocol.events import EventKind

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.domain.dossier import Dossier
    from counter_app.domain.fee import Charge
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries, Transaction

SERIES = "receipt"
COLLECTED = "fee_collected"
VOIDED = "fee_voided"
# On paper, which is always Vietnamese.
_BY = {PaidBy.CASH: "Tiền mặt", PaidBy.TRANSFER: "Chuyển khoản", PaidBy.ONLINE: "Thanh toán trực tuyến"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What the citizen pays: by fee, or one sum, or (neither given) everything due.

    ``payer`` "" is the applicant. ``over_reason`` is why more is taken than is due.
    """

    amounts: Mapping[str, int] | None = None
    amount_vnd: int | None = None
    method: PaidBy = PaidBy.CASH
    payer: str = ""
    note: str = ""
    over_reason: str = ""


def still_due(queries: "Queries", dossier: "Dossier") -> "tuple[Charge, ...]":
    """Return the fees with what is still to be taken for each; an unknown amount stays None."""
    return rules.due_after(dossier.charges, known_receipts(queries, dossier))


def collect(
    desk: "Desk",
    dossier_id: str,
    payment: Payment | None = None,
    *,
    clerk: str = "",
    seen_rev: int | None = None,
    clock_confirmed: bool = False,
) -> Receipt:
    """Take money and return the receipt once it is durable.

    Raises:
        BadInput: ``nothing_to_collect``, ``fee_amount_unknown`` (names), ``fee_unknown``, ``bad_amount``,
            ``text_too_long``, ``dossier_unknown``.
        RuleRefusal: ``more_than_due``, ``clock_set_back``, ``dossier_changed_meanwhile``.
        EnvironmentProblem: as `Store.writing`.
    """
    at = desk.clock.now().replace(microsecond=0)
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        dossier = load(transaction, dossier_id, seen_rev)
        return collect_in(transaction, desk, dossier, payment or Payment(), clerk=clerk or desk.clerk, at=at)[
            0
        ]


def collect_in(
    transaction: "Transaction",
    desk: "Desk",
    dossier: "Dossier",
    payment: Payment,
    *,
    clerk: str,
    at: "datetime",
) -> "tuple[Receipt, Dossier]":
    """Take money as part of a larger act; return the receipt and the dossier after it."""
    due = still_due(transaction, dossier)
    lines = rules.paid_lines(dossier.charges, _amounts(dossier, due, payment))
    over_reason = kept(payment.over_reason, "over_reason")
    rules.check_not_more(due, lines, over_reason)
    counter = desk.settings.counter.number
    taken = Receipt(
        receipt_id=desk.ids.new_id(),
        dossier_id=dossier.dossier_id,
        counter=counter,
        year=at.year,
        number=transaction.take_paper_number(SERIES, at.year, counter),
        at=at,
        clerk=clerk,
        payer=kept(payment.payer, "payer") or dossier.applicant.full_name,
        method=payment.method,
        lines=lines,
        note=kept(payment.note, "note"),
        over_reason=over_reason,
    )
    transaction.add_receipt(taken)
    charges = rules.completed(dossier.charges, transaction.receipts(dossier.dossier_id))
    changed = _with_paid(replace(dossier, charges=charges), dossier.life.paid_vnd + taken.total_vnd)
    transaction.change_dossier(changed)
    record(
        transaction,
        desk,
        changed,
        act=COLLECTED,
        event=EventKind.FEE_COLLECTED,
        detail=_detail(taken),
        clerk=clerk,
        at=at,
        data=_told(taken),
    )
    return taken, changed


def void_receipt(desk: "Desk", receipt_id: str, reason: str, *, clerk: str = "") -> Receipt:
    """Take a receipt back on the day it was given; its number stays used.

    Raises:
        BadInput: ``receipt_unknown``, ``entry_missing`` without a reason.
        RuleRefusal: ``receipt_already_void``, ``receipt_void_same_day``, ``day_closed_already`` (day) once
            the sheet of a closed day tells it, ``clock_set_back``.
    """
    at, by = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, at)
        taken = transaction.receipt(receipt_id)
        if taken is None:
            raise BadInput("receipt_unknown")
        if taken.voided_at is not None:
            raise RuleRefusal("receipt_already_void", number=taken.number)
        if taken.at.date() != at.date():
            raise RuleRefusal("receipt_void_same_day", number=taken.number, day=taken.at.date())
        closed = transaction.last_day_close()
        if closed is not None and transaction.receipt_write(receipt_id) <= closed.through:
            raise RuleRefusal("day_closed_already", number=taken.number, day=closed.day)
        voided = replace(taken, voided_at=at, voided_by=by, void_reason=needed(reason, "reason"))
        transaction.void_receipt(voided)
        _tell_void(transaction, desk, voided, at=at, by=by)
    return voided


def _tell_void(transaction: "Transaction", desk: "Desk", voided: Receipt, *, at: "datetime", by: str) -> None:
    dossier = load(transaction, voided.dossier_id)
    charges = rules.unknown_again(dossier.charges, voided, transaction.receipts(voided.dossier_id))
    changed = _with_paid(replace(dossier, charges=charges), dossier.life.paid_vnd - voided.total_vnd)
    transaction.change_dossier(changed)
    detail = {
        "receipt_id": voided.receipt_id,
        "number": voided.number,
        "total_vnd": voided.total_vnd,
        "reason": voided.void_reason,
    }
    record(
        transaction,
        desk,
        changed,
        act=VOIDED,
        event=EventKind.FEE_VOIDED,
        detail=detail,
        clerk=by,
        at=at,
    )


def _amounts(dossier: "Dossier", due: "tuple[Charge, ...]", payment: Payment) -> Mapping[str, int]:
    if payment.amounts is not None:
        return payment.amounts
    if payment.amount_vnd is None:
        return rules.everything(due)
    return rules.one_sum(dossier.charges, due, rules.checked_amount(payment.amount_vnd))


def _with_paid(dossier: "Dossier", paid_vnd: int) -> "Dossier":
    life = dossier.life
    return replace(dossier, life=replace(life, paid_vnd=paid_vnd, rev=life.rev + 1))


def _detail(taken: Receipt) -> dict[str, object]:
    """Return what history keeps and the paper is printed from."""
    paper = FeeReceipt(
        number=taken.number,
        at=taken.at,
        cashier=taken.clerk,
        payer=taken.payer,
        lines=tuple(
            ReceiptLine(name=line.name, amount_vnd=line.amount_vnd, quantity=line.quantity)
            for line in taken.lines
        ),
        by=_BY[taken.method],
        note=taken.note,
    )
    return {
        **receipt_detail(paper),
        "receipt_id": taken.receipt_id,
        "method": taken.method.value,
        "over_reason": taken.over_reason,
    }


def _told(taken: Receipt) -> dict[str, object]:
    """Return what the server learns: no name of the payer."""
    return {
        "receipt_id": taken.receipt_id,
        "number": taken.number,
        "method": taken.method.value,
        "total_vnd": taken.total_vnd,
        "lines": [
            {
                "fee_id": line.fee_id,
                "name": line.name,
                "amount_vnd": line.amount_vnd,
                "quantity": line.quantity,
                **({"entered": True} if line.entered else {}),
            }
            for line in taken.lines
        ],
    }
