"""Makes rows and files of scans agree again, after a restore of either."""

import re
from dataclasses import dataclass

from counter_server import objects
from counter_server.context import ServerContext
from counter_server.uploads import media

_ROWS = "SELECT sha256, size FROM scan WHERE unit = $1"
_FORGET = "DELETE FROM scan WHERE unit = $1 AND sha256 = ANY($2)"
_NOTE = """INSERT INTO scan (unit, sha256, size, media_type, stored_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING"""
_START = 16  # bytes of a file that tell its kind
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How many scans are forgotten because their file is gone, and noted because only their row was."""

    forgotten: int
    noted: int


async def check(context: ServerContext) -> Checked:
    """Compare every office's scans with the store.

    A file is in the store before its row is written, so rows are read first: what is missing then is gone. A
    scan that is forgotten is taken again when a counter announces it.
    """
    async with context.database.admin() as connection:
        units = [row["unit"] for row in await connection.fetch("SELECT unit FROM office ORDER BY unit")]
    forgotten = noted = 0
    for unit in units:
        gone, found = await _check_office(context, unit)
        forgotten, noted = forgotten + gone, noted + found
    return Checked(forgotten=forgotten, noted=noted)


async def _check_office(context: ServerContext, unit: str) -> tuple[int, int]:
    async with context.database.office(unit) as connection:
        rows = {row["sha256"]: row["size"] for row in await connection.fetch(_ROWS, unit)}
    stored: dict[str, int] = {}
    async for page in context.objects.list(objects.scans_root(unit)):
        stored |= {each["path"].rpartition("/")[2]: each["size"] for each in page}
    gone = [sha256 for sha256, size in rows.items() if stored.get(sha256) != size]
    fresh = []
    for sha256 in stored.keys() - rows.keys():
        kind = await _kind(context, unit, sha256) if _SHA256.fullmatch(sha256) else None
        if kind is not None:
            fresh.append((unit, sha256, stored[sha256], kind, context.now()))
    async with context.database.office(unit) as connection:
        await connection.execute(_FORGET, unit, gone)
        await connection.executemany(_NOTE, fresh)
    return len(gone), len(fresh)


async def _kind(context: ServerContext, unit: str, sha256: str) -> str | None:
    found = await context.objects.get_async(objects.scan_key(unit, sha256), options={"range": (0, _START)})
    return media.kind_of(bytes(await found.bytes_async()))
