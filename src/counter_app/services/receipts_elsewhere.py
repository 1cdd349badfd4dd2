"""Money for a dossier that was taken at another counter, or here in a life this counter lost.

Only the counter that gave a receipt has it in its books; the others know from the events what was taken for
which fee, so that nobody pays twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.receipt import PaidBy, PaidLine, Receipt
from counter_app.domain.working_calendar import OFFICE_ZONE
from counter_protocol.events import EventEnvelope, EventKind, decode_event

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import Queries


def known_receipts(queries: "Queries", dossier: "Dossier") -> Sequence[Receipt]:
    """Return the receipts of a dossier, this counter's first; others' without their payer."""
    own = queries.receipts(dossier.dossier_id)
    if sum(receipt.counted_vnd for receipt in own) == dossier.life.paid_vnd:
        return own
    told: dict[str, Receipt] = {}
    for logged in queries.dossier_log(dossier.dossier_id):
        event = decode_event(logged.body)
        receipt_id = str(event.data.get("receipt_id", ""))
        if event.kind == EventKind.FEE_COLLECTED:
            told[receipt_id] = _receipt(event, receipt_id)
        elif event.kind == EventKind.FEE_VOIDED and receipt_id in told:
            told[receipt_id] = replace(told[receipt_id], voided_at=event.at, voided_by=event.clerk)
    for receipt in own:
        told.pop(receipt.receipt_id, None)
    return (*own, *told.values())


def _receipt(event: EventEnvelope, receipt_id: str) -> Receipt:
    lines, method = event.data.get("lines"), event.data.get("method")
    return Receipt(
        receipt_id=receipt_id,
        dossier_id=event.dossier_id,
        counter=event.counter,
        year=event.at.astimezone(OFFICE_ZONE).year,
        number=_whole(event.data.get("number")),
        at=event.at,
        clerk=event.clerk,
        payer="",
        method=PaidBy(str(method)) if method in tuple(PaidBy) else PaidBy.CASH,
        lines=tuple(map(_line, lines)) if isinstance(lines, list) else (),
    )


def _line(told: object) -> PaidLine:
    values = told if isinstance(told, Mapping) else {}
    return PaidLine(
        fee_id=str(values.get("fee_id", "")),
        name=str(values.get("name", "")),
        amount_vnd=_whole(values.get("amount_vnd")),
        entered=values.get("entered") is True,
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
