"""Routes of monitoring: is the server able to work, and what Prometheus reads."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

import asyncpg
from litestar import Request, Response, get
from obstore.exceptions import BaseError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from counter_server.database.migrate import head_revision
from counter_server.metrics import REGISTRY

if TYPE_CHECKING:
    from counter_server.context import ServerContext

_PATIENCE_S = 5.0
_NOTHING = "packs/none"  # an object that is never there: the store has to answer that it is not
_DOWN = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
_AGES = ((3600, "hour"), (86_400, "day"), (3 * 86_400, "3 days"), (7 * 86_400, "week"))
_FLAGS = "SELECT kind, count(*) AS open FROM flag WHERE settled_at IS NULL GROUP BY kind"
_DEVICES = "SELECT coalesce(seen_at, enrolled_at) AS seen_at FROM device WHERE state = 'active'"
_UPLOADS = "SELECT count(*) AS many, coalesce(sum(size - received), 0) AS missing FROM upload"


@get("/healthz")
async def health(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """Answer 200 when database, schema and object store are as they must be, else 503 with what is not."""
    context = request.app.state.context
    found = {"database": await _database(context), "objects": await _objects(context)}
    return Response(found, status_code=200 if set(found.values()) == {"ok"} else 503)


@get("/metrics")
async def prometheus(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Return the figures of this process and, freshly counted, of the database."""
    body = generate_latest(REGISTRY) + generate_latest(await _stored(request.app.state.context))
    return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST})


ROUTES: list[Any] = [health, prometheus]


async def _database(context: "ServerContext") -> str:
    try:
        async with asyncio.timeout(_PATIENCE_S), context.database.admin() as connection:
            revision = await connection.fetchval("SELECT version_num FROM alembic_version")
    except _DOWN:
        return "unreachable"
    return "ok" if revision == head_revision() else "schema is not the newest"


async def _objects(context: "ServerContext") -> str:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await context.objects.head_async(_NOTHING)
    except FileNotFoundError:
        return "ok"
    except (BaseError, OSError):  # TimeoutError is an OSError
        return "unreachable"
    return "ok"


async def _stored(context: "ServerContext") -> CollectorRegistry:
    registry = CollectorRegistry()
    flags = Gauge("counter_server_open_flags", "Flags a human must look at.", ("kind",), registry=registry)
    devices = Gauge(
        "counter_server_devices", "Counters by their last contact.", ("last_contact",), registry=registry
    )
    uploads = Gauge("counter_server_uploads_begun", "Scans on their way.", registry=registry)
    missing = Gauge("counter_server_upload_bytes_missing", "Bytes still to come.", registry=registry)
    async with context.database.admin() as connection:
        for row in await connection.fetch(_FLAGS):
            flags.labels(row["kind"]).set(row["open"])
        for name in (*(name for _, name in _AGES), "longer"):
            devices.labels(name).set(0)
        for row in await connection.fetch(_DEVICES):
            devices.labels(_age(row["seen_at"], context.now())).inc()
        row = await connection.fetchrow(_UPLOADS)
    uploads.set(row["many"])
    missing.set(row["missing"])
    return registry


def _age(seen_at: datetime, now: datetime) -> str:
    seconds = (now - seen_at).total_seconds()
    return next((name for limit, name in _AGES if seconds < limit), "longer")
