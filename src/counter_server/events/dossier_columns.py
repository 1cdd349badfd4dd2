"""The columns of a dossier that pages and exports ask for, out of its folded state.

A state is what counters of any version say; a field that cannot be read becomes its empty value here and
stays as it is in ``state``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from counter_protocol.dossier_state import State
from counter_protocol.fold import OWNER

_MAX_TEXT = 500
_MAX_COUNTER = 99
# In the order of the table, after its unit.
COLUMNS = (
    ("dossier_id", "text"),
    ("office_seq", "bigint"),
    ("dossier_code", "text"),
    ("lookup_secret", "text"),
    ("owner", "text"),
    ("counter", "int"),
    ("status", "text"),
    ("procedure_id", "text"),
    ("procedure_name", "text"),
    ("sector", "text"),
    ("channel", "text"),
    ("assisted", "boolean"),
    ("received_at", "timestamptz"),
    ("due_at", "timestamptz"),
    ("first_due_at", "timestamptz"),
    ("resolved_at", "timestamptz"),
    ("ended_at", "timestamptz"),
    ("waiting_since", "timestamptz"),
    ("stands_still", "boolean"),
    ("supplements", "int"),
    ("extended", "boolean"),
    ("state", "text"),
)


def row_of(dossier_id: str, office_seq: int, state: State, at: datetime) -> tuple[object, ...]:
    """Return the values of `COLUMNS`.

    Args:
        dossier_id: the dossier.
        office_seq: the number of the event that changed it last.
        state: what it is now.
        at: the moment of that event; stands in for a moment of receipt that cannot be read.
    """
    procedure = state.get("procedure")
    procedure = procedure if isinstance(procedure, (dict, Mapping)) else {}
    supplements = state.get("life.supplements")
    return (
        dossier_id,
        office_seq,
        text_of(state.get("dossier_code")),
        text_of(state.get("lookup_secret")),
        text_of(state.get(OWNER)),
        _counter(state.get("counter")),
        text_of(state.get("status")),
        text_of(procedure.get("procedure_id")),
        text_of(procedure.get("name")),
        text_of(procedure.get("sector")),
        text_of(state.get("channel")),
        state.get("assisted") is True,
        _moment(state.get("received_at")) or at,
        _moment(state.get("due_at")),
        _moment(state.get("first_due_at")),
        _moment(state.get("resolved_at")),
        _moment(state.get("ended_at")),
        _moment(state.get("waiting_since")),
        state.get("stands_still") is True,
        len(supplements) if isinstance(supplements, list) else 0,
        state.get("life.extension") is not None,
        msgspec.json.encode(state).decode(),
    )


def text_of(value: object) -> str:
    """Return a text the database can hold; "" for anything else."""
    if not isinstance(value, str):
        return ""
    return value if len(value) <= _MAX_TEXT and "\x00" not in value else value.replace("\x00", "")[:_MAX_TEXT]


def _counter(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= _MAX_COUNTER else 0


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        # Within a day of the calendar's ends there is no UTC, and the database takes no other.
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
