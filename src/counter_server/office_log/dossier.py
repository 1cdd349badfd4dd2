"""One dossier of an office whose log is locked: found by its code, changed by an event of the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from counter_protocol.dossier_state import State
from counter_protocol.events import SERVER, EventEnvelope, EventKind
from counter_server.events.office_log import OfficeLog
from counter_server.events.server_events import append
from counter_server.ids import new_id
from counter_server.office_log.refusal import NotWritten, Why

_FIND = """SELECT dossier_id, state FROM dossier WHERE unit = $1 AND (dossier_code = $2 OR dossier_id IN
    (SELECT dossier_id FROM dossier_alias WHERE unit = $1 AND code = $2))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A dossier as it stands."""

    dossier_id: str
    state: State

    @property
    def status(self) -> str:
        """Where it stands."""
        return str(self.state.get("status", ""))


async def find(log: OfficeLog, code: str) -> Found:
    """Return the dossier with a code, its own or an official one.

    Raises:
        NotWritten: ``dossier_unknown``, ``dossier_ambiguous``.
    """
    rows = await log.connection.fetch(_FIND, log.unit, code.strip().upper())
    if not rows:
        raise NotWritten(Why.DOSSIER_UNKNOWN, code=code)
    if len(rows) > 1:
        raise NotWritten(Why.DOSSIER_AMBIGUOUS, code=code)
    return Found(dossier_id=rows[0]["dossier_id"], state=msgspec.json.decode(rows[0]["state"]))


def event_of_server(
    log: OfficeLog,
    kind: EventKind,
    dossier_id: str,
    *,
    clerk: str,
    at: datetime,
    data: Mapping[str, object],
) -> EventEnvelope:
    """Return an event of the server about a dossier, or about none when the id is ""."""
    return EventEnvelope(
        event_id=new_id(),
        kind=kind.value,
        unit_code=log.unit,
        device_id=SERVER,
        counter=0,
        clerk=clerk,
        dossier_id=dossier_id,
        rev=0,
        at=at,
        data=data,
    )


async def change(
    log: OfficeLog,
    kind: EventKind,
    dossier: Found,
    patch: Mapping[str, object],
    *,
    clerk: str,
    at: datetime,
    detail: Mapping[str, object],
) -> int:
    """Write an event that changes a dossier's state, and the state; return its number in the log."""
    data = {**detail, "state": {"set": dict(patch)}}
    event = event_of_server(log, kind, dossier.dossier_id, clerk=clerk, at=at, data=data)
    return (await append(log, [event], at))[0]
