"""Begins an upload, takes its next piece, tells how far it is; each step may be repeated or cut off."""

import hashlib
import re

from counter_protocol.messages import UploadRequest, UploadState
from counter_protocol.refusals import Refusal
from counter_server import objects
from counter_server.context import ServerContext
from counter_server.uploads import media, rows
from counter_server.uploads.completing import complete
from counter_server.uploads.rows import Piece, Upload
from counter_server.wire_body import Refused

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_ID = 100  # characters of an id a counter made


class WrongOffset(Refused):
    """The upload stands elsewhere; ``state`` says where."""

    def __init__(self, state: UploadState) -> None:
        super().__init__(Refusal.UPLOAD_OFFSET, str(state.offset))
        self.state = state


async def begin(context: ServerContext, unit: str, device_id: str, request: UploadRequest) -> UploadState:
    """Announce a scan; one the office has already is done at once.

    Raises:
        Refused: ``not_a_message``, ``body_too_big``.
    """
    _check(request)
    wanted = Upload(
        upload_id=f"{request.sha256}.{request.size}",
        sha256=request.sha256,
        size=request.size,
        media_type=request.media_type,
        received=0,
    )
    async with context.database.office(unit) as connection:
        await rows.link(connection, unit, request)
        size = await rows.scan_size(connection, unit, request.sha256)
        if size is not None:
            return UploadState(upload_id=wanted.upload_id, offset=size, done=True)
        upload = await rows.begin(connection, unit, device_id, wanted, context.now())
    return await _state_of(context, unit, upload)


async def state(context: ServerContext, unit: str, upload_id: str) -> UploadState:
    """Tell how far an upload is; one that is wholly here and was cut off before its end is ended now.

    Raises:
        Refused: ``upload_unknown``, ``checksum``, ``not_a_message``.
    """
    found = await _find(context, unit, upload_id)
    return found if isinstance(found, UploadState) else await _state_of(context, unit, found)


async def take(
    context: ServerContext, unit: str, upload_id: str, start: int, sha256: str, content: bytes
) -> UploadState:
    """Take the piece that begins at byte ``start``; one that was taken before is taken as such.

    Raises:
        WrongOffset: ``upload_offset``.
        Refused: ``upload_unknown``, ``checksum``, ``body_too_big``, ``not_a_message``.
    """
    found = await _find(context, unit, upload_id)
    if isinstance(found, UploadState):
        return found
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(Refusal.CHECKSUM, "the piece")
    piece = Piece(start=start, size=len(content), sha256=sha256)
    if start != found.received:
        return await _again(context, unit, found, piece)
    _check_piece(found, piece, content)
    key = objects.chunk_key(unit, upload_id, start, sha256)
    await context.objects.put_async(key, content)
    await objects.settle(context.objects, key)
    async with context.database.office(unit) as connection:
        moved = await rows.advance(connection, unit, upload_id, piece)
    after = await _find(context, unit, upload_id)
    if isinstance(after, UploadState):
        return after
    return await _state_of(context, unit, after) if moved else await _again(context, unit, after, piece)


async def _again(context: ServerContext, unit: str, upload: Upload, piece: Piece) -> UploadState:
    async with context.database.office(unit) as connection:
        known = await rows.pieces(connection, unit, upload.upload_id)
    if piece not in known:
        raise WrongOffset(_standing(upload))
    return await _state_of(context, unit, upload)


async def _find(context: ServerContext, unit: str, upload_id: str) -> Upload | UploadState:
    """Return the upload, or its last state when the scan is stored."""
    sha256, _, size = upload_id.partition(".")
    if _SHA256.fullmatch(sha256) is None or not size.isalnum():
        raise Refused(Refusal.UPLOAD_UNKNOWN)
    async with context.database.office(unit) as connection:
        upload = await rows.find(connection, unit, upload_id)
        stored = None if upload else await rows.scan_size(connection, unit, sha256)
    if upload is not None:
        return upload
    if stored is None or str(stored) != size:
        raise Refused(Refusal.UPLOAD_UNKNOWN)
    return UploadState(upload_id=upload_id, offset=stored, done=True)


async def _state_of(context: ServerContext, unit: str, upload: Upload) -> UploadState:
    if upload.received < upload.size:
        return _standing(upload)
    if await complete(context, unit, upload):
        return UploadState(upload_id=upload.upload_id, offset=upload.size, done=True)
    return UploadState(upload_id=upload.upload_id, offset=0)


def _standing(upload: Upload) -> UploadState:
    return UploadState(upload_id=upload.upload_id, offset=upload.received)


def _check(request: UploadRequest) -> None:
    if request.size > media.MAX_SIZE:
        raise Refused(Refusal.BODY_TOO_BIG, "the file")
    ids = (request.attachment_id, request.dossier_id)
    if request.size < 1 or not all(
        0 < len(each) <= _MAX_ID and each.isascii() and each.isprintable() for each in ids
    ):
        raise Refused(Refusal.NOT_A_MESSAGE, "UploadRequest")
    if _SHA256.fullmatch(request.sha256) is None or not media.known(request.media_type):
        raise Refused(Refusal.NOT_A_MESSAGE, "sha256 or media_type")


def _check_piece(upload: Upload, piece: Piece, content: bytes) -> None:
    if not piece.size:
        raise Refused(Refusal.NOT_A_MESSAGE, "an empty piece")
    if piece.size > media.MAX_CHUNK or piece.start + piece.size > upload.size:
        raise Refused(Refusal.BODY_TOO_BIG, "the piece")
    if piece.start == 0 and not media.fits(upload.media_type, content):
        raise Refused(Refusal.NOT_A_MESSAGE, "content of another kind")
