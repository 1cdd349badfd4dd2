"""``/v1/blocks``."""

from typing import Any

from litestar import Request, Response, post

from counter_protocol.messages import BlockReply, BlockRequest
from counter_server.blocks.leasing import blocks_of_device, give_back, lease
from counter_server.checked_values import checked_number
from counter_server.devices.authentication import active_device, bearer_in, context_of
from counter_server.events.office_log import OfficeLog
from counter_server.wire_body import answer, read_message


@post("/v1/blocks", status_code=200)
async def blocks_route(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Lease numbers, or take leased ones back; tell which are the counter's now."""
    bearer, context = bearer_in(request), context_of(request)
    message = await read_message(request, BlockRequest)
    now = context.now()
    async with context.database.office(bearer.unit) as connection:
        await active_device(connection, bearer.unit, bearer.device_id)
        log = await OfficeLog.lock(connection, bearer.unit)
        if message.returned is not None:
            await give_back(log, bearer.device_id, message.returned, now)
        if checked_number(message.size):
            await lease(log, bearer.device_id, message.size, now)
        blocks = await blocks_of_device(connection, bearer.unit, bearer.device_id, now)
    return answer(request, BlockReply(blocks=blocks))


ROUTES: list[Any] = [blocks_route]
