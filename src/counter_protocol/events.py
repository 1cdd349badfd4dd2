"""Events a counter reports to the central server, and the hash chain that makes losses visible.

The body of an event is encoded once, hashed, stored and sent as exactly those bytes; nobody encodes
it a second time. Each device chains its events, so that a re-imaged counter or a restored server is
noticed at the next exchange instead of losing events silently.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from counter_protocol.canonical import canonical_bytes

SCHEMA_VERSION = 1
SERVER = "server"  # the device id of what the server itself wrote
GENESIS_HASH = bytes(32)
_CHAIN_TAG = b"one-stop-counter/event-chain/1\x00"
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_LAST_YEAR = 9998
_HALF_LETTER = "\\ud"  # so begin all escapes that may stand for half a letter
_TYPES: dict[str, type] = {
    "event_id": str,
    "kind": str,
    "unit_code": str,
    "device_id": str,
    "counter": int,
    "clerk": str,
    "dossier_id": str,
    "rev": int,
    "data": dict,
    "schema": int,
}


class EventKind(StrEnum):
    """What happened; values are part of the wire contract and are never renamed."""

    DOSSIER_RECEIVED = "dossier_received"
    DOSSIER_CORRECTED = "dossier_corrected"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENT_RECEIVED = "supplement_received"
    DOSSIER_REFUSED = "dossier_refused"
    DOSSIER_HANDED_OVER = "dossier_handed_over"
    DEADLINE_EXTENDED = "deadline_extended"
    DOSSIER_STOPPED = "dossier_stopped"
    DOSSIER_WITHDRAWN = "dossier_withdrawn"
    RESULT_ARRIVED = "result_arrived"
    RESULT_RETURNED = "result_returned"
    PAPER_PRINTED = "paper_printed"
    SCAN_ATTACHED = "scan_attached"
    SCAN_REMOVED = "scan_removed"
    DAY_CLOSED = "day_closed"
    PROMISE_CHANGED = "promise_changed"
    PROMISE_KEPT = "promise_kept"
    RATING_GIVEN = "rating_given"
    PAYMENT_REQUESTED = "payment_requested"
    PAYMENT_RECEIVED = "payment_received"
    ORIGINALS_GIVEN_BACK = "originals_given_back"
    FEE_COLLECTED = "fee_collected"
    FEE_VOIDED = "fee_voided"
    ACT_UNDONE = "act_undone"
    GUIDANCE_GIVEN = "guidance_given"
    DEFINITION_KEPT = "definition_kept"
    DOSSIER_TAKEN_OVER = "dossier_taken_over"
    NOTICE_SETTLED = "notice_settled"
    # What the server writes into an office's log; its device id is `SERVER`.
    STATUS_SET = "status_set"
    CODE_ALIASED = "code_aliased"
    TASK_GIVEN = "task_given"
    FLAG_RAISED = "flag_raised"
    FLAG_SETTLED = "flag_settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEnvelope:
    """One event. ``kind`` is text because a newer counter may send kinds we do not know yet.

    ``rev`` counts the owner's events on this dossier from 1; ``at`` is aware; ``data`` is canonical
    JSON (no floats) and belongs to the kind.
    """

    event_id: str
    kind: str
    unit_code: str
    device_id: str
    counter: int
    clerk: str
    dossier_id: str
    rev: int
    at: datetime
    data: Mapping[str, object] = field(default_factory=dict)
    schema: int = SCHEMA_VERSION


def encode_event(event: EventEnvelope) -> bytes:
    """Return the canonical bytes that are hashed, stored and sent.

    Raises:
        TypeError: ``data`` holds a value that is not canonical JSON.
        ValueError: ``at`` is naive.
    """
    if event.at.tzinfo is None:
        raise ValueError("the moment of an event must be aware")
    return canonical_bytes(
        {
            "at": f"{event.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z",
            "clerk": event.clerk,
            "counter": event.counter,
            "data": event.data,
            "device_id": event.device_id,
            "dossier_id": event.dossier_id,
            "event_id": event.event_id,
            "kind": str(event.kind),
            "rev": event.rev,
            "schema": event.schema,
            "unit_code": event.unit_code,
        }
    )


def decode_event(body: bytes) -> EventEnvelope:
    """Read an event's bytes; fields added by newer versions are ignored (the bytes keep them).

    Raises:
        ValueError: the bytes are not an event.
    """
    try:
        text = body.decode("utf-8")
        said = json.loads(text, parse_constant=_no_number)
        record = {name: said[name] for name in (*_TYPES, "at")}
        if _HALF_LETTER in text.lower():
            json.dumps(record, ensure_ascii=False).encode("utf-8")
        event = EventEnvelope(
            **{name: _of_type(record[name], kind) for name, kind in _TYPES.items()},
            at=moment_of(_of_type(record["at"], str)),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not an event") from error
    if not event.event_id:
        raise ValueError("an event without an id")
    return event


def _of_type(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"not {kind.__name__}")
    return value


def moment_of(text: str) -> datetime:
    """Read the moment of an event; it has one text and no other.

    Raises:
        ValueError: it is none, or so late that no other time zone has it.
    """
    if _MOMENT.fullmatch(text) is None:
        raise ValueError("not a moment")
    moment = datetime.fromisoformat(text)
    if moment.year > _LAST_YEAR:
        raise ValueError("no moment everywhere")
    return moment


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def chain_hash(prev_hash: bytes, body: bytes) -> bytes:
    """Return the 32-byte SHA-256 that binds an event to all events before it.

    The first event of an epoch follows `GENESIS_HASH`.

    Raises:
        ValueError: ``prev_hash`` is not 32 bytes long.
    """
    if len(prev_hash) != len(GENESIS_HASH):
        raise ValueError("a chain hash is 32 bytes")
    return hashlib.sha256(_CHAIN_TAG + prev_hash + body).digest()
