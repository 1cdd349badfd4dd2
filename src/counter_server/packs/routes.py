"""Routes of data packs on their way down."""

import re
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from counter_protocol.messages import PackList, PackOffer
from counter_protocol.refusals import Refusal
from counter_server import objects
from counter_server.devices.authentication import context_of, device_in
from counter_server.packs.byte_range import Unsatisfiable, wanted
from counter_server.packs.publishing import find_for, offers_for
from counter_server.wire_body import AnyRequest, Refused, answer

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = "application/octet-stream"


@get("/v1/packs")
async def listed(request: AnyRequest) -> Response[bytes]:
    """Tell the packs the counter's office needs, in the order to install them: a PackList."""
    device = await device_in(request)
    async with context_of(request).database.office(device.unit) as connection:
        return answer(request, PackList(packs=await offers_for(connection, device.unit)))


@get("/v1/packs/{sha256:str}")
async def content(request: AnyRequest, sha256: FromPath[str]) -> Response[Any]:
    """Return a pack, or the part of it a Range asks for; its SHA-256 is its ETag."""
    device = await device_in(request)
    context = context_of(request)
    async with context.database.office(device.unit) as connection:
        pack = await find_for(connection, device.unit, sha256) if _SHA256.fullmatch(sha256) else None
    if pack is None:
        raise Refused(Refusal.PACK_UNKNOWN)
    etag = f'"{pack.sha256}"'
    headers = {"ETag": etag, "Accept-Ranges": "bytes", "Cache-Control": "private, immutable"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    try:
        part = wanted(request.headers.get("range", ""), request.headers.get("if-range", ""), etag, pack.size)
    except Unsatisfiable:
        return Response(b"", status_code=416, headers={"Content-Range": f"bytes */{pack.size}"})
    return await _stream(context.objects, pack, part, headers)


async def _stream(
    store: Any, pack: PackOffer, part: tuple[int, int] | None, headers: dict[str, str]
) -> Response[Any]:
    start, end = part or (0, pack.size)
    options = {"range": (start, end)} if part else {}
    found = await store.get_async(objects.pack_key(pack.sha256), options=options)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{pack.size}"

    async def pieces() -> Any:
        async for piece in found.stream():
            yield bytes(piece)

    return Stream(pieces(), status_code=206 if part else 200, media_type=_MEDIA_TYPE, headers=headers)


ROUTES: list[Any] = [listed, content]
