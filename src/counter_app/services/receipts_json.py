"""Receipts as JSON values, for the command line: ``act CODE collect``."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput
from counter_app.domain.receipt import PaidBy, Receipt
from counter_app.services.receipts import Payment, collect

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_TEXTS = ("payer", "note", "over_reason")


def collect_json(
    desk: "Desk", dossier_id: str, data: Mapping[str, object], *, clerk: str = ""
) -> dict[str, object]:
    """Take money as `data` says and return the receipt.

    `data` may hold ``amounts`` (fee id to đồng), ``amount_vnd``, ``method`` (cash, transfer, online),
    ``payer``, ``note``, ``over_reason``; empty takes everything due in cash.

    Raises:
        BadInput: ``bad_act_data`` (field), and as `receipts.collect`.
    """
    return receipt_to_json(collect(desk, dossier_id, payment_from_json(data), clerk=clerk))


def payment_from_json(data: Mapping[str, object]) -> Payment:
    """Read a payment; BadInput ``bad_act_data`` (field)."""
    for field in data:
        if field not in (*_TEXTS, "amounts", "amount_vnd", "method"):
            raise BadInput("bad_act_data", field=str(field)[:60])
    texts = {field: data.get(field, "") for field in _TEXTS}
    for field, text in texts.items():
        if not isinstance(text, str):
            raise BadInput("bad_act_data", field=field)
    method = data.get("method", PaidBy.CASH.value)
    if method not in [each.value for each in PaidBy]:
        raise BadInput("bad_act_data", field="method")
    return Payment(
        amounts=_amounts(data.get("amounts")),
        amount_vnd=_whole(data.get("amount_vnd"), "amount_vnd"),
        method=PaidBy(str(method)),
        payer=str(texts["payer"]),
        note=str(texts["note"]),
        over_reason=str(texts["over_reason"]),
    )


def receipt_to_json(receipt: Receipt) -> dict[str, object]:
    """Return one receipt; amounts in đồng."""
    return {
        "receipt_id": receipt.receipt_id,
        "number": receipt.number,
        "year": receipt.year,
        "at": receipt.at.isoformat(),
        "clerk": receipt.clerk,
        "payer": receipt.payer,
        "method": receipt.method.value,
        "total_vnd": receipt.total_vnd,
        "lines": [
            {
                "fee_id": line.fee_id,
                "name": line.name,
                "amount_vnd": line.amount_vnd,
                "quantity": line.quantity,
            }
            for line in receipt.lines
        ],
        "note": receipt.note,
        "over_reason": receipt.over_reason,
        "voided_at": receipt.voided_at.isoformat() if receipt.voided_at else None,
        "void_reason": receipt.void_reason,
    }


def _amounts(value: object) -> Mapping[str, int] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadInput("bad_act_data", field="amounts")
    return {str(fee_id): _needed(amount, str(fee_id)) for fee_id, amount in value.items()}


def _whole(value: object, field: str) -> int | None:
    return None if value is None else _needed(value, field)


def _needed(value: object, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput("bad_act_data", field=field[:60])
    return value
