"""Acts as JSON values: what the command line and people's scripts ask for. docs/command-line.md tells it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from counter_app.domain.dossier import Dossier, SubmittedPart
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
    Undo,
    Withdraw,
)
from counter_app.domain.dossier_life import Holder, PaymentPolicy, ReturnTo
from counter_app.domain.errors import BadInput
from counter_app.services.visit_json import part_from_json

Data = Mapping[str, Any]
_Enum = TypeVar("_Enum", PaymentPolicy, ReturnTo)
OFFICER = "Công chức chuyên môn"
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def request_of(action: str, data: Data, dossier: Dossier) -> ActRequest | Undo:
    """Read the request of an action.

    Raises:
        BadInput: ``action_unknown`` (action, known), ``bad_act_data`` (field).
    """
    reader = _READERS.get(action)
    if reader is None:
        raise BadInput("action_unknown", action=action[:40], known=", ".join(_READERS))
    known = _KEYS[action]
    unknown = next((key for key in data if key not in known), None)
    if unknown is not None:
        raise BadInput("bad_act_data", field=str(unknown)[:60])
    return reader(data, dossier)


def _hand_over(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    to = data.get("to", OFFICER)
    if isinstance(to, Mapping):
        holder = Holder(name=_text(to, "name"), agency=_flag(to, "agency"))
    else:
        holder = Holder(name=_text(data, "to") or OFFICER, agency=_flag(data, "agency"))
    return HandOver(to=holder, note=_text(data, "note"))


def _supplement(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return AskSupplement(
        items=_texts(data, "items"), reason=_text(data, "reason"), repeat_reason=_text(data, "repeat_reason")
    )


def _resume(data: Data, dossier: Dossier) -> ActRequest:
    rows = data.get("parts", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadInput("bad_act_data", field="parts")
    names = {part.part_id: part.name for part in dossier.parts}
    return Resume(parts=tuple(_part(row, names) for row in rows))


def _part(row: Data, names: Mapping[str, str]) -> SubmittedPart:
    named = {**row, "name": row.get("name") or names.get(str(row.get("part_id"))) or row.get("part_id", "")}
    return part_from_json(named)


def _refuse(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return Refuse(reasons=_reasons(data))


def _ask_payment(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return AskPayment(
        text=_text(data, "text"),
        amount_vnd=_amount(data, "amount_vnd"),
        policy=_choice(PaymentPolicy, data, "policy", PaymentPolicy.RUN),
    )


def _pay(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return TakePayment(note=_text(data, "note"))


def _extend(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    if data.get("due_at") and data.get("time"):
        raise BadInput("bad_act_data", field="time")
    return Extend(
        reason=_text(data, "reason"),
        due_at=moment(data, "due_at"),
        time=_text(data, "time"),
        late_reason=_text(data, "late_reason"),
    )


def _stop(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return Stop(
        reasons=_reasons(data),
        decided_by=_text(data, "decided_by"),
        fees=_text(data, "fees"),
        originals=_text(data, "originals"),
        on_request=_flag(data, "on_request"),
    )


def _withdraw(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return Withdraw(reason=_text(data, "reason"))


def _result(data: Data, dossier: Dossier) -> ActRequest:  # noqa: ARG001
    return EnterResult(
        name=_text(data, "name"), number=_text(data, "number"), granted=_flag(data, "granted", default=True)
    )


def _return(data: Data, dossier: Dossier) -> ActRequest:
    to = _choice(ReturnTo, data, "to", ReturnTo.OWNER)
    owner = dossier.applicant if to is ReturnTo.OWNER else None
    return GiveResult(
        to=to,
        full_name=_text(data, "full_name") or (owner.full_name if owner else ""),
        personal_id=_text(data, "personal_id") or (owner.personal_id if owner else ""),
        identity_checked=_text(data, "identity_checked") or "seen",
        authorisation=_text(data, "authorisation"),
        postal_code=_text(data, "postal_code"),
        note=_text(data, "note"),
        originals=_counts(data, "originals"),
    )


def _give_back(data: Data, dossier: Dossier) -> ActRequest:
    return GiveBack(
        originals=_counts(data, "originals"),
        full_name=_text(data, "full_name") or dossier.applicant.full_name,
        personal_id=_text(data, "personal_id"),
    )


def _undo(data: Data, dossier: Dossier) -> Undo:  # noqa: ARG001
    return Undo(reason=_text(data, "reason"), nothing_handed_out=_flag(data, "nothing_handed_out"))


_READERS: Mapping[str, Callable[[Data, Dossier], ActRequest | Undo]] = {
    "supplement": _supplement,
    "resume": _resume,
    "refuse": _refuse,
    "hand-over": _hand_over,
    "extend": _extend,
    "stop": _stop,
    "withdraw": _withdraw,
    "ask-payment": _ask_payment,
    "pay": _pay,
    "result": _result,
    "return": _return,
    "give-back": _give_back,
    "undo": _undo,
}
_KEYS: Mapping[str, frozenset[str]] = {
    "supplement": frozenset({"items", "reason", "repeat_reason"}),
    "resume": frozenset({"parts"}),
    "refuse": frozenset({"reasons", "reason"}),
    "hand-over": frozenset({"to", "agency", "note"}),
    "extend": frozenset({"reason", "due_at", "time", "late_reason"}),
    "stop": frozenset({"reasons", "reason", "decided_by", "fees", "originals", "on_request"}),
    "withdraw": frozenset({"reason"}),
    "ask-payment": frozenset({"text", "amount_vnd", "policy"}),
    "pay": frozenset({"note"}),
    "result": frozenset({"name", "number", "granted"}),
    "return": frozenset(
        {
            "to",
            "full_name",
            "personal_id",
            "identity_checked",
            "authorisation",
            "postal_code",
            "note",
            "originals",
        }
    ),
    "give-back": frozenset({"originals", "full_name", "personal_id"}),
    "undo": frozenset({"reason", "nothing_handed_out"}),
}
ACTIONS = tuple(_READERS)


def moment(data: Data, key: str) -> datetime | None:
    """Return an aware moment, or None when there is none; BadInput ``bad_act_data`` (field)."""
    text = _text(data, key)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadInput("bad_act_data", field=key) from problem
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:  # at the edges of the calendar no day can be counted
        raise BadInput("bad_act_data", field=key)
    if found.tzinfo is None:
        raise BadInput("naive_moment")
    return found


def _reasons(data: Data) -> tuple[str, ...]:
    return (*_texts(data, "reasons"), *_texts(data, "reason"))


def _text(data: Data, key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise BadInput("bad_act_data", field=key)
    return value


def _texts(data: Data, key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadInput("bad_act_data", field=key)
    return tuple(value)


def _flag(data: Data, key: str, *, default: bool = False) -> bool:
    value = data.get(key, default)
    if not isinstance(value, bool):
        raise BadInput("bad_act_data", field=key)
    return value


def _amount(data: Data, key: str) -> int | None:
    value = data.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise BadInput("bad_act_data", field=key)
    return value


def _counts(data: Data, key: str) -> dict[str, int]:
    value = data.get(key, {})
    if not isinstance(value, Mapping) or not all(type(count) is int for count in value.values()):
        raise BadInput("bad_act_data", field=key)
    return dict(value)


def _choice(kind: type[_Enum], data: Data, key: str, default: _Enum) -> _Enum:
    try:
        return kind(data.get(key, default))
    except ValueError as problem:
        raise BadInput("bad_act_data", field=key) from problem
