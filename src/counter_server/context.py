"""What every part of the server works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from counter_server.events.news import News

if TYPE_CHECKING:
    from obstore.store import ObjectStore

    from counter_server.database.connections import Database
    from counter_server.secrets_of_server import ServerSecrets


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the server's one clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator decides.

    ``public_url`` is the address citizens see; ``max_body`` bytes; ``poll_seconds`` how long a pull may wait;
    ``push_per_minute`` and ``lookup_per_minute`` are limits for one device and one address.
    """

    public_url: str = ""
    max_body: int = 2 * 1024 * 1024
    poll_seconds: float = 25.0
    token_seconds: int = 3600
    push_per_minute: int = 600
    lookup_per_minute: int = 20
    secure_cookies: bool = True
    trusted_proxy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerContext:
    """Database, object store, keys, settings, the clock, and the news of growing logs."""

    database: "Database"
    objects: "ObjectStore"
    secrets: "ServerSecrets"
    settings: Settings = field(default_factory=Settings)
    now: Callable[[], datetime] = _now
    news: News = field(default_factory=News)
