"""How each act is called in history and to the server, and what both say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import (
    ActRequest,
    AskPayment,
    AskSupplement,
    EnterResult,
    Extend,
    GiveBack,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Stop,
    TakePayment,
    Withdraw,
)
from counter_app.domain.vietnamese_text import clean
from counter_protocol.events import EventKind

Detail = dict[str, object]
FOR_THIS_OFFICE = frozenset({"taker", "taker_id"})  # who took something stays in the history


@dataclass(frozen=True, slots=True)
class ActRecord:
    """``series`` numbers the paper the act makes, "" for none; ``papers`` are those that tell of it."""

    history: str
    event: EventKind
    detail: Callable[[Dossier, Any], Detail]
    series: str = ""
    papers: tuple[str, ...] = ()


def _handed_over(dossier: Dossier, request: HandOver) -> Detail:  # noqa: ARG001
    return {"to": clean(request.to.name), "agency": request.to.agency, "note": clean(request.note)}


def _supplement(dossier: Dossier, request: AskSupplement) -> Detail:  # noqa: ARG001
    asked = dossier.life.supplements[-1]
    return {
        "number": asked.number,
        "items": list(asked.items),
        "reason": asked.reason,
        "repeat_reason": asked.repeat_reason,
        "policy": asked.policy.value,
        "old_due": _text(asked.due_before),
    }


def _resumed(dossier: Dossier, request: Resume) -> Detail:
    done = dossier.life.supplements[-1]
    why = {"reason": clean(request.reason)} if request.reason.strip() else {}
    return {
        **why,
        "policy": done.policy.value,
        "old_due": _text(done.due_before),
        "new_due": _text(done.due_after),
        "parts": [
            {"part_id": part.part_id, "original": part.original, "copy": part.copy} for part in request.parts
        ],
    }


def _ended(dossier: Dossier, request: Refuse | Stop | Withdraw) -> Detail:  # noqa: ARG001
    ending = dossier.life.ending
    if ending is None:
        raise AssertionError("an ended dossier says how")
    return {
        "number": ending.number,
        "reasons": list(ending.reasons),
        "decided_by": ending.decided_by,
        "fees": ending.fees,
        "originals": ending.originals,
        "on_request": ending.on_request,
    }


def _payment_asked(dossier: Dossier, request: AskPayment) -> Detail:  # noqa: ARG001
    return {"text": clean(request.text), "amount_vnd": request.amount_vnd, "policy": request.policy.value}


def _payment_taken(dossier: Dossier, request: TakePayment) -> Detail:
    before = dossier.life.payment.due_before if dossier.life.payment else None
    return {"note": clean(request.note), "old_due": _text(before), "new_due": _text(dossier.due_at)}


def _extended(dossier: Dossier, request: Extend) -> Detail:  # noqa: ARG001
    extension = dossier.life.extension
    if extension is None:
        raise AssertionError("an extended dossier has its extension")
    return {
        "number": extension.number,
        "reason": extension.reason,
        "late_reason": extension.late_reason,
        "old_due": _text(extension.due_before),
        "new_due": _text(extension.due_after),
        "first_due": _text(dossier.first_due_at),
    }


def _result(dossier: Dossier, request: EnterResult) -> Detail:  # noqa: ARG001
    result = dossier.life.result
    if result is None:
        raise AssertionError("a resolved dossier has its result")
    return {"name": result.name, "number": result.number, "granted": result.granted}


def _given(dossier: Dossier, request: GiveResult) -> Detail:
    unpaid = None if dossier.charges_vnd is None else max(0, dossier.charges_vnd - dossier.life.paid_vnd)
    return {
        "to": request.to.value,
        "identity_checked": clean(request.identity_checked),
        "authorisation": clean(request.authorisation),
        "postal_code": clean(request.postal_code),
        "originals": dict(request.originals),
        "unpaid_vnd": unpaid,
    }


def _given_back(dossier: Dossier, request: GiveBack) -> Detail:  # noqa: ARG001
    return {
        "originals": dict(request.originals),
        "taker": clean(request.full_name),
        "taker_id": clean(request.personal_id),
    }


RECORDS: Mapping[type, ActRecord] = {
    HandOver: ActRecord("handed_over", EventKind.DOSSIER_HANDED_OVER, _handed_over, papers=("control",)),
    AskSupplement: ActRecord(
        "supplement_requested", EventKind.SUPPLEMENT_REQUESTED, _supplement, "supplement", ("supplement",)
    ),
    Resume: ActRecord("resumed", EventKind.SUPPLEMENT_RECEIVED, _resumed, papers=("slip",)),
    Refuse: ActRecord("refused", EventKind.DOSSIER_REFUSED, _ended, "refusal", ("refusal",)),
    AskPayment: ActRecord("payment_asked", EventKind.PAYMENT_REQUESTED, _payment_asked),
    TakePayment: ActRecord("payment_taken", EventKind.PAYMENT_RECEIVED, _payment_taken, papers=("slip",)),
    Extend: ActRecord("extended", EventKind.DEADLINE_EXTENDED, _extended, "apology", ("apology", "slip")),
    Stop: ActRecord("stopped", EventKind.DOSSIER_STOPPED, _ended, "stop", ("stop",)),
    Withdraw: ActRecord("withdrawn", EventKind.DOSSIER_WITHDRAWN, _ended),
    EnterResult: ActRecord("result_entered", EventKind.RESULT_ARRIVED, _result),
    GiveResult: ActRecord("returned", EventKind.RESULT_RETURNED, _given),
    GiveBack: ActRecord("given_back", EventKind.ORIGINALS_GIVEN_BACK, _given_back),
}


def record_of(request: ActRequest) -> ActRecord:
    """Return how the act is recorded."""
    return RECORDS[type(request)]


def papers_telling_of(history_act: str) -> tuple[str, ...]:
    """Return the papers that carry an act to the citizen; () for one no paper tells of."""
    return next((record.papers for record in RECORDS.values() if record.history == history_act), ())


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
