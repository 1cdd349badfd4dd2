"""The login a server runs with in production works, and can neither change tables nor switch security off."""

import asyncio
from pathlib import Path

import asyncpg
import httpx
import pytest
from tests.server.serving import serving

from counter_server.database.migrate import upgrade

_ROLES = "counter_device, counter_admin, counter_leader, counter_public, counter_export"


def _as_app(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://counter_app_login:@{rest.partition('@')[2]}"


@pytest.fixture
def app_url(cluster: str, database_url: str) -> str:
    """The address of a fresh database for a login that owns nothing (docs/operations.md)."""

    async def make() -> None:
        connection = await asyncpg.connect(cluster)
        try:
            await connection.execute("DROP ROLE IF EXISTS counter_app_login")
            await connection.execute(f"CREATE ROLE counter_app_login LOGIN IN ROLE {_ROLES}")
        finally:
            await connection.close()

    asyncio.run(make())
    return _as_app(database_url)


def test_the_server_runs_with_it(app_url: str, tmp_path: Path) -> None:
    asyncio.run(upgrade(app_url))  # what every command does; nothing is to be done
    with serving(app_url, tmp_path) as server:
        server.add_office("H29.12")
        answer = httpx.get(f"{server.url}/healthz")
        assert answer.json() == {"database": "ok", "objects": "ok"}
        assert httpx.get(f"{server.url}/metrics").status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
        "DROP TABLE event",
        "CREATE POLICY everything ON event USING (true)",
        "SET ROLE postgres",
        "CREATE ROLE another LOGIN",
    ],
)
def test_it_can_change_nothing_of_the_schema(app_url: str, statement: str) -> None:
    async def attempt() -> None:
        connection = await asyncpg.connect(app_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        asyncio.run(attempt())
