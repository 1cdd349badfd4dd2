"""Which acts a dossier offers now, the likeliest first, in the clerk's words; plain Python."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from counter_app.domain import dossier_acts as acts
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import allowed_acts
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.receipt import Receipt
from counter_app.i18n import _
from counter_app.services.acts.act_facts import ActFacts
from counter_app.services.acts.correct_intake import CORRECTABLE
from counter_app.services.acts.undo import HANDED_OUT

_S = DossierStatus
_RUNNING = (_S.RECEIVED, _S.PROCESSING)


class ActKey(StrEnum):
    """Everything the card of acts offers; some are no act of the dossier's life."""

    HAND_OVER = "hand_over"
    SUPPLEMENT = "supplement"
    RESUME = "resume"
    REFUSE = "refuse"
    ASK_PAYMENT = "ask_payment"
    TAKE_PAYMENT = "take_payment"
    EXTEND = "extend"
    STOP = "stop"
    WITHDRAW = "withdraw"
    RESULT = "result"
    RETURN = "return"  # opens the return screen
    RETURN_NOW = "return_now"  # there too: result and return in one go
    GIVE_BACK = "give_back"
    COLLECT = "collect"
    VOID = "void"
    CORRECT = "correct"  # opens the intake
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The acts of a dossier: ``first`` is what F9 opens, ``next`` are likely, ``others`` are possible."""

    first: ActKey | None
    next: tuple[ActKey, ...]
    others: tuple[ActKey, ...]


_REQUESTS = {
    ActKey.HAND_OVER: acts.HandOver,
    ActKey.SUPPLEMENT: acts.AskSupplement,
    ActKey.RESUME: acts.Resume,
    ActKey.REFUSE: acts.Refuse,
    ActKey.ASK_PAYMENT: acts.AskPayment,
    ActKey.TAKE_PAYMENT: acts.TakePayment,
    ActKey.EXTEND: acts.Extend,
    ActKey.STOP: acts.Stop,
    ActKey.WITHDRAW: acts.Withdraw,
    ActKey.RESULT: acts.EnterResult,
    ActKey.RETURN: acts.GiveResult,
    ActKey.GIVE_BACK: acts.GiveBack,
}
_LIKELY = {
    _S.RECEIVED: (ActKey.HAND_OVER, ActKey.RESULT, ActKey.COLLECT, ActKey.SUPPLEMENT),
    _S.PROCESSING: (ActKey.RESULT, ActKey.SUPPLEMENT, ActKey.EXTEND, ActKey.COLLECT),
    _S.AWAITING_SUPPLEMENT: (ActKey.RESUME,),
    _S.AWAITING_PAYMENT: (ActKey.TAKE_PAYMENT, ActKey.COLLECT),
    _S.RESOLVED: (ActKey.RETURN,),
}
_AFTER_THE_RETURN = (ActKey.GIVE_BACK, ActKey.COLLECT)
_AFTER_AN_EARLY_END = (ActKey.GIVE_BACK,)  # whoever got no result is not asked for money first


def offer(facts: ActFacts, today: date) -> Offer:
    """Return what the dossier offers now."""
    possible = _possible(facts, today)
    ended = facts.dossier.life.ending is not None
    likely = _LIKELY.get(facts.dossier.status, _AFTER_AN_EARLY_END if ended else _AFTER_THE_RETURN)
    if ActKey.RETURN_NOW in possible:
        likely = (ActKey.RETURN_NOW, *likely)
    chosen = [key for key in likely if key in possible]
    return Offer(
        first=chosen[0] if chosen else None,
        next=tuple(chosen[1:]),
        others=tuple(key for key in ActKey if key in possible and key not in chosen),
    )


def _possible(facts: ActFacts, today: date) -> frozenset[ActKey]:
    dossier = facts.dossier
    allowed = allowed_acts(dossier)
    keys = {key for key, request in _REQUESTS.items() if request in allowed}
    more = {
        ActKey.RETURN_NOW: dossier.status in _RUNNING and _same_day(dossier),
        ActKey.COLLECT: bool(facts.due),
        ActKey.VOID: any(map(partial(can_be_voided, today=today), facts.receipts)),
        ActKey.CORRECT: dossier.status in CORRECTABLE,
        ActKey.UNDO: facts.undoable is not None,
    }
    possible = frozenset(keys | {key for key, there in more.items() if there})
    return possible if not dossier.owner else possible & _shared(facts)


def _shared(facts: ActFacts) -> frozenset[ActKey]:
    """Return the acts any counter may do with a dossier another one has."""
    step = facts.undoable
    own_hand_out = {ActKey.UNDO} if step is not None and step.act in HANDED_OUT else set()
    return frozenset({ActKey.RETURN, ActKey.COLLECT, ActKey.VOID} | own_hand_out)


def can_be_voided(receipt: Receipt, today: date) -> bool:
    """Tell whether a receipt can still be taken back: on the day it was given."""
    return receipt.voided_at is None and receipt.at.date() == today


def _same_day(dossier: Dossier) -> bool:
    return dossier.promise.by_same_day_rule or dossier.promise.same_day


def name_of(key: ActKey, dossier: Dossier) -> str:
    """Return what the button says."""
    again = dossier.status is _S.PROCESSING
    names = {
        ActKey.HAND_OVER: _("Chuyển người khác xử lý") if again else _("Chuyển xử lý"),
        ActKey.SUPPLEMENT: _("Yêu cầu bổ sung"),
        ActKey.RESUME: _("Nhận bổ sung"),
        ActKey.REFUSE: _("Từ chối hồ sơ"),
        ActKey.ASK_PAYMENT: _("Chờ công dân nộp tiền"),
        ActKey.TAKE_PAYMENT: _("Công dân đã nộp tiền"),
        ActKey.EXTEND: _("Xin lỗi, hẹn lại"),
        ActKey.STOP: _("Dừng giải quyết"),
        ActKey.WITHDRAW: _("Công dân rút hồ sơ"),
        ActKey.RESULT: _("Nhập kết quả"),
        ActKey.RETURN: _("Trả kết quả"),
        ActKey.RETURN_NOW: _("Có kết quả, trả ngay"),
        ActKey.GIVE_BACK: _("Trả bản chính"),
        ActKey.COLLECT: _("Thu phí, lệ phí"),
        ActKey.VOID: _("Hủy phiếu thu"),
        ActKey.CORRECT: _("Sửa tiếp nhận"),
        ActKey.UNDO: _("Hoàn tác bước vừa làm"),
    }
    return names[key]
