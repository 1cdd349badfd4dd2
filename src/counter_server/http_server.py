"""uvicorn over the application, stopped without cutting anybody off."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from uvicorn.server import HANDLED_SIGNALS

from counter_server.app import create_app
from counter_server.context import ServerContext
from counter_server.observed import Observed

_GRACE_S = 20  # how long requests that run may still take


class HttpServer(uvicorn.Server):
    """Serves until told to stop; then waiting pulls answer at once and running requests are finished."""

    def __init__(self, context: ServerContext, *, host: str = "127.0.0.1", port: int = 8080) -> None:
        super().__init__(
            uvicorn.Config(
                Observed(create_app(context), context),
                host=host,
                port=port,
                http="httptools",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                # Whose address a proxy may tell is decided in the application (`Settings.trusted_proxy`).
                proxy_headers=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=_GRACE_S,
            )
        )
        self._context = context

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        return int(self.servers[0].sockets[0].getsockname()[1])

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM and Ctrl+C as the wish to stop.

        uvicorn would raise them once more at the end, which kills the process before the database, perhaps
        our own, was closed.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wake the waiting pulls, then stop as uvicorn does."""
        self._context.news.wake_all()
        await super().shutdown(sockets)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Return the fastest event loop there is on this system."""
    try:
        import uvloop
    except ImportError:  # Windows
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
