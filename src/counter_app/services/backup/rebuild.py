"""Makes dossiers anew from what was told of them, where a salvage found their events and not their rows.

Only from all events: as many as the dossier's history has steps, numbered without a gap. A dossier of which
one is missing would be shown as it was once, and that is worse than none.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.domain.office import Office
from counter_protocol.events import decode_event
from counter_protocol.fold import NOT_YET, OWNER, fold_all

if TYPE_CHECKING:
    from counter_app.services.ports import Transaction


def rebuild(transaction: "Transaction", own: str, dossier_ids: Iterable[str]) -> dict[str, str]:
    """Rebuild what can be; return the codes of those by dossier id. `own` is this counter's device id."""
    rebuilt: dict[str, str] = {}
    for dossier_id in dossier_ids:
        if transaction.dossier(dossier_id) is not None:
            continue
        try:
            with transaction.apart():
                code = _rebuilt(transaction, own, dossier_id)
        except (ValueError, KeyError, KnownError):
            continue  # an event nobody can read, a definition that is gone too: named as lost
        rebuilt[dossier_id] = code
    return rebuilt


def _rebuilt(transaction: "Transaction", own: str, dossier_id: str) -> str:
    logged = [(decode_event(each.body), each.office_seq) for each in transaction.dossier_log(dossier_id)]
    revs = sorted(event.rev for event, _number in logged)
    if not logged or revs != list(range(1, len(revs) + 1)):
        raise ValueError("events are missing")
    if len(transaction.history(dossier_id)) != len(logged):
        raise ValueError("steps and events differ")
    state = None
    named: tuple[str, ...] = ()
    for event, _number, folded in fold_all((one, NOT_YET if seq is None else seq) for one, seq in logged):
        state = folded.state
        told = event.data.get("also_named")
        named = tuple(map(str, told)) if isinstance(told, list) else named
    if state is None:
        raise ValueError("the receipt is not here")
    owner = "" if state[OWNER] == own else str(state[OWNER])
    dossier = transaction.put_folded(dossier_id, state, owner=owner, seen=0, also_named=named)
    transaction.definition(dossier.office_definition, Office)
    return dossier.dossier_code
