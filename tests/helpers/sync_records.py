"""What counters and the server hold, read as plain records, for the one checker of what must agree."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.ports import HistoryEntry, Queries
from counter_app.services.sync_port import OutItem
from counter_protocol.events import EventEnvelope, decode_event

_ALL = 10**9
_LOG = "SELECT office_seq, event_id, device_id, dossier_id, problem, body FROM log_entry ORDER BY arrival"
_IDS = "SELECT dossier_id FROM dossier ORDER BY number"
# As the table has it: to the port, what was released after it had been withheld just waits.
_STATES = "SELECT seq, state FROM outbox_event"
Fetch = Callable[..., Awaitable[Sequence[Mapping[str, Any]]]]


@dataclass(frozen=True)
class LogEntry:
    """An entry of the office's log at a counter."""

    office_seq: int | None
    event_id: str
    device_id: str
    dossier_id: str
    problem: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class CounterRecords:
    """A counter. ``states`` of the outbox by `OutItem.seq`; ``logs`` are the dossiers' events in order."""

    name: str
    device_id: str
    number: int
    epoch: int
    waiting: int
    quarantined: int
    out: Sequence[OutItem]
    states: Mapping[int, str]
    inbox: Sequence[LogEntry]
    dossiers: Mapping[str, Dossier]
    histories: Mapping[str, Sequence[HistoryEntry]]
    logs: Mapping[str, Sequence[tuple[EventEnvelope, int | None]]]

    def held(self) -> set[str]:
        """Return the ids of all events whose bytes are here."""
        return {item.event_id for item in self.out} | {entry.event_id for entry in self.inbox}


@dataclass(frozen=True)
class Place:
    """A row of the server's ``event``."""

    device_id: str
    epoch: int
    seq: int
    event_id: str
    office_seq: int
    dossier_id: str
    hash: bytes
    body: bytes


@dataclass(frozen=True)
class Raised:
    """A flag at the server."""

    kind: str
    subject: str
    dossier_id: str
    settled: bool


@dataclass(frozen=True, kw_only=True)
class OfficeRecords:
    """What the server has of an office; ``chains`` by device and epoch, ``aliases`` by code."""

    end: int
    places: Sequence[Place]
    chains: Mapping[tuple[str, int], tuple[int, bytes]]
    dossiers: Mapping[str, Mapping[str, object]]
    owners: Mapping[str, str]
    aliases: Mapping[str, frozenset[str]]
    flags: Sequence[Raised]
    bodies: Mapping[str, Place] = field(init=False)

    def __post_init__(self) -> None:
        told = {place.event_id: place for place in self.places if place.body}
        object.__setattr__(self, "bodies", told)


def counter_records(desk: Desk, name: str = "") -> CounterRecords:
    """Read a counter."""
    with desk.store.reading() as queries:
        return records_in(queries, desk, name)


def records_in(queries: Queries, desk: Desk, name: str = "") -> CounterRecords:
    """Read a counter within a transaction, as it would be after it."""
    sql = queries._sql  # type: ignore[attr-defined]
    ids = [str(row[0]) for row in sql.rows(_IDS)]
    found = {one: queries.dossier(one) for one in ids}
    state, counter = queries.sync_state(), desk.settings.counter
    return CounterRecords(
        name=name or f"counter {counter.number}",
        device_id=counter.device_id,
        number=counter.number,
        epoch=queries.chain_end().epoch,
        waiting=state.waiting,
        quarantined=state.quarantined,
        out=queries.out_items(unsent_only=False, limit=_ALL),
        states=dict(sql.rows(_STATES)),
        inbox=[LogEntry(*row) for row in sql.rows(_LOG)],
        dossiers={one: dossier for one, dossier in found.items() if dossier is not None},
        histories={one: queries.history(one) for one in ids},
        logs={
            one: [(decode_event(logged.body), logged.office_seq) for logged in queries.dossier_log(one)]
            for one in ids
        },
    )


async def office_records(fetch: Fetch, unit: str) -> OfficeRecords:
    """Read an office; ``fetch`` is that of a connection that may see everything."""
    places = await fetch(
        "SELECT device_id, epoch, seq, event_id, office_seq, dossier_id, hash, body FROM event "
        "WHERE unit = $1 ORDER BY office_seq, epoch, seq",
        unit,
    )
    chains = await fetch("SELECT device_id, epoch, last_seq, last_hash FROM chain WHERE unit = $1", unit)
    dossiers = await fetch("SELECT dossier_id, owner, state FROM dossier WHERE unit = $1", unit)
    names: dict[str, set[str]] = {}
    for row in await fetch("SELECT code, dossier_id FROM dossier_alias WHERE unit = $1", unit):
        names.setdefault(row["code"], set()).add(row["dossier_id"])
    flags = await fetch(
        "SELECT kind, subject, dossier_id, settled_at IS NOT NULL AS settled FROM flag WHERE unit = $1", unit
    )
    end = await fetch("SELECT seq FROM office_log WHERE unit = $1", unit)
    return OfficeRecords(
        end=end[0]["seq"] if end else 0,
        places=[Place(*row.values()) for row in places],
        chains={(row["device_id"], row["epoch"]): (row["last_seq"], row["last_hash"]) for row in chains},
        dossiers={row["dossier_id"]: json.loads(row["state"]) for row in dossiers},
        owners={row["dossier_id"]: row["owner"] for row in dossiers},
        aliases={code: frozenset(ids) for code, ids in names.items()},
        flags=[Raised(*row.values()) for row in flags],
    )
