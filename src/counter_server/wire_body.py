"""Bodies of requests and replies: protocol messages in MessagePack, zstd where it pays, limits everywhere."""

from typing import Any, TypeVar

from litestar import Request, Response
from litestar.exceptions import HTTPException

from counter_protocol import wire
from counter_protocol.messages import ErrorReply, Message
from counter_protocol.refusals import Refusal
from counter_server import log
from counter_server.log import REFUSED

M = TypeVar("M", bound=Message)
AnyRequest = Request[Any, Any, Any]

_WORTH_PACKING = 400  # bytes; below, the frame costs what it saves
_STATUS = {
    Refusal.TOKEN_MISSING: 401,
    Refusal.TOKEN_EXPIRED: 401,
    Refusal.BAD_SIGNATURE: 401,
    Refusal.DEVICE_UNKNOWN: 401,
    Refusal.DEVICE_REVOKED: 403,
    Refusal.WRONG_OFFICE: 403,
    Refusal.CLOCK_TOO_FAR: 403,
    Refusal.ENROL_CODE_REFUSED: 403,
    Refusal.COUNTER_TAKEN: 409,
    Refusal.CHAIN_BROKEN: 409,
    Refusal.UPLOAD_OFFSET: 409,
    Refusal.UPLOAD_UNKNOWN: 404,
    Refusal.PACK_UNKNOWN: 404,
    Refusal.UPDATE_NEEDED: 426,
    Refusal.BODY_TOO_BIG: 413,
    Refusal.RATE_LIMITED: 429,
    Refusal.SERVER_BUSY: 503,
}
_CODE_OF_STATUS = {413: Refusal.BODY_TOO_BIG, 429: Refusal.RATE_LIMITED, 503: Refusal.SERVER_BUSY}


class Refused(Exception):
    """A refusal on its way to the counter; ``detail`` is for technicians and names nobody."""

    def __init__(self, code: Refusal, detail: str = "", *, seq: int = 0, retry_after: float = 0) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.seq = seq
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The HTTP status; 422 for what is to blame on the content."""
        return _STATUS.get(self.code, 422)

    @property
    def reply(self) -> ErrorReply:
        """The message for the counter."""
        return ErrorReply(code=self.code, detail=self.detail, seq=self.seq, retry_after=self.retry_after)


async def read_message(request: AnyRequest, kind: type[M]) -> M:
    """Read the body of a request.

    Raises:
        Refused: ``body_too_big``, ``not_a_message``.
    """
    body = await request.body()
    encoding = request.headers.get("content-encoding", "identity")
    if encoding not in ("identity", wire.ENCODING):
        raise Refused(Refusal.NOT_A_MESSAGE, "unknown content encoding")
    return message_of(wire_unpacked(body) if encoding == wire.ENCODING else body, kind)


def wire_unpacked(body: bytes) -> bytes:
    """Take a zstd body apart within the limits.

    Raises:
        Refused: ``body_too_big``, ``not_a_message``.
    """
    try:
        return wire.unpack(body)
    except wire.TooBig as error:
        raise Refused(Refusal.BODY_TOO_BIG, str(error)) from error
    except wire.NotAMessage as error:
        raise Refused(Refusal.NOT_A_MESSAGE, "not zstd") from error


def message_of(body: bytes, kind: type[M]) -> M:
    """Read a message from its bytes; the cause of a failure may hold content and goes nowhere.

    Raises:
        Refused: ``not_a_message``.
    """
    try:
        return wire.from_bytes(body, kind)
    except wire.NotAMessage:
        raise Refused(Refusal.NOT_A_MESSAGE, kind.__name__) from None


def answer(request: AnyRequest, message: Message, *, status: int = 200) -> Response[bytes]:
    """Return the reply, packed when the counter can unpack it and it pays."""
    body = wire.to_bytes(message)
    headers = {}
    if len(body) > _WORTH_PACKING and wire.ENCODING in request.headers.get("accept-encoding", ""):
        body = wire.pack(body)
        headers["Content-Encoding"] = wire.ENCODING
    return Response(body, status_code=status, media_type=wire.MEDIA_TYPE, headers=headers)


def answer_refused(request: AnyRequest, refused: Refused) -> Response[bytes]:
    """Return the `ErrorReply` of a refusal."""
    request.scope["state"][REFUSED] = refused.code.value
    response = answer(request, refused.reply, status=refused.status)
    if refused.retry_after:
        response.headers["Retry-After"] = str(max(1, round(refused.retry_after)))
    return response


def answer_failure(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Return an `ErrorReply` for what nobody expected: the server's trouble, so the counter tries again."""
    log.failure("failed", error)
    return answer(request, ErrorReply(code=Refusal.SERVER_BUSY), status=500)


def answer_http_error(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Return an `ErrorReply` for what the framework refused itself: too large a body, an unknown path."""
    code = _CODE_OF_STATUS.get(error.status_code, Refusal.NOT_A_MESSAGE)
    request.scope["state"][REFUSED] = code.value
    response = answer(request, ErrorReply(code=code), status=error.status_code)
    response.headers.update(error.headers or {})
    return response
