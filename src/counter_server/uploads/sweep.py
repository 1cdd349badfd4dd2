"""Removes uploads nobody goes on with, and pieces of those that were cut off while they were cleared away."""

import asyncio
from datetime import timedelta

from counter_server import log
from counter_server.context import ServerContext
from counter_server.objects import chunks_root
from counter_server.uploads.completing import remove

KEPT_DAYS = 30
_EVERY_S = 6 * 3600

_OLD = """WITH old AS (DELETE FROM upload WHERE begun_at < $1 RETURNING unit, upload_id),
gone AS (DELETE FROM upload_chunk c USING old WHERE c.unit = old.unit AND c.upload_id = old.upload_id)
SELECT count(*) FROM old"""


async def sweep(context: ServerContext) -> int:
    """Remove what is older than `KEPT_DAYS`; return how many uploads.

    A piece as old as that belongs to no upload any more, because every upload is older than its pieces.
    """
    before = context.now() - timedelta(days=KEPT_DAYS)
    async with context.database.admin() as connection:
        removed = int(await connection.fetchval(_OLD, before))
        units = [row["unit"] for row in await connection.fetch("SELECT unit FROM office")]
    for unit in units:
        async for found in context.objects.list(chunks_root(unit)):
            await remove(context.objects, [each["path"] for each in found if each["last_modified"] < before])
    return removed


async def keep_swept(context: ServerContext, *, every_s: float = _EVERY_S) -> None:
    """Sweep again and again until cancelled; several processes may do so at once."""
    while True:
        await asyncio.sleep(every_s)
        try:
            await sweep(context)
        except Exception as error:  # noqa: BLE001 - whatever it is, there is a next time
            log.failure("sweep failed", error)
