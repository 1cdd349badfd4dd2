"""``/v1/push``, ``/v1/pull``, ``/v1/quarantine``."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import Parameter

from counter_protocol.messages import Done, QuarantineReport, Signed
from counter_protocol.refusals import Refusal
from counter_protocol.version import OLDEST_PULL
from counter_server.checked_values import checked_number, checked_text
from counter_server.devices.authentication import bearer_in, context_of
from counter_server.events.pull import Pull, pull
from counter_server.events.push import take_push
from counter_server.events.quarantine import keep_report
from counter_server.wire_body import Refused, answer, read_message

_AnyRequest = Request[Any, Any, Any]


@post("/v1/push", status_code=200)
async def push_route(request: _AnyRequest) -> Response[bytes]:
    """Take a signed batch of events."""
    bearer = bearer_in(request)
    signed = await read_message(request, Signed)
    if signed.device_id != bearer.device_id:
        raise Refused(Refusal.BAD_SIGNATURE, "the token is another device's")
    return answer(request, await take_push(context_of(request), signed, unit=bearer.unit))


@get("/v1/pull")
async def pull_route(
    request: _AnyRequest,
    cursor: Annotated[int, Parameter(ge=0)] = 0,
    limit: Annotated[int, Parameter(ge=1)] = 200,
    epoch: Annotated[int, Parameter(ge=0)] = 0,
    wait: Annotated[float, Parameter(ge=0, description="seconds")] = 0.0,
    at: Annotated[str, Parameter(description="id of the event at the cursor")] = "",
) -> Response[bytes]:
    """Return what followed in the office's log; wait for it when there is nothing yet."""
    bearer = bearer_in(request)
    if bearer.protocol < OLDEST_PULL:
        raise Refused(Refusal.UPDATE_NEEDED)
    asked = Pull(
        cursor=checked_number(cursor),
        limit=checked_number(limit),
        epoch=checked_number(epoch),
        wait=wait,
        at=checked_text(at),
    )
    return answer(request, await pull(context_of(request), bearer, asked))


@post("/v1/quarantine", status_code=200)
async def quarantine_route(request: _AnyRequest) -> Response[bytes]:
    """Take note of what a counter put aside."""
    bearer = bearer_in(request)
    report = await read_message(request, QuarantineReport)
    await keep_report(context_of(request), bearer, report)
    return answer(request, Done())


ROUTES: list[Any] = [push_route, pull_route, quarantine_route]
