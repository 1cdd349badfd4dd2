"""What asks for a human: kept once for each subject, and told to the office's counters through its log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from counter_protocol.events import SERVER, EventEnvelope, EventKind
from counter_protocol.fold import FlagKind
from counter_protocol.notices import NoticeData
from counter_server.events.office_log import LogRow, OfficeLog
from counter_server.ids import new_id

_KEEP = """
INSERT INTO flag (unit, flag_id, subject, kind, dossier_id, params)
SELECT $1, new.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS new
ON CONFLICT (unit, subject) DO NOTHING RETURNING flag_id
"""
_SETTLE = """
UPDATE flag SET settled_at = $3, settled_by = $4
WHERE unit = $1 AND flag_id = ANY($2) AND settled_at IS NULL
"""
_SETTLE_SUBJECTS = """
UPDATE flag SET settled_at = $3, settled_by = $4
WHERE unit = $1 AND subject = ANY($2) AND settled_at IS NULL RETURNING flag_id, kind, dossier_id
"""

_SETTLE_OF_DOSSIERS = """
UPDATE flag SET settled_at = $4, settled_by = $5
WHERE unit = $1 AND kind = $2 AND dossier_id = ANY($3) AND settled_at IS NULL
RETURNING flag_id, kind, dossier_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to look at. ``subject`` says what it is about: the same subject is raised once."""

    kind: FlagKind
    subject: str
    dossier_id: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


async def raise_flags(log: OfficeLog, flags: Iterable[Flag], now: datetime) -> list[LogRow]:
    """Keep what was not raised before; return the log's entries about it, numbered, not yet written."""
    wanted = {flag.subject: (new_id(), flag) for flag in flags}
    if not wanted:
        return []
    rows = [
        (flag_id, flag.subject, flag.kind.value, flag.dossier_id, msgspec.json.encode(flag.params).decode())
        for flag_id, flag in wanted.values()
    ]
    kept = {
        record["flag_id"]
        for record in await log.connection.fetch(_KEEP, log.unit, *map(list, zip(*rows, strict=True)))
    }
    return [
        log.row_of_server(
            _told(
                log.unit,
                EventKind.FLAG_RAISED,
                NoticeData(notice_id=flag_id, kind=flag.kind.value, params=flag.params),
                flag.dossier_id,
                now,
            )
        )
        for flag_id, flag in wanted.values()
        if flag_id in kept
    ]


async def note_settled(log: OfficeLog, flag_ids: Sequence[str], now: datetime, by: str) -> None:
    """Note that a human dealt with flags; unknown and settled ones stay as they are."""
    await log.connection.execute(_SETTLE, log.unit, list(flag_ids), now, by)


async def settle_subjects(
    log: OfficeLog, subjects: Sequence[str], now: datetime, reason: str
) -> list[LogRow]:
    """Settle flags whose cause is gone; return the log's entries about it, numbered, not yet written."""
    settled = await log.connection.fetch(_SETTLE_SUBJECTS, log.unit, list(subjects), now, SERVER)
    return _settlings(log, settled, now, reason)


async def settle_missing(log: OfficeLog, events: Sequence[EventEnvelope], now: datetime) -> list[LogRow]:
    """Settle what asked for receipts that are among the events; returns as `settle_subjects`."""
    received = [event.dossier_id for event in events if event.kind == EventKind.DOSSIER_RECEIVED]
    if not received:
        return []
    kind = FlagKind.RECEIPT_MISSING.value
    settled = await log.connection.fetch(_SETTLE_OF_DOSSIERS, log.unit, kind, received, now, SERVER)
    return _settlings(log, settled, now, "arrived")


def _settlings(
    log: OfficeLog, settled: Iterable[Mapping[str, str]], now: datetime, reason: str
) -> list[LogRow]:
    return [
        log.row_of_server(
            _told(
                log.unit,
                EventKind.FLAG_SETTLED,
                NoticeData(notice_id=record["flag_id"], kind=record["kind"], reason=reason),
                record["dossier_id"],
                now,
            )
        )
        for record in settled
    ]


def _told(unit: str, kind: EventKind, notice: NoticeData, dossier_id: str, now: datetime) -> EventEnvelope:
    return EventEnvelope(
        event_id=new_id(),
        kind=kind.value,
        unit_code=unit,
        device_id=SERVER,
        counter=0,
        clerk="",
        dossier_id=dossier_id,
        rev=0,
        at=now,
        data=notice.as_data(),
    )
