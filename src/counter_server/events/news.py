"""Tells waiting pulls that an office's log has grown, through PostgreSQL's NOTIFY, whichever process wrote."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import asyncpg

CHANNEL = "office_log"
_RECONNECT_S = 1.0


class News:
    """Wakes who waits for an office. One listening connection a process, renewed when it breaks."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        """Tell whether the server is stopping: nobody should begin to wait."""
        return self._closed

    def start(self, connect: Callable[[], Any]) -> None:
        """Begin to listen; ``connect()`` is awaited for a connection of our own."""
        self._listener = asyncio.create_task(self._listen(connect))

    async def stop(self) -> None:
        """Stop listening and wake everybody."""
        self.wake_all()
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener

    def wake_all(self) -> None:
        """Let every waiting pull answer now, because the server stops."""
        self._closed = True
        self._wake(list(self._waiting))

    def watch(self, unit: str) -> asyncio.Event:
        """Return what is set at the next entry; begin before looking, so that nothing is missed."""
        event = asyncio.Event()
        self._waiting[unit].add(event)
        return event

    def forget(self, unit: str, event: asyncio.Event) -> None:
        """Wait no longer."""
        self._waiting[unit].discard(event)
        if not self._waiting[unit]:
            del self._waiting[unit]

    def _wake(self, units: list[str]) -> None:
        for unit in units:
            for event in self._waiting.get(unit, ()):
                event.set()

    async def _listen(self, connect: Callable[[], Any]) -> None:
        while True:
            try:
                connection: asyncpg.Connection[asyncpg.Record] = await connect()
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(_RECONNECT_S)
                continue
            try:
                await self._hear(connection)
            finally:
                connection.terminate()

    async def _hear(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        broken = asyncio.Event()
        connection.add_termination_listener(lambda _connection: broken.set())
        await connection.add_listener(CHANNEL, lambda _c, _pid, _channel, unit: self._wake([str(unit)]))
        # Entries may have come while nobody listened.
        self._wake(list(self._waiting))
        await broken.wait()
