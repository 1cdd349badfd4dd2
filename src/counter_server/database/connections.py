"""Connections to PostgreSQL, each as the role its work needs and nothing more.

The pool's own user may become the roles of the schema; every piece of work runs in one transaction under
one of them. Nothing ever runs as the owner of the tables, for whom row-level security would be a promise
only.
"""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from counter_protocol.refusals import Refusal
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record]

_COMMAND_TIMEOUT_S = 30.0
# Waiting longer, a counter would take the line for broken, and what was done for it would be done twice.
CROWD = 200  # counters' requests that wait for a connection: a second or two of work
_COME_BACK_S = (2.0, 30.0)


class Database:
    """A pool of connections. Each context is one transaction: commit at its end, nothing on an error."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", url: str) -> None:
        self._pool = pool
        self._url = url
        self._crowd = 0

    @classmethod
    async def open(cls, url: str, *, size: int = 8) -> "Database":
        """Connect to a database that has the schema (`migrate.upgrade`)."""
        pool = await asyncpg.create_pool(
            url, min_size=1, max_size=size, command_timeout=_COMMAND_TIMEOUT_S, reset=_nothing_to_reset
        )
        return cls(pool, url)

    async def close(self) -> None:
        """Finish what runs and let go of the connections."""
        await self._pool.close()

    async def connect_listener(self) -> "asyncpg.Connection[asyncpg.Record]":
        """Return a connection outside the pool, for LISTEN alone."""
        return await asyncpg.connect(self._url, command_timeout=_COMMAND_TIMEOUT_S)

    @asynccontextmanager
    async def office(self, unit: str) -> AsyncIterator["Connection"]:
        """Work for one office: no other office's row can be seen or written.

        Raises:
            Refused: ``server_busy`` when too many wait already; each is told another time to come back.
        """
        if self._crowd >= CROWD:
            wait = random.uniform(*_COME_BACK_S)  # noqa: S311 - spreads load, protects nothing
            raise Refused(Refusal.SERVER_BUSY, retry_after=wait)
        async with self._as("counter_device", unit) as connection:
            yield connection

    @asynccontextmanager
    async def admin(self) -> AsyncIterator["Connection"]:
        """Work of the operator: offices, codes, packs, flags, statuses; every office."""
        async with self._as("counter_admin") as connection:
            yield connection

    @asynccontextmanager
    async def leader(self) -> AsyncIterator["Connection"]:
        """Read figures: every office, no column that names a citizen."""
        async with self._as("counter_leader") as connection:
            yield connection

    @asynccontextmanager
    async def public(self) -> AsyncIterator["Connection"]:
        """Look a code up: where a dossier stands, no column that names anybody."""
        async with self._as("counter_public") as connection:
            yield connection

    @asynccontextmanager
    async def export(self) -> AsyncIterator["Connection"]:
        """Read whole dossiers for the national portal."""
        async with self._as("counter_export") as connection:
            yield connection

    @asynccontextmanager
    async def _as(self, role: str, unit: str = "") -> AsyncIterator["Connection"]:
        async with self._connection() as connection, connection.transaction():
            # One round trip for both; both end with the transaction.
            await connection.execute(
                "SELECT set_config('role', $1, true), set_config('app.unit', $2, true)", role, unit
            )
            yield connection

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["Connection"]:
        self._crowd += 1
        try:
            connection = await self._pool.acquire()
        finally:
            self._crowd -= 1
        try:
            yield connection
        finally:
            await self._pool.release(connection)


async def _nothing_to_reset(_connection: "Connection") -> None:
    """Spare a round trip: whatever we set ends with its transaction, and there is nothing else."""
