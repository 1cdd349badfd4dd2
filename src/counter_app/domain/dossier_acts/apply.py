"""Applies an act to a dossier: the rules are checked, the dossier after it is returned. Pure.

Every refusal names its rule; a refused act changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import endings, giving, time_acts
from counter_app.domain.dossier_acts.circumstances import Circumstances
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
    Withdraw,
)
from counter_app.domain.dossier_status import DossierStatus, check_move
from counter_app.domain.errors import RuleRefusal

__all__ = ["Circumstances", "after", "allowed_acts", "refusal_of"]

_S = DossierStatus


@dataclass(frozen=True, slots=True)
class _Rule:
    """Where an act leads (None: the status stays), and from where it may start."""

    to: DossierStatus | None
    starts: frozenset[DossierStatus]


_RUNNING = frozenset({_S.RECEIVED, _S.PROCESSING})
_OPEN = _RUNNING | {_S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT}

_RULES: Mapping[type, _Rule] = {
    HandOver: _Rule(_S.PROCESSING, _RUNNING),
    AskSupplement: _Rule(_S.AWAITING_SUPPLEMENT, _RUNNING),
    Resume: _Rule(_S.PROCESSING, frozenset({_S.AWAITING_SUPPLEMENT})),
    Refuse: _Rule(_S.REFUSED, _OPEN),
    AskPayment: _Rule(_S.AWAITING_PAYMENT, _RUNNING),
    TakePayment: _Rule(_S.PROCESSING, frozenset({_S.AWAITING_PAYMENT})),
    Extend: _Rule(None, _RUNNING | {_S.AWAITING_PAYMENT}),
    Stop: _Rule(_S.STOPPED, _OPEN),
    Withdraw: _Rule(_S.WITHDRAWN, _OPEN),
    EnterResult: _Rule(_S.RESOLVED, _RUNNING | {_S.AWAITING_PAYMENT}),
    GiveResult: _Rule(_S.RETURNED, frozenset({_S.RESOLVED})),
    GiveBack: _Rule(None, frozenset(_S) - {_S.DRAFT, _S.REGISTERED}),
}

_CHANGES: Mapping[type, Callable[[Dossier, Any, Circumstances], Dossier]] = {
    HandOver: giving.hand_over,
    AskSupplement: time_acts.ask_supplement,
    Resume: time_acts.resume,
    Refuse: endings.refuse,
    AskPayment: time_acts.ask_payment,
    TakePayment: time_acts.take_payment,
    Extend: time_acts.extend,
    Stop: endings.stop,
    Withdraw: endings.withdraw,
    EnterResult: giving.enter_result,
    GiveResult: giving.give_result,
    GiveBack: giving.give_back,
}


def after(dossier: Dossier, request: ActRequest, now: Circumstances) -> Dossier:
    """Return the dossier after the act, its `Life.rev` one higher.

    Raises:
        RuleRefusal: ``move_not_allowed`` or ``act_not_allowed`` (both with ``rule``), and each act's own.
        BadInput: ``entry_missing``, ``entry_too_long`` and each act's own.
    """
    refusal = refusal_of(dossier, type(request))
    if refusal is not None:
        raise refusal
    changed = _CHANGES[type(request)](dossier, request, now)
    to = _RULES[type(request)].to
    life = replace(changed.life, rev=dossier.life.rev + 1)
    return replace(changed, status=to or dossier.status, life=life)


def allowed_acts(dossier: Dossier) -> tuple[type, ...]:
    """Return the requests the dossier's status allows."""
    return tuple(act for act in _RULES if refusal_of(dossier, act) is None)


def refusal_of(dossier: Dossier, act: type) -> RuleRefusal | None:
    """Return why the dossier's status and life forbid an act, or None when they allow it."""
    rule = _RULES[act]
    status = dossier.status
    if status not in rule.starts:
        return _refused_move(status, rule.to) or _not_allowed("status_order", status)
    if act is Extend and dossier.life.extension is not None:
        return RuleRefusal("extension_only_once")
    if act is Extend and dossier.due_at is None:
        return RuleRefusal("no_promise_to_extend")
    if act is GiveBack and dossier.originals_held == 0:
        return RuleRefusal("no_originals_held")
    return None


def _refused_move(status: DossierStatus, to: DossierStatus | None) -> RuleRefusal | None:
    if to is None:
        return None
    try:
        check_move(status, to)
    except RuleRefusal as refusal:
        return refusal
    return None


def _not_allowed(rule: str, status: DossierStatus) -> RuleRefusal:
    if status.final:
        rule = "final_status"
    elif status is _S.AWAITING_SUPPLEMENT:
        rule = "not_while_waiting"
    elif status is _S.RESOLVED:
        rule = "resolved_only_returned"
    return RuleRefusal("act_not_allowed", rule=rule, status=status.value)
