"""The barest program that writes the rows of pushes: prepared beforehand, sent with asyncpg, nothing read.

The rows are those the server would write, made by its own fold; one statement a batch, no check of anything,
no signature, no lock, no policy. What is measured of it is the encoding of the rows and PostgreSQL's work.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
from tests.bench.sync_devices import Device

from counter_protocol.dossier_state import State
from counter_protocol.events import EventEnvelope, decode_event
from counter_protocol.fold import changes_state, fold
from counter_server.events.day_figures import figures_of
from counter_server.events.dossier_columns import COLUMNS, row_of

_EVENTS = "text[], bigint[], bigint[], text[], bigint[], text[], text[], timestamptz[], bytea[], bytea[]"
_ARRAYS = [*(kind.strip() for kind in _EVENTS.split(",")), *(f"{kind}[]" for _name, kind in COLUMNS)]
_ALIAS = ["text[]", "text[]"]
_CHAIN = ["text", "bigint", "bigint", "bytea", "bigint"]
_KINDS = [*_ARRAYS, *_ALIAS, *_CHAIN]
_PLACES = [f"${number}::{kind}" for number, kind in enumerate(_KINDS, 2)]
_NAMES = ", ".join(name for name, _kind in COLUMNS)
_NEW = ", ".join(f"EXCLUDED.{name}" for name, _kind in COLUMNS)
_D, _A, _C = 10, 10 + len(COLUMNS), 12 + len(COLUMNS)
_WRITE = f"""
WITH events AS (
    INSERT INTO event (unit, device_id, epoch, seq, event_id, office_seq, dossier_id, kind, at, hash, body)
    SELECT $1, new.* FROM unnest({", ".join(_PLACES[:_D])}) AS new),
dossiers AS (
    INSERT INTO dossier (unit, {_NAMES}) SELECT $1, new.* FROM unnest({", ".join(_PLACES[_D:_A])}) AS new
    ON CONFLICT (unit, dossier_id) DO UPDATE SET ({_NAMES}) = ROW({_NEW})),
names AS (
    INSERT INTO dossier_alias (unit, code, dossier_id)
    SELECT $1, new.* FROM unnest({", ".join(_PLACES[_A:_C])}) AS new),
moved AS (
    INSERT INTO chain (unit, device_id, epoch, last_seq, last_hash)
    SELECT $1, {", ".join(_PLACES[_C : _C + 4])} ON CONFLICT (unit, device_id, epoch)
    DO UPDATE SET last_seq = EXCLUDED.last_seq, last_hash = EXCLUDED.last_hash)
UPDATE office_log SET seq = {_PLACES[-1]} WHERE unit = $1
"""


@dataclass(frozen=True)
class Batch:
    """The values of one statement."""

    values: tuple[object, ...]


def batches_of(device: Device, size: int) -> list[Batch]:
    """Return what the server writes of a device's pushes, when the office has no other counter."""
    states: dict[str, State] = {}
    return [
        _batch(device, start, states, device.bodies[start : start + size])
        for start in range(0, len(device.bodies), size)
    ]


def _batch(device: Device, start: int, states: dict[str, State], bodies: Sequence[bytes]) -> Batch:
    events = [decode_event(body) for body in bodies]
    rows, changed, named = [], {}, []
    for seq, (event, body) in enumerate(zip(events, bodies, strict=True), start + 1):
        assert not list(figures_of(event))
        place = (device.device_id, 1, seq, event.event_id, seq)
        rows.append((*place, event.dossier_id, event.kind, event.at, device.hashes[seq], body))
        if changes_state(event):
            if event.dossier_id not in states:
                named.append((_code(event), event.dossier_id))
            folded = fold(states.get(event.dossier_id), event, seq)
            assert folded.state is not None
            states[event.dossier_id] = folded.state
            changed[event.dossier_id] = (seq, event.at)
    dossiers = [row_of(one, seq, states[one], at) for one, (seq, at) in changed.items()]
    last = start + len(bodies)
    columns = [list(column) for table in (rows, dossiers, named) for column in zip(*table, strict=True)]
    if not named:
        columns += [[], []]
    return Batch((device.unit, *columns, device.device_id, 1, last, device.hashes[last], last))


def _code(event: EventEnvelope) -> str:
    state = event.data["state"]
    assert isinstance(state, dict)
    return str(state["set"]["dossier_code"])


async def write_all(database_url: str, work: Sequence[Sequence[Batch]], connections: int) -> None:
    """Write each list of batches in order, so many lists at once."""
    waiting = list(work)

    async def writer() -> None:
        connection = await asyncpg.connect(database_url)
        while waiting:
            for batch in waiting.pop():
                await connection.execute(_WRITE, *batch.values)
        await connection.close()

    await asyncio.gather(*(writer() for _ in range(connections)))
