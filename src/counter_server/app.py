"""The web application: which routes there are, and what they all share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from counter_server.context import ServerContext
from counter_server.schema import openapi
from counter_server.uploads.sweep import keep_swept
from counter_server.wire_body import Refused, answer_failure, answer_http_error, answer_refused

# Each of these modules has ROUTES, a list of Litestar handlers, controllers or routers.
_AREAS = (
    "counter_server.health",
    "counter_server.devices.routes",
    "counter_server.events.routes",
    "counter_server.blocks.routes",
    "counter_server.uploads.routes",
    "counter_server.packs.routes",
    "counter_server.web.routes",
)


def create_app(context: ServerContext) -> Litestar:
    """Return the application over a context; handlers find it in ``state.context``."""
    routes: list[Any] = [route for area in _AREAS for route in import_module(area).ROUTES]
    return Litestar(
        route_handlers=routes,
        state=State({"context": context}),
        request_max_body_size=context.settings.max_body,
        exception_handlers={
            Refused: answer_refused,
            HTTPException: answer_http_error,
            Exception: answer_failure,
        },
        openapi_config=openapi(),
        lifespan=[_listening, _sweeping],
        logging_config=None,
    )


@asynccontextmanager
async def _listening(app: Litestar) -> AsyncIterator[None]:
    context: ServerContext = app.state.context
    context.news.start(context.database.connect_listener)
    try:
        yield
    finally:
        await context.news.stop()


@asynccontextmanager
async def _sweeping(app: Litestar) -> AsyncIterator[None]:
    sweeping = asyncio.create_task(keep_swept(app.state.context))
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
