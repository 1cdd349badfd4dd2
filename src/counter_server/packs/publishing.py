"""Publishes packs and tells which are there."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_protocol.messages import PackOffer
from counter_protocol.moments import utc_text
from counter_server import objects
from counter_server.context import ServerContext
from counter_server.packs.areas import meant_for, row_unit, signed_unit
from counter_server.packs.pack_file import PackFile, read_pack

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_NEWEST = "SELECT version, sha256 FROM pack WHERE unit = $1 AND kind = $2 ORDER BY version DESC LIMIT 1"
_PUBLISH = """INSERT INTO pack (unit, kind, version, sections, sha256, size, published_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)"""
# A pack that brings only calendars does not replace the one before it, which brought forms.
_OFFERS = """SELECT DISTINCT unit, kind, version, sha256, size, published_at FROM (
    SELECT DISTINCT ON (unit, kind, section) * FROM pack, unnest(sections) AS section
    WHERE unit = ANY($1) ORDER BY unit, kind, section, version DESC) AS newest
ORDER BY version, unit"""
_FIND = """SELECT unit, kind, version, sha256, size, published_at FROM pack
WHERE unit = ANY($1) AND sha256 = $2 LIMIT 1"""
_ALL = "SELECT unit, kind, version, sha256, size, published_at FROM pack ORDER BY unit, kind, version DESC"


class NotPublished(Exception):
    """A rule forbids it; ``reason`` is ``older``, ``same_version`` or ``for_another``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """For whom the operator means the pack, so that a mix-up is noticed; None: whomever it was signed for."""

    unit: str | None = None
    province: str | None = None

    def meets(self, pack: PackFile) -> bool:
        """Tell whether the pack is for them."""
        if self.unit is None and self.province is None:
            return True
        kind, unit = ("office", self.unit) if self.unit is not None else ("province", self.province)
        return (pack.kind, pack.unit) == (kind, unit)


async def publish(context: ServerContext, path: Path, wanted: Wanted) -> PackFile:
    """Store a pack and offer it; publishing the same file again changes nothing.

    Raises:
        NotAPack: the file is none.
        NotPublished: it is for somebody else, or not newer than what is offered.
        OSError: it cannot be read.
    """
    content = path.read_bytes()
    pack = read_pack(content)
    if not wanted.meets(pack):
        raise NotPublished("for_another")
    unit = row_unit(pack.kind, pack.unit)
    async with context.database.admin() as connection:
        # One at a time, so that two operators cannot both be the newest.
        await connection.execute("LOCK TABLE pack IN SHARE ROW EXCLUSIVE MODE")
        newest = await connection.fetchrow(_NEWEST, unit, pack.kind)
        if newest is not None and newest["sha256"] == pack.sha256:
            return pack
        if newest is not None and newest["version"] >= pack.number:
            raise NotPublished("same_version" if newest["version"] == pack.number else "older")
        key = objects.pack_key(pack.sha256)
        await context.objects.put_async(key, content)
        await objects.settle(context.objects, key)
        await connection.execute(
            _PUBLISH,
            unit,
            pack.kind,
            pack.number,
            list(pack.sections),
            pack.sha256,
            pack.size,
            context.now(),
        )
    return pack


async def offers_for(connection: "Connection", unit: str) -> list[PackOffer]:
    """Return the packs an office needs, in the order to install them; ``unit`` of each as it was signed.

    They are, of each area the office lies in, the newest that brings each section.
    """
    return [_offer(row) for row in await connection.fetch(_OFFERS, meant_for(unit))]


async def find_for(connection: "Connection", unit: str, sha256: str) -> PackOffer | None:
    """Return a pack that was ever published for an office, or None."""
    row = await connection.fetchrow(_FIND, meant_for(unit), sha256)
    return _offer(row) if row is not None else None


async def published(connection: "Connection") -> list[PackOffer]:
    """Return every pack ever published, newest first."""
    return [_offer(row) for row in await connection.fetch(_ALL)]


def _offer(row: object) -> PackOffer:
    record = dict(row)  # type: ignore[call-overload]
    return PackOffer(
        kind=record["kind"],
        version=record["version"],
        sha256=record["sha256"],
        size=record["size"],
        unit=signed_unit(record["unit"]),
        published_at=utc_text(record["published_at"]),
    )
