"""Brings a database to the newest schema."""

from collections.abc import Callable
from functools import lru_cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool


async def upgrade(url: str, revision: str = "head") -> None:
    """Build or renew the schema; the URL's user must be allowed to make tables and roles."""
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str) -> None:
    """Take migrations back."""
    await _run(url, lambda config: command.downgrade(config, revision))


@lru_cache(maxsize=1)
def head_revision() -> str | None:
    """Return the newest revision this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "counter_server:database/migrations")
    return config


async def _run(url: str, step: Callable[[Config], None]) -> None:
    engine = create_async_engine(sqlalchemy_url(url), poolclass=NullPool)

    def within(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        step(config)

    try:
        async with engine.begin() as connection:
            await connection.run_sync(within)
    finally:
        await engine.dispose()


def sqlalchemy_url(url: str) -> str:
    """Return a libpq URL as SQLAlchemy's asyncpg driver wants it."""
    return "postgresql+asyncpg://" + url.split("://", 1)[1]
