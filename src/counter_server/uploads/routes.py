"""Routes of scans on their way up."""

import re
from typing import Any

from litestar import Response, get, patch, post
from litestar.params import FromPath

from counter_protocol.messages import UploadRequest
from counter_protocol.refusals import Refusal
from counter_server import metrics
from counter_server.devices.authentication import context_of, device_in
from counter_server.uploads import receiving
from counter_server.wire_body import AnyRequest, Refused, answer, answer_refused, read_message

_OFFSET = re.compile(r"[0-9]{1,12}")
_CHECKSUM = re.compile(r"sha256 ([0-9a-f]{64})")


@post("/v1/uploads", status_code=200)
async def announce(request: AnyRequest) -> Response[bytes]:
    """Announce a scan: an UploadRequest; an UploadState, done when the office has the file already."""
    device = await device_in(request)
    wanted = await read_message(request, UploadRequest)
    return answer(request, await receiving.begin(context_of(request), device.unit, device.device_id, wanted))


@get("/v1/uploads/{upload_id:str}")
async def standing(request: AnyRequest, upload_id: FromPath[str]) -> Response[bytes]:
    """Tell how far an upload is: an UploadState."""
    device = await device_in(request)
    return answer(request, await receiving.state(context_of(request), device.unit, upload_id))


@patch("/v1/uploads/{upload_id:str}")
async def piece(request: AnyRequest, upload_id: FromPath[str]) -> Response[bytes]:
    """Take the bytes at Upload-Offset, whose sum is in Upload-Checksum: `sha256 HEX`; an UploadState.

    At a wrong offset the answer is 409 and says the right one, as Upload-Offset and as the reply's detail.
    """
    device = await device_in(request)
    offset = _OFFSET.fullmatch(request.headers.get("upload-offset", ""))
    checksum = _CHECKSUM.fullmatch(request.headers.get("upload-checksum", ""))
    if offset is None or checksum is None:
        raise Refused(Refusal.NOT_A_MESSAGE, "Upload-Offset or Upload-Checksum")
    content = await request.body()
    try:
        state = await receiving.take(
            context_of(request), device.unit, upload_id, int(offset[0]), checksum[1], content
        )
    except receiving.WrongOffset as wrong:
        refusal = answer_refused(request, wrong)
        refusal.headers["Upload-Offset"] = str(wrong.state.offset)
        return refusal
    metrics.UPLOAD_BYTES.inc(len(content))
    if state.done:
        metrics.SCANS.inc()
    return answer(request, state)


ROUTES: list[Any] = [announce, standing, piece]
