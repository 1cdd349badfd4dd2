"""A real PostgreSQL and the real server: one cluster a worker, one fresh database a test."""

import asyncio
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from tests.server.running import url_of
from tests.server.serving import Served, serving

from counter_server.database.embedded import EmbeddedPostgres
from counter_server.database.migrate import upgrade

TEMPLATE = "counter_template"
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL with one migrated database to copy."""
    # Not among pytest's own folders: those of a long run are removed while shorter ones come and go.
    with tempfile.TemporaryDirectory(prefix="counter-pg-") as folder, EmbeddedPostgres(Path(folder)) as url:
        asyncio.run(_make_template(url))
        yield url


async def _make_template(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    await connection.close()
    await upgrade(url_of(url, TEMPLATE))
    connection = await asyncpg.connect(url)
    await connection.execute(f"ALTER DATABASE {TEMPLATE} IS_TEMPLATE true")
    await connection.close()


@pytest.fixture
def database_url(cluster: str) -> Iterator[str]:
    """The address of a fresh database with the newest schema."""
    name = f"test_{next(_NUMBERS)}"

    async def run(statement: str) -> None:
        connection = await asyncpg.connect(cluster)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    yield url_of(cluster, name)
    asyncio.run(run(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """The real server over a fresh database, reachable by HTTP."""
    with serving(database_url, tmp_path / "server") as served:
        yield served
