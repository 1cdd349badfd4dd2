"""``/v1/enrol`` and ``/v1/session``: the two calls without a token."""

from typing import Any

from litestar import Request, Response, post

from counter_protocol.messages import EnrolRequest, Signed
from counter_server.devices.authentication import context_of
from counter_server.devices.enrolment import enrol
from counter_server.devices.session import open_session
from counter_server.wire_body import answer, read_message


@post("/v1/enrol", status_code=200)
async def enrol_route(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Make a counter known by its one-time code."""
    message = await read_message(request, EnrolRequest)
    return answer(request, await enrol(context_of(request), message))


@post("/v1/session", status_code=200)
async def session_route(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Compare chains and give a token."""
    signed = await read_message(request, Signed)
    return answer(request, await open_session(context_of(request), signed))


ROUTES: list[Any] = [enrol_route, session_route]
