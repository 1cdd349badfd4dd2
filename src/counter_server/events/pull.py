"""Hands an office's log on: what other counters and the server wrote, and what a device lost of its own."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_protocol.messages import DownItem, Limits, PullReply
from counter_server.context import ServerContext
from counter_server.devices.authentication import active_device
from counter_server.devices.tokens import Bearer

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_PAGE_BYTES = 1024 * 1024
_END = "SELECT seq FROM office_log WHERE unit = $1"
# The first entry comes whatever its size; after it, as many as fit.
_ENTRIES = """
SELECT office_seq, body FROM (
    SELECT office_seq, body, sum(length(body)) OVER (ORDER BY office_seq) - length(body) AS before FROM (
        SELECT office_seq, body FROM event
        WHERE unit = $1 AND office_seq > $2 AND office_seq <= $3 AND body <> ''
            AND NOT (device_id = $4 AND epoch = $5)
        ORDER BY office_seq LIMIT $6) AS next) AS page
WHERE before < $7 ORDER BY office_seq
"""
# A row written at each poll would be the busiest of the database.
_SEEN = """
UPDATE device SET cursor = $3, seen_at = $4
WHERE unit = $1 AND device_id = $2 AND (cursor <> $3 OR seen_at IS NULL OR seen_at < $4::timestamptz - interval '60 s')
"""
_MAX_ITEMS = Limits().pull_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What a counter asks for. ``wait`` in seconds; ``epoch`` is its present one, whose events it has."""

    cursor: int
    limit: int
    epoch: int
    wait: float


async def pull(context: ServerContext, bearer: Bearer, asked: Pull) -> PullReply:
    """Return the next entries; with none there, wait for one.

    Raises:
        Refused: ``device_unknown``, ``device_revoked``.
    """
    seconds = min(asked.wait, context.settings.poll_seconds)
    event = context.news.watch(bearer.unit)
    try:
        reply = await _page(context, bearer, asked)
        if reply.items or seconds <= 0 or context.news.closed:
            return reply
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return reply
        return await _page(context, bearer, asked)
    finally:
        context.news.forget(bearer.unit, event)


async def _page(context: ServerContext, bearer: Bearer, asked: Pull) -> PullReply:
    async with context.database.office(bearer.unit) as connection:
        await active_device(connection, bearer.unit, bearer.device_id)
        await connection.execute(_SEEN, bearer.unit, bearer.device_id, asked.cursor, context.now())
        return await page(connection, bearer.unit, bearer.device_id, asked)


async def page(connection: "Connection", unit: str, device_id: str, asked: Pull) -> PullReply:
    """Return the entries after the cursor that the device does not have, without waiting."""
    # First the end: every number up to it is visible to what is read after.
    end = await connection.fetchval(_END, unit) or 0
    limit = max(1, min(asked.limit, _MAX_ITEMS))
    rows = await connection.fetch(
        _ENTRIES, unit, asked.cursor, end, device_id, asked.epoch, limit + 1, _PAGE_BYTES
    )
    items = [DownItem(office_seq=row["office_seq"], body=row["body"]) for row in rows[:limit]]
    more = bool(items) and (len(rows) > limit or await _is_more(connection, unit, items[-1].office_seq, end))
    cursor = items[-1].office_seq if more else max(asked.cursor, end)
    return PullReply(cursor=cursor, items=items, more=more)


async def _is_more(connection: "Connection", unit: str, after: int, end: int) -> bool:
    """Tell whether anything may follow; the page may have ended for its size."""
    query = "SELECT EXISTS (SELECT 1 FROM event WHERE unit = $1 AND office_seq > $2 AND office_seq <= $3)"
    return bool(await connection.fetchval(query, unit, after, end))
