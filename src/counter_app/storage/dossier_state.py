"""A dossier as the flat state that events carry and both sides fold (`counter_protocol.dossier_state`)."""

import json
from collections.abc import Mapping
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.storage.dossier_record import from_record, to_record
from counter_app.storage.json_columns import to_json
from counter_protocol.dossier_state import State
from counter_protocol.fold import OWNER, REV

_PLAIN = (
    "dossier_code",
    "lookup_secret",
    "counter",
    "clerk",
    "channel",
    "status",
    "received_at",
    "due_at",
    "first_due_at",
    "return_by",
    "copies",
    "register_no",
    "waiting_since",
    "resolved_at",
    "ended_at",
    "charges_vnd",
    "office_definition",
    "calendar_definition",
)
_FLAGS = (
    "provisional_code",
    "training",
    "assisted",
    "stands_still",
    "slip_required",
)
_JSON = (
    "procedure",
    "applicant",
    "promise",
    "forms",
    "parts",
    "charges",
    "people",
    "facts",
    "aliases",
)
_LIFE = "life."
_FOLLOWS_STATUS = frozenset({"waiting_since", "stands_still"})
# Of this counter alone: who was asked how it went is nobody else's business, and the fold counts the events.
_NOT_TOLD = frozenset({"rated", "rev"})


def state_of(dossier: Dossier) -> dict[str, object]:
    """Return the state: plain JSON values, moments as UTC text."""
    record = to_record(dossier)
    life: Mapping[str, object] = json.loads(str(record["life"]))
    return (
        {name: record[name] for name in _PLAIN}
        | {name: bool(record[name]) for name in _FLAGS}
        | {name: json.loads(str(record[name])) for name in _JSON}
        | {_LIFE + name: value for name, value in life.items() if name not in _NOT_TOLD}
    )


def compared_with(before: State | None, now: State) -> State | None:
    """Return what to tell the change against: with a new status goes whether somebody is waited for.

    Another counter's act may stand between the two in the office's order, and must not leave its waiting
    beside our status.
    """
    if before is None or before.get("status") == now.get("status"):
        return before
    return {name: value for name, value in before.items() if name not in _FOLLOWS_STATUS}


def dossier_from(dossier_id: str, state: State, *, seen: int = 0, rated: bool = False) -> Dossier:
    """Return the dossier a state describes.

    Args:
        dossier_id: Its id.
        state: The state, as the fold left it.
        seen: The number of the newest of others' events in it.
        rated: Whether the citizen rated it at this counter, which no event tells.

    Raises:
        ValueError: the state is none this program can read.
    """
    try:
        life = {name[len(_LIFE) :]: value for name, value in state.items() if name.startswith(_LIFE)}
        life |= {"rated": rated, "rev": state[REV]}
        record: dict[str, Any] = {name: state[name] for name in (*_PLAIN, *_FLAGS)}
        record |= {name: to_json(state[name]) for name in _JSON}
        record |= {"dossier_id": dossier_id, "life": to_json(life), "owner": state[OWNER], "seen": seen}
        return from_record(record)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no state of a dossier: {error}") from error
