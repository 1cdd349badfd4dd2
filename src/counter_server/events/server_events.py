"""The server's own events: statuses, tasks, official numbers, what was settled."""

from collections.abc import Sequence
from datetime import datetime

from counter_protocol.events import EventEnvelope
from counter_server.events.dossiers import Entry
from counter_server.events.effects import take_effect
from counter_server.events.flags import raise_flags
from counter_server.events.news import TELL
from counter_server.events.office_log import OfficeLog


async def append(log: OfficeLog, events: Sequence[EventEnvelope], now: datetime) -> list[int]:
    """Write the server's events (``device_id`` is `SERVER`) into a locked log, with their effect.

    Returns:
        Their numbers, in order. Flags they raise follow them in the log.
    """
    rows = [log.row_of_server(event) for event in events]
    entries = [Entry(row.office_seq, event) for row, event in zip(rows, events, strict=True)]
    flags = await take_effect(log, entries, now)
    raised = await raise_flags(log, [flag for _entry, flag in flags], now)
    await log.write([*rows, *raised])
    # Within the transaction, because commands run beside the server; rare enough for the lock it takes.
    await log.connection.execute(TELL, [log.unit])
    return [row.office_seq for row in rows]
