"""What a clerk does with a dossier after its receipt: requests, the rules they obey, what they change."""

from counter_app.domain.dossier_acts.apply import Circumstances, after, allowed_acts, refusal_of
from counter_app.domain.dossier_acts.requests import (
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
    Undo,
    Withdraw,
)

__all__ = [
    "ActRequest",
    "AskPayment",
    "AskSupplement",
    "Circumstances",
    "EnterResult",
    "Extend",
    "GiveBack",
    "GiveResult",
    "HandOver",
    "Refuse",
    "Resume",
    "Stop",
    "TakePayment",
    "Undo",
    "Withdraw",
    "after",
    "allowed_acts",
    "refusal_of",
]
