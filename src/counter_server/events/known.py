"""What the server holds of a chain, and of events it may have been told before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from counter_protocol.events import GENESIS_HASH
from counter_protocol.messages import Place
from counter_server.events.office_log import OfficeLog

_PLACES = """
SELECT seq, hash, office_seq FROM event
WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq BETWEEN $4 AND $5 ORDER BY seq
"""
_TOLD = """
SELECT event_id, office_seq, sha256(body) AS digest FROM event
WHERE unit = $1 AND event_id = ANY($2) AND body <> ''
"""
# One round trip for all that a batch needs; the lock of the log is held for its time.
_ALL = """
SELECT 'tip' AS what, '' AS name, last_seq AS number, last_hash AS hash, '' AS state
FROM chain WHERE unit = $1 AND device_id = $2 AND epoch = $3
UNION ALL
SELECT 'told', event_id, office_seq, sha256(body), ''
FROM event WHERE unit = $1 AND event_id = ANY($4) AND body <> ''
UNION ALL
SELECT 'dossier', dossier_id, office_seq, '', state
FROM dossier WHERE unit = $1 AND dossier_id = ANY($5)
UNION ALL
SELECT 'early', dossier_id, office_seq, body, ''
FROM event WHERE unit = $1 AND dossier_id = ANY($6) AND body <> ''
    AND NOT EXISTS (SELECT 1 FROM dossier WHERE unit = $1 AND dossier_id = event.dossier_id)
"""


class Told(NamedTuple):
    """An event the server has: its number, and its bytes (told in this batch) or their SHA-256."""

    office_seq: int
    digest: bytes = b""
    body: bytes = b""

    def is_of(self, body: bytes) -> bool:
        """Tell whether these are the event's bytes."""
        return self.body == body if self.body else self.digest == sha256(body).digest()


@dataclass(slots=True)
class Known:
    """What the server holds before a batch.

    ``states`` are dossiers' states as JSON, by id; ``early`` the events, with their numbers, of dossiers
    whose receipt comes only now.
    """

    tip: Place = field(default_factory=lambda: Place(seq=0, hash=GENESIS_HASH))
    told: dict[str, Told] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    early: list[tuple[int, bytes]] = field(default_factory=list)


async def before(
    log: OfficeLog,
    device_id: str,
    epoch: int,
    event_ids: Sequence[str],
    dossier_ids: Sequence[str],
    received: Sequence[str],
) -> Known:
    """Return the end of a chain, and those of the events and dossiers the server has.

    Args:
        log: the locked log.
        device_id: whose chain.
        epoch: which one.
        event_ids: the events that are told.
        dossier_ids: the dossiers they are about.
        received: those of the dossiers whose receipt is among the events.
    """
    known = Known()
    rows = await log.connection.fetch(_ALL, log.unit, device_id, epoch, event_ids, dossier_ids, received)
    for what, name, number, hash_, state in rows:
        if what == "tip":
            known.tip = Place(seq=number, hash=hash_)
        elif what == "told":
            known.told[name] = Told(number, hash_)
        elif what == "early":
            known.early.append((number, hash_))
        else:
            known.states[name] = state
    return known


async def of_dossiers(log: OfficeLog, dossier_ids: Sequence[str]) -> Known:
    """Return the states of dossiers, and the events of those that have none yet."""
    return await before(log, "", 0, [], dossier_ids, dossier_ids)


async def office_seqs_of(
    log: OfficeLog, device_id: str, epoch: int, first_seq: int, hashes: Sequence[bytes]
) -> list[int] | None:
    """Return the numbers of places the server has already; None unless it has every one with that hash."""
    last = first_seq + len(hashes) - 1
    rows = await log.connection.fetch(_PLACES, log.unit, device_id, epoch, first_seq, last)
    if [row["hash"] for row in rows] != list(hashes):
        return None
    return [row["office_seq"] for row in rows]


async def told_before(log: OfficeLog, event_ids: Sequence[str]) -> dict[str, Told]:
    """Return those of the events the server has the content of, by id."""
    rows = await log.connection.fetch(_TOLD, log.unit, list(event_ids))
    return {row["event_id"]: Told(row["office_seq"], row["digest"]) for row in rows}
