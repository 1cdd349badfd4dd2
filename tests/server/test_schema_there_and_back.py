"""Each migration of the server can be taken back and made again."""

import asyncio

import asyncpg
import pytest

from counter_server.database import migrate

_COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY 1, 2
"""
_GRANTS = """
SELECT grantee, table_name, column_name, privilege_type FROM information_schema.column_privileges
WHERE table_schema = 'public' AND grantee LIKE 'counter%' ORDER BY 1, 2, 3, 4
"""
_FUNCTIONS = """
SELECT routine_name, grantee FROM information_schema.routine_privileges
WHERE routine_schema = 'public' ORDER BY 1, 2
"""


@pytest.mark.parametrize("revision", ["s0002", "s0001"])
def test_a_migration_goes_back_and_forth(database_url: str, revision: str) -> None:
    async def there_and_back() -> tuple[list[str], list[str], list[str]]:
        newest = await _schema(database_url)
        await migrate.downgrade(database_url, revision)
        older = await _schema(database_url)
        await migrate.upgrade(database_url)
        return newest, older, await _schema(database_url)

    newest, older, again = asyncio.run(there_and_back())
    assert again == newest
    assert older != newest


async def _schema(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [
            str(tuple(row))
            for query in (_COLUMNS, _GRANTS, _FUNCTIONS)
            for row in await connection.fetch(query)
        ]
    finally:
        await connection.close()
