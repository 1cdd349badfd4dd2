"""PostgreSQL and the real server, each in its own process, and devices that are known there."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from tests.bench.running_clock import RunningClock
from tests.bench.sync_devices import Device
from tests.helpers.builders import MORNING
from tests.server.running import url_of

from counter_server.database.embedded import EmbeddedPostgres
from counter_server.database.migrate import upgrade
from counter_server.http_server import new_event_loop

T = TypeVar("T")
_OFFICES = """
INSERT INTO office (unit, name, province) SELECT unnest($1::text[]), 'UBND xã Thử', 'Tỉnh Thử'
ON CONFLICT DO NOTHING
"""
_LOGS = "INSERT INTO office_log (unit) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING"
_DEVICES = """
INSERT INTO device (unit, device_id, counter, public_key)
SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::bytea[])
"""


@contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL whose database ``bench`` has the schema; yield its address."""
    # Its socket's path may not be long.
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as short, EmbeddedPostgres(Path(short)) as url:
        database = url_of(url, "bench")
        run(_create(url))
        run(upgrade(database))
        yield database


async def _create(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE DATABASE bench")
    await connection.close()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in the event loop the server uses."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


@dataclass(frozen=True)
class Served:
    """The running server; ``clock`` goes with the server's."""

    database_url: str
    port: int
    clock: RunningClock

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Read as the database's owner."""
        return run(self._rows(query, values))

    async def _rows(self, query: str, values: Sequence[object]) -> list[dict[str, Any]]:
        connection = await asyncpg.connect(self.database_url)
        try:
            return [dict(row) for row in await connection.fetch(query, *values)]
        finally:
            await connection.close()

    def know(self, devices: Sequence[Device]) -> None:
        """Let the server know devices and their offices, as if each had enrolled."""
        run(self._know(devices))

    async def _know(self, devices: Sequence[Device]) -> None:
        units = sorted({device.unit for device in devices})
        rows = [(each.unit, each.device_id, each.counter, each.public_key) for each in devices]
        connection = await asyncpg.connect(self.database_url)
        await connection.execute(_OFFICES, units)
        await connection.execute(_LOGS, units)
        await connection.execute(_DEVICES, *map(list, zip(*rows, strict=True)))
        await connection.execute("ANALYZE")
        await connection.close()


@contextmanager
def serving(
    database_url: str,
    folder: Path,
    *,
    moment: datetime = MORNING,
    objects: str = "",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run the server over a database; terminate it at the end, as an operator does."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.served", database_url, str(folder), moment.isoformat()]
    command += [objects] if objects else []
    clock = RunningClock(moment)
    with (folder / "server.log").open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            if not port:
                raise RuntimeError((folder / "server.log").read_text(errors="replace")[-3000:])
            yield Served(database_url, int(port), clock)
        finally:
            process.terminate()
            process.wait(60)
