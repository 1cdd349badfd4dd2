"""Tells waiting pulls that an office's log has grown, through NOTIFY, whichever process wrote.

A NOTIFY within a transaction makes all such transactions of the database commit one after the other, fsync
included. So it is sent after the commit, for many offices at once, on the connection that listens. Should it
be lost, a pull looks once more at the end of its waiting time.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from counter_server import log

if TYPE_CHECKING:
    import asyncpg

    Connect = Callable[[], Awaitable["asyncpg.Connection[asyncpg.Record]"]]

CHANNEL = "office_log"
TELL = f"SELECT pg_notify('{CHANNEL}', unit) FROM unnest($1::text[]) AS unit"  # noqa: S608 - a constant
_RECONNECT_S = 1.0


class News:
    """Wakes who waits for an office. One listening connection a process, renewed when it breaks."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._to_tell: set[str] = set()
        self._stir = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        """Tell whether the server is stopping: nobody should begin to wait."""
        return self._closed

    def start(self, connect: "Connect") -> None:
        """Begin to listen; ``connect()`` gives a connection of our own."""
        self._listener = asyncio.create_task(self._listen(connect))

    async def stop(self) -> None:
        """Stop listening and wake everybody."""
        self.wake_all()
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener

    def tell(self, unit: str) -> None:
        """Say that an office's log has grown; after the commit."""
        self._to_tell.add(unit)
        self._stir.set()

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

    def _wake(self, units: Iterable[str]) -> None:
        for unit in units:
            for event in self._waiting.get(unit, ()):
                event.set()

    async def _listen(self, connect: "Connect") -> None:
        while True:
            try:
                connection = await connect()
                try:
                    await self._hear_and_tell(connection)
                finally:
                    connection.terminate()
            except Exception as error:  # noqa: BLE001 - a broken line shows in many ways, and none may end this
                log.failure("listening_broke", error)
                await asyncio.sleep(_RECONNECT_S)

    async def _hear_and_tell(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        connection.add_termination_listener(lambda _connection: self._stir.set())
        await connection.add_listener(CHANNEL, lambda _c, _pid, _channel, unit: self._wake([str(unit)]))
        # Entries may have come while nobody listened.
        self._wake(list(self._waiting))
        while not connection.is_closed():
            await self._stir.wait()
            self._stir.clear()
            # What is told meanwhile is told in the next round, not taken for told.
            units, self._to_tell = self._to_tell, set()
            if units:
                try:
                    await connection.execute(TELL, list(units))
                except BaseException:
                    self._to_tell |= units
                    raise
