"""The web application: which routes there are, and what they all share."""

from importlib import import_module
from typing import Any

from litestar import Litestar
from litestar.datastructures import State

from counter_server.context import ServerContext

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
    )
