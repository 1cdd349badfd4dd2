"""What was done with a dossier and stands: the acts that were put aside or taken back are not among it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counter_protocol.dossier_state import State
from counter_protocol.events import EventEnvelope, EventKind
from counter_protocol.fold import fold_all

# What an undone act is called in ACT_UNDONE (`undone`), where it was a step of the gateway's.
_UNDONE: Mapping[str, EventKind] = {
    "handed_over": EventKind.DOSSIER_HANDED_OVER,
    "supplement_requested": EventKind.SUPPLEMENT_REQUESTED,
    "resumed": EventKind.SUPPLEMENT_RECEIVED,
    "refused": EventKind.DOSSIER_REFUSED,
    "payment_asked": EventKind.PAYMENT_REQUESTED,
    "payment_taken": EventKind.PAYMENT_RECEIVED,
    "extended": EventKind.DEADLINE_EXTENDED,
    "stopped": EventKind.DOSSIER_STOPPED,
    "withdrawn": EventKind.DOSSIER_WITHDRAWN,
    "result_entered": EventKind.RESULT_ARRIVED,
    "returned": EventKind.RESULT_RETURNED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event that stands, and the dossier's state after it."""

    event: EventEnvelope
    state: State


def standing_acts(events: Iterable[tuple[int, EventEnvelope]]) -> list[Act]:
    """Return the acts that stand.

    Args:
        events: All events of the dossier with their numbers in the office's log, in that order.
    """
    acts: list[Act] = []
    for event, _number, folded in fold_all((event, office_seq) for office_seq, event in events):
        state = folded.state
        if folded.flag is not None or state is None:
            continue
        if event.kind == EventKind.ACT_UNDONE:
            _take_back(acts, str(event.data.get("undone", "")))
        else:
            acts.append(Act(event=event, state=state))
    return acts


def of_kind(acts: Iterable[Act], *kinds: EventKind) -> list[EventEnvelope]:
    """Return the events of some kinds, in order."""
    return [act.event for act in acts if act.event.kind in kinds]


def _take_back(acts: list[Act], undone: str) -> None:
    kind = _UNDONE.get(undone)
    for place in range(len(acts) - 1, -1, -1):
        if acts[place].event.kind == kind:
            del acts[place]
            return
