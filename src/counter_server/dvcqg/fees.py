"""The fees of a dossier, and when they were taken."""

from collections.abc import Iterable
from datetime import datetime

from counter_protocol.dossier_state import State
from counter_protocol.events import EventEnvelope, EventKind
from counter_server.dvcqg.coding import Coding
from counter_server.dvcqg.dossier_acts import Act, of_kind
from counter_server.dvcqg.messages import LePhi
from counter_server.dvcqg.state_reading import count, part, rows, text


def fees(state: State, acts: Iterable[Act], coding: Coding) -> tuple[LePhi, ...]:
    """Return what the dossier costs.

    A fee that is waived costs nothing and is not told, as in other systems. Nor is one whose amount nobody
    knows yet: the dossier is told again when it is known. Codes of a fee are looked up by ``fee_id``.
    """
    taken = _receipts(acts)
    return tuple(
        LePhi(
            TenPhiLePhi=text(charge, "name"),
            MaPhiLePhi=coding.code("MaPhiLePhi", text(charge, "fee_id")),
            HinhThucThu=coding.code("HinhThucThu", _stage(state, text(charge, "fee_id"), taken)),
            Gia=str(count(charge, "amount_vnd")),
            LoaiPhiLePhi=coding.code("LoaiPhiLePhi", text(charge, "kind")),
        )
        for charge in rows(state, "charges")
        if count(charge, "amount_vnd") > 0
    )


def paid_online(acts: Iterable[Act]) -> bool:
    """Tell whether a receipt that stands was paid online."""
    return any(text(event.data, "method") == "online" for event in _receipts(acts))


def _receipts(acts: Iterable[Act]) -> list[EventEnvelope]:
    acts = list(acts)
    void = {text(event.data, "receipt_id") for event in of_kind(acts, EventKind.FEE_VOIDED)}
    taken = of_kind(acts, EventKind.FEE_COLLECTED)
    return [event for event in taken if text(event.data, "receipt_id") not in void]


def _stage(state: State, fee_id: str, taken: list[EventEnvelope]) -> str:
    """Return at which stage the fee was first taken; one nobody took yet is due at the intake."""
    at = next(
        (e.at for e in taken if any(text(line, "fee_id") == fee_id for line in rows(e.data, "lines"))), None
    )
    if at is None:
        return "intake"
    result = text(part(state, "life.result"), "at")
    if result and at >= datetime.fromisoformat(result):
        return "return"
    asked = rows(state, "life.supplements")
    if asked and at >= datetime.fromisoformat(text(asked[0], "at")):
        return "supplement"
    return "intake"
