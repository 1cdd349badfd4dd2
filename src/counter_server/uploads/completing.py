"""Puts the pieces of an upload together and checks the whole before anybody may rely on it."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from counter_protocol.refusals import Refusal
from counter_server import objects
from counter_server.context import ServerContext
from counter_server.uploads import media, rows
from counter_server.uploads.rows import Upload
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_PART = 8 * 1024 * 1024  # bytes sent to a bucket at once
_START = 16  # bytes of a file that tell its kind


class _NotAnnounced(Exception):
    """The pieces are not the file that was announced."""


async def complete(context: ServerContext, unit: str, upload: Upload) -> bool:
    """Store the whole scan, then note it, then let the pieces go; False when a piece is gone from the store.

    Cut off anywhere it can be done again; two at once write the same bytes.

    Raises:
        Refused: ``checksum`` when the whole is not what was announced; the upload begins again.
    """
    async with context.database.office(unit) as connection:
        pieces = await rows.pieces(connection, unit, upload.upload_id)
    keys = [objects.chunk_key(unit, upload.upload_id, piece.start, piece.sha256) for piece in pieces]
    target = objects.scan_key(unit, upload.sha256)
    try:
        await context.objects.put_async(target, _checked(context, upload, keys), chunk_size=_PART)
        await objects.settle(context.objects, target)
    except _NotAnnounced as error:
        await _restart(context, unit, upload, keys)
        raise Refused(Refusal.CHECKSUM, "the file") from error
    except FileNotFoundError:
        async with context.database.office(unit) as connection:
            if await rows.scan_size(connection, unit, upload.sha256) is not None:
                return True  # somebody else was faster
        await _restart(context, unit, upload, keys)
        return False
    async with context.database.office(unit) as connection:
        await rows.store(connection, unit, upload, context.now())
    await remove(context.objects, keys)
    return True


async def remove(store: "ObjectStore", keys: Sequence[str]) -> None:
    """Delete objects; those that are gone are gone."""
    for key in keys:
        with suppress(FileNotFoundError):
            await store.delete_async(key)


async def _checked(context: ServerContext, upload: Upload, keys: Sequence[str]) -> AsyncIterator[bytes]:
    """Yield the pieces; the last one only when all make the announced sum, so no other file appears."""
    sums, start = hashlib.sha256(), b""
    for number, key in enumerate(keys, 1):
        content = bytes(await (await context.objects.get_async(key)).bytes_async())
        sums.update(content)
        start = (start + content)[:_START]
        announced = sums.hexdigest() == upload.sha256 and media.fits(upload.media_type, start)
        if number == len(keys) and not announced:
            raise _NotAnnounced
        yield content


async def _restart(context: ServerContext, unit: str, upload: Upload, keys: Sequence[str]) -> None:
    async with context.database.office(unit) as connection:
        await rows.restart(connection, unit, upload.upload_id)
    await remove(context.objects, keys)
