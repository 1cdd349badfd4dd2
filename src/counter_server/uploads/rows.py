"""The rows of uploads and scans. Every function works within its caller's transaction and office."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_protocol.messages import UploadRequest

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_LINK = """INSERT INTO scan_of_dossier (unit, attachment_id, dossier_id, sha256) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING"""
_BEGIN = """INSERT INTO upload (unit, upload_id, device_id, sha256, size, media_type, begun_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"""
_FIND = "SELECT upload_id, sha256, size, media_type, received FROM upload WHERE unit = $1 AND upload_id = $2"
_ADVANCE = """UPDATE upload SET received = received + $4 WHERE unit = $1 AND upload_id = $2 AND received = $3
RETURNING received"""
_ADD_PIECE = "INSERT INTO upload_chunk (unit, upload_id, start, size, sha256) VALUES ($1, $2, $3, $4, $5)"
_PIECES = "SELECT start, size, sha256 FROM upload_chunk WHERE unit = $1 AND upload_id = $2 ORDER BY start"
_STORED = """INSERT INTO scan (unit, sha256, size, media_type, stored_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A scan on its way. ``size`` and ``received`` count bytes."""

    upload_id: str
    sha256: str
    size: int
    media_type: str
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a scan that lies in the store."""

    start: int
    size: int
    sha256: str


async def link(connection: "Connection", unit: str, request: UploadRequest) -> None:
    """Note which dossier a scan belongs to; what was said first stands."""
    await connection.execute(_LINK, unit, request.attachment_id, request.dossier_id, request.sha256)


async def scan_size(connection: "Connection", unit: str, sha256: str) -> int | None:
    """Return the size of a scan that is stored whole, or None."""
    size: int | None = await connection.fetchval(
        "SELECT size FROM scan WHERE unit = $1 AND sha256 = $2", unit, sha256
    )
    return size


async def begin(
    connection: "Connection", unit: str, device_id: str, upload: Upload, begun_at: datetime
) -> Upload:
    """Begin an upload, or return how far the one of the same file is."""
    await connection.execute(
        _BEGIN,
        unit,
        upload.upload_id,
        device_id,
        upload.sha256,
        upload.size,
        upload.media_type,
        begun_at,
    )
    return await find(connection, unit, upload.upload_id) or upload


async def find(connection: "Connection", unit: str, upload_id: str) -> Upload | None:
    """Return an upload of the office, or None."""
    row = await connection.fetchrow(_FIND, unit, upload_id)
    return Upload(**row) if row is not None else None


async def advance(connection: "Connection", unit: str, upload_id: str, piece: Piece) -> bool:
    """Note a piece that lies in the store; False when the upload stands elsewhere by now."""
    moved = await connection.fetchval(_ADVANCE, unit, upload_id, piece.start, piece.size)
    if moved is None:
        return False
    await connection.execute(_ADD_PIECE, unit, upload_id, piece.start, piece.size, piece.sha256)
    return True


async def pieces(connection: "Connection", unit: str, upload_id: str) -> list[Piece]:
    """Return the pieces of an upload in order."""
    return [Piece(**row) for row in await connection.fetch(_PIECES, unit, upload_id)]


async def store(connection: "Connection", unit: str, upload: Upload, stored_at: datetime) -> None:
    """Note that a scan lies in the store whole; its upload is over."""
    await connection.execute(_STORED, unit, upload.sha256, upload.size, upload.media_type, stored_at)
    await drop(connection, unit, upload.upload_id)


async def drop(connection: "Connection", unit: str, upload_id: str) -> None:
    """Forget an upload and its pieces."""
    await connection.execute("DELETE FROM upload_chunk WHERE unit = $1 AND upload_id = $2", unit, upload_id)
    await connection.execute("DELETE FROM upload WHERE unit = $1 AND upload_id = $2", unit, upload_id)


async def restart(connection: "Connection", unit: str, upload_id: str) -> None:
    """Let an upload begin again: what arrived of it was not what was announced, or is gone."""
    await connection.execute("DELETE FROM upload_chunk WHERE unit = $1 AND upload_id = $2", unit, upload_id)
    await connection.execute(
        "UPDATE upload SET received = 0 WHERE unit = $1 AND upload_id = $2", unit, upload_id
    )
