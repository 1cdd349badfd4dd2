"""Hands an office's log on: what other counters and the server wrote, and what a device lost of its own."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_protocol.messages import DownItem, Limits, PullReply
from counter_protocol.refusals import Refusal
from counter_server.context import ServerContext
from counter_server.devices.authentication import active_device
from counter_server.devices.tokens import Bearer
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_PAGE_BYTES = 1024 * 1024
_END = "SELECT seq FROM office_log WHERE unit = $1"
# The first entry comes whatever its size; after it, as many as fit.
_ENTRIES = """
SELECT office_seq, body FROM (
    SELECT office_seq, body, sum(length(body)) OVER (ORDER BY office_seq) - length(body) AS before
    FROM (
        SELECT office_seq, body FROM event
        WHERE unit = $1 AND office_seq > $2 AND office_seq <= $3 AND body <> ''
            AND NOT (device_id = $4 AND epoch = $5)
        ORDER BY office_seq LIMIT $6) AS next) AS page
WHERE before < $7 ORDER BY office_seq
"""
# A row written at each poll would be the busiest of the database.
_SEEN = """
UPDATE device SET cursor = $3, seen_at = $4::timestamptz
WHERE unit = $1 AND device_id = $2
    AND (cursor <> $3 OR seen_at IS NULL OR seen_at < $4::timestamptz - interval '60 s')
"""
_IS_AT = "SELECT 1 FROM event WHERE unit = $1 AND office_seq = $2 AND event_id = $3 LIMIT 1"
_MAX_ITEMS = Limits().pull_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What a counter asks for. ``wait`` in seconds; ``epoch`` is its present one, whose events it has.

    ``at`` is the event it knows at its cursor, "" when it knows none.
    """

    cursor: int
    limit: int
    epoch: int
    wait: float
    at: str = ""


async def pull(context: ServerContext, bearer: Bearer, asked: Pull) -> PullReply:
    """Return the next entries; with none there, wait for one.

    Raises:
        Refused: ``device_unknown``, ``device_revoked``; ``chain_broken`` when the log was put back and went
            on otherwise: a session tells the counter what to do.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + min(asked.wait, context.settings.poll_seconds)
    news = context.news.watch(bearer.unit)
    try:
        while True:
            news.clear()
            reply = await _page(context, bearer, asked)
            left = until - clock()
            if reply.items or left <= 0 or context.news.closed:
                return reply
            # What wakes may be the counter's own event: then go on waiting.
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await news.wait()
    finally:
        context.news.forget(bearer.unit, news)


async def _page(context: ServerContext, bearer: Bearer, asked: Pull) -> PullReply:
    async with context.database.office(bearer.unit) as connection:
        await active_device(connection, bearer.unit, bearer.device_id)
        await connection.execute(_SEEN, bearer.unit, bearer.device_id, asked.cursor, context.now())
        if await log_changed(connection, bearer.unit, asked.cursor, asked.at):
            raise Refused(Refusal.CHAIN_BROKEN, "another event is at the cursor")
        return await page(connection, bearer.unit, bearer.device_id, asked)


async def log_changed(connection: "Connection", unit: str, cursor: int, at: str) -> bool:
    """Tell whether another event than the one a counter knows has the number of its cursor, or none."""
    return bool(at) and await connection.fetchval(_IS_AT, unit, cursor, at) is None


async def page(connection: "Connection", unit: str, device_id: str, asked: Pull) -> PullReply:
    """Return the entries after the cursor that the device does not have, without waiting."""
    # First the end: every number up to it is visible to what is read after.
    end = await connection.fetchval(_END, unit) or 0
    limit = max(1, min(asked.limit, _MAX_ITEMS))
    rows = await connection.fetch(
        _ENTRIES, unit, asked.cursor, end, device_id, asked.epoch, limit + 1, _PAGE_BYTES
    )
    items = [DownItem(office_seq=row["office_seq"], body=row["body"]) for row in rows[:limit]]
    # The page ended before the log did: for its number of entries, or for its size.
    more = len(rows) > limit or sum(len(item.body) for item in items) >= _PAGE_BYTES
    cursor = items[-1].office_seq if more else max(asked.cursor, end)
    return PullReply(cursor=cursor, items=items, more=more)
