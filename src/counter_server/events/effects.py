"""What new entries of an office's log do to dossiers, definitions, figures, flags: each once."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from counter_protocol.events import EventEnvelope, EventKind
from counter_protocol.fold import FlagKind
from counter_protocol.notices import SETTLING, notice_of
from counter_server.events.day_figures import write_figures
from counter_server.events.dossier_columns import text_of
from counter_server.events.dossiers import Entry, fold_entries
from counter_server.events.flags import Flag, note_settled
from counter_server.events.known import Known
from counter_server.events.office_log import OfficeLog

_KINDS = frozenset(kind.value for kind in EventKind)
_KEEP_DEFINITIONS = """
INSERT INTO definition (unit, digest, kind, item_id, version, body)
SELECT $1, new.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS new
ON CONFLICT DO NOTHING
"""
_DEFINITION = ("digest", "kind", "item_id", "version", "body")


async def take_effect(
    log: OfficeLog, entries: Sequence[Entry], now: datetime, before: Known | None = None
) -> list[tuple[Entry, Flag]]:
    """Do what the entries say; return what asks for a human, by the entry that caused it.

    The entries are numbered; their rows may be written before or after, within the same transaction.
    ``before`` as `fold_entries` takes it.
    """
    flags = await fold_entries(log, entries, before)
    events = [entry.event for entry in entries]
    await _keep_definitions(log, events)
    await write_figures(log, events)
    await _settle(log, events, now)
    flags += [(entry, _unknown(entry.event)) for entry in entries if entry.event.kind not in _KINDS]
    return flags


async def _keep_definitions(log: OfficeLog, events: Sequence[EventEnvelope]) -> None:
    """Keep what dossiers were received under; a body that is not its digest's is left in the log alone."""
    rows = []
    for event in events:
        if event.kind == EventKind.DEFINITION_KEPT:
            texts = [event.data.get(name) for name in _DEFINITION]
            body = texts[-1]
            if isinstance(body, str) and "\x00" not in body:
                names = [text_of(text) for text in texts[:-1]]
                if sha256(body.encode()).hexdigest() == names[0]:
                    rows.append((*names, body))
    if rows:
        await log.connection.execute(_KEEP_DEFINITIONS, log.unit, *map(list, zip(*rows, strict=True)))


async def _settle(log: OfficeLog, events: Sequence[EventEnvelope], now: datetime) -> None:
    for event in events:
        if event.kind in SETTLING:
            try:
                notice = notice_of(event)
            except ValueError:
                continue
            await note_settled(log, [text_of(notice.notice_id)], now, text_of(event.clerk))


def _unknown(event: EventEnvelope) -> Flag:
    return Flag(
        kind=FlagKind.UNKNOWN_KIND,
        subject=f"{FlagKind.UNKNOWN_KIND}:{event.device_id}:{event.kind}",
        dossier_id=event.dossier_id,
        params={"kind": event.kind, "counter": event.counter},
    )
