"""The real server, under uvicorn in a thread on a free port."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from counter_server.context import ServerContext, Settings
from counter_server.http_server import HttpServer, new_event_loop
from counter_server.opening import open_context

T = TypeVar("T")
_STARTS_WITHIN_S = 20
TEST_SETTINGS = Settings(
    poll_seconds=5.0, secure_cookies=False, push_per_minute=100_000, lookup_per_minute=100_000
)


@dataclass(frozen=True)
class Served:
    """A running server. ``run`` lets a coroutine run in its event loop, next to its requests."""

    url: str
    database_url: str
    context: ServerContext
    loop: asyncio.AbstractEventLoop

    def run(self, work: Coroutine[Any, Any, T], *, within: float = 30) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(within)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Read as the operator: every office."""

        async def read() -> list[dict[str, Any]]:
            async with self.context.database.admin() as connection:
                return [dict(row) for row in await connection.fetch(query, *values)]

        return self.run(read())

    def add_office(self, unit: str, *, name: str = "UBND xã Thử", province: str = "Tỉnh Thử") -> None:
        async def add() -> None:
            async with self.context.database.admin() as connection:
                await connection.execute(
                    "INSERT INTO office (unit, name, province) VALUES ($1, $2, $3)", unit, name, province
                )
                await connection.execute("INSERT INTO office_log (unit) VALUES ($1)", unit)

        self.run(add())


@contextmanager
def serving(
    database_url: str,
    data_dir: Path,
    *,
    objects: str | None = None,
    settings: Settings = TEST_SETTINGS,
    now: Callable[[], datetime] | None = None,
    port: int = 0,
) -> Iterator[Served]:
    """Serve a database that has the schema; stop gracefully at the end."""
    started = threading.Event()
    found: dict[str, Any] = {}

    async def main() -> None:
        async with open_context(database_url, objects, data_dir, settings=settings, migrate=False) as opened:
            context = opened if now is None else _with_clock(opened, now)
            server = _Told(context, port, started)
            found.update(server=server, context=context, loop=asyncio.get_running_loop())
            await server.serve()

    def body() -> None:
        try:
            with asyncio.Runner(loop_factory=new_event_loop) as runner:
                runner.run(main())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread of the test
            found["error"] = error
        finally:
            started.set()

    thread = threading.Thread(target=body, name="test-server", daemon=True)
    thread.start()
    assert started.wait(_STARTS_WITHIN_S)
    if "error" in found:
        raise found["error"]
    server: HttpServer = found["server"]
    try:
        yield Served(f"http://127.0.0.1:{server.port}", database_url, found["context"], found["loop"])
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()
    if "error" in found:
        raise found["error"]


class _Told(HttpServer):
    def __init__(self, context: ServerContext, port: int, started: threading.Event) -> None:
        super().__init__(context, port=port)
        self._told = started

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._told.set()


def _with_clock(context: ServerContext, now: Callable[[], datetime]) -> ServerContext:
    return ServerContext(
        database=context.database,
        objects=context.objects,
        secrets=context.secrets,
        settings=context.settings,
        now=now,
        news=context.news,
    )


def fixed(year: int, month: int, day: int, hour: int = 1) -> Callable[[], datetime]:
    """Return a clock that stands still (UTC)."""
    moment = datetime(year, month, day, hour, tzinfo=UTC)
    return lambda: moment
