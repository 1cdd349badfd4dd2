"""Opens what the application stands on: the schema, connections, the object store, the server's keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from counter_server import secrets_of_server
from counter_server.context import ServerContext, Settings
from counter_server.database.connections import Database
from counter_server.database.migrate import upgrade
from counter_server.objects import open_store


@asynccontextmanager
async def open_context(
    url: str, objects: str | None, data_dir: Path, *, settings: Settings | None = None, migrate: bool = True
) -> AsyncIterator[ServerContext]:
    """Bring the database to the newest schema; open it and the object store while the context lasts.

    Args:
        url: of the PostgreSQL database; its user must be allowed to make tables and roles.
        objects: URL of the object store; None for a folder in `data_dir`.
        data_dir: where files of the server itself lie.
        settings: what the operator decides.
        migrate: False when the schema is known to be the newest.
    """
    store = open_store(objects, data_dir)
    if migrate:
        await upgrade(url)
    database = await Database.open(url)
    try:
        yield ServerContext(
            database=database,
            objects=store,
            secrets=await secrets_of_server.load(database),
            settings=settings or Settings(),
        )
    finally:
        await database.close()
