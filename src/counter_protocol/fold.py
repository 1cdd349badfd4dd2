"""What a dossier's state becomes by one event: both sides share these rules and come to the same state.

The order is the office's: the server numbers every event as it arrives (``office_seq``); what a counter has
not yet handed over comes last. A dossier has one owner device, which may do everything; other counters may
give the result, take money, attach scans, and take the dossier over. Nothing an event says is ever refused:
where two acts contradict each other the first one in the order stands, and a flag asks a human to look.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from counter_protocol.dossier_state import State, patched
from counter_protocol.events import SERVER, EventEnvelope, EventKind

# Kept in the state by the fold alone; no patch sets them.
OWNER, REV, SERVER_SEQ, ENDED_BY, ENDED_SEQ = (
    "fold.owner",
    "fold.rev",
    "fold.server_seq",
    "fold.ended_by",
    "fold.ended_seq",
)
NOT_YET = 2**62  # the office_seq of what the server has not numbered

# What any counter may do beside the owner, because it takes nothing away from anybody's act.
SHARED = frozenset(
    {
        EventKind.FEE_COLLECTED,
        EventKind.FEE_VOIDED,
        EventKind.RATING_GIVEN,
        EventKind.SCAN_ATTACHED,
        EventKind.SCAN_REMOVED,
        EventKind.PAPER_PRINTED,
    }
)
ENDED = frozenset({"returned", "refused", "withdrawn", "stopped"})


class FlagKind(StrEnum):
    """Why a human must look at a dossier; values are part of the wire contract."""

    RETURNED_TWICE = "returned_twice"
    RECEIVED_TWICE = "received_twice"
    RECEIPT_MISSING = "receipt_missing"
    NOT_OWNER = "not_owner"
    ACT_AFTER_END = "act_after_end"
    STATUS_AFTER_END = "status_after_end"
    STATUS_CONFLICT = "status_conflict"
    DUPLICATE_CODE = "duplicate_code"
    CLOCK_OFF = "clock_off"
    UNKNOWN_KIND = "unknown_kind"
    EVENT_WITHHELD = "event_withheld"
    FORKED_DEVICE = "forked_device"
    AUDIT_ROLLED_BACK = "audit_rolled_back"
    AUDIT_RESTORED = "audit_restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The state after an event; ``flag`` is set when the event, or its patch, was put aside."""

    state: State | None
    flag: FlagKind | None = None
    params: Mapping[str, object] = field(default_factory=dict)


def changes_state(event: EventEnvelope) -> bool:
    """Tell whether the event is about the state of a dossier."""
    return isinstance(event.data.get("state"), (dict, Mapping))  # asking for the plain class is far quicker


def fold(state: State | None, event: EventEnvelope, office_seq: int = NOT_YET) -> Folded:
    """Return what becomes of a dossier by an event that `changes_state`; any other leaves it.

    Raises:
        ValueError: the event's patch cannot be read.
    """
    patch = event.data.get("state")
    if not isinstance(patch, (dict, Mapping)):
        return Folded(state=state)
    if state is None:
        if event.kind != EventKind.DOSSIER_RECEIVED:
            return Folded(state=None, flag=FlagKind.RECEIPT_MISSING, params=_told(event))
        fresh = {OWNER: event.device_id, REV: 0, SERVER_SEQ: 0, ENDED_BY: "", ENDED_SEQ: 0}
        return Folded(state=_applied(fresh, event, patch, office_seq))
    flag = _objection(state, event)
    if flag is not None:
        return Folded(
            state={**state, REV: _whole(state[REV]) + 1},
            flag=flag,
            params={**_told(event), "owner": state[OWNER], "ended_by": state[ENDED_BY]},
        )
    return Folded(state=_applied(state, event, patch, office_seq))


def fold_anyway(state: State | None, event: EventEnvelope, office_seq: int = NOT_YET) -> Folded:
    """Return what `fold` does; an event whose patch cannot be read is put aside.

    A later program may read it, and until then neither side stands still.
    """
    try:
        return fold(state, event, office_seq)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return Folded(state=state, flag=FlagKind.UNKNOWN_KIND, params={"kind": event.kind})


def fold_all(events: Iterable[tuple[EventEnvelope, int]]) -> Iterator[tuple[EventEnvelope, int, Folded]]:
    """Yield the events of one dossier, each with its number and what becomes of the dossier by it.

    An act may have its number before its receipt: a server that was put back hears one counter before the
    other. It is put aside as ``receipt_missing`` then, and comes once more right after the receipt.

    Args:
        events: All events of the dossier with their numbers, in the office's order.
    """
    state: State | None = None
    early: list[tuple[EventEnvelope, int]] = []
    for event, office_seq in events:
        folded = fold_anyway(state, event, office_seq)
        state = folded.state
        yield event, office_seq, folded
        if folded.flag is FlagKind.RECEIPT_MISSING:
            early.append((event, office_seq))
        elif state is not None and early:
            for before, number in early:
                folded = fold_anyway(state, before, number)
                state = folded.state
                yield before, number, folded
            early = []


def _objection(state: State, event: EventEnvelope) -> FlagKind | None:
    """Return what keeps the event from changing the state, or None."""
    kind, device = event.kind, event.device_id
    if kind == EventKind.DOSSIER_RECEIVED:
        return FlagKind.RECEIVED_TWICE
    if kind in SHARED or kind == EventKind.CODE_ALIASED:
        return None
    if device == SERVER:
        return FlagKind.STATUS_AFTER_END if _is_ended(state) else None
    if kind == EventKind.RESULT_RETURNED and state.get("status") == "returned":
        return FlagKind.RETURNED_TWICE
    unseen_end = _is_ended(state) and state[ENDED_BY] != device and _seen(event) < _whole(state[ENDED_SEQ])
    if unseen_end:
        return FlagKind.ACT_AFTER_END
    if kind in (EventKind.RESULT_RETURNED, EventKind.DOSSIER_TAKEN_OVER):
        return None
    takes_own_end_back = kind == EventKind.ACT_UNDONE and state[ENDED_BY] == device
    if device != state[OWNER] and not takes_own_end_back:
        return FlagKind.NOT_OWNER
    return FlagKind.STATUS_CONFLICT if _seen(event) < _whole(state[SERVER_SEQ]) else None


def _applied(state: State, event: EventEnvelope, patch: Mapping[str, object], office_seq: int) -> State:
    after = patched(state, patch)
    for name in (OWNER, REV, SERVER_SEQ, ENDED_BY, ENDED_SEQ):
        after[name] = state[name]  # whatever a patch says
    after[REV] = _whole(state[REV]) + 1
    if event.kind == EventKind.DOSSIER_TAKEN_OVER:
        after[OWNER] = event.device_id
    if event.device_id == SERVER and event.kind == EventKind.STATUS_SET:
        after[SERVER_SEQ] = office_seq
    if not _is_ended(after):
        after[ENDED_BY], after[ENDED_SEQ] = "", 0
    elif not _is_ended(state):
        after[ENDED_BY], after[ENDED_SEQ] = event.device_id, office_seq
    return after


def _is_ended(state: State) -> bool:
    status = state.get("status", "")
    if not isinstance(status, str):
        raise ValueError("a status is a text")
    return status in ENDED


def _seen(event: EventEnvelope) -> int:
    """Return the highest office_seq of others' events on the dossier that the author knew."""
    seen = event.data.get("seen", 0)
    return seen if isinstance(seen, int) else 0


def _told(event: EventEnvelope) -> dict[str, object]:
    return {"kind": event.kind, "counter": event.counter, "at": event.at.isoformat(), "clerk": event.clerk}


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("not a whole number")
    return value
